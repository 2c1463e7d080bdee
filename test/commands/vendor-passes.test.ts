import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { git, putFiles } from '../support/temporary-folder.ts'
import { ACTIONS, CI, composite, repository, treeOf, workflow } from './vendor-support.ts'

const kit = (...steps: readonly string[]): Record<string, string> => ({
  'one/action.yml': composite(...steps),
  'two/deep/action.yml': composite(...steps, 'run: $GITHUB_ACTION_PATH/../../lib/run.sh'),
  'lib/run.sh': '#!/bin/sh\n',
  LICENSE: 'MIT\n',
})

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1, 'v1.2.0': 1 } }),
      makeWorld('acme/direct', {
        tags: { v1: 2, 'v1.0.0': 2 },
        manifests: { 2: { 'action.yml': composite('acme/leaf@v1'), LICENSE: 'MIT\n' } },
      }),
      makeWorld('acme/middle', {
        tags: { v1: 3, 'v1.0.0': 3 },
        manifests: { 3: { 'action.yml': composite('acme/leaf@v1', '$/sub'), ...sub() } },
      }),
      makeWorld('acme/outer', {
        tags: { v1: 4, 'v1.0.0': 4 },
        manifests: {
          4: { 'action.yml': composite(`acme/middle@${sha(3)}`, `acme/kit/one@${sha(6)}`) },
        },
      }),
      makeWorld('acme/kit', {
        tags: { v1: 5, 'v1.0.0': 5, v2: 6, 'v2.0.0': 6, v3: 7, 'v3.0.0': 7 },
        manifests: {
          5: kit('acme/leaf@v1'),
          6: kit('acme/leaf@v1', 'acme/direct@v1'),
          7: kit('acme/leaf@v1', 'acme/middle@v1'),
        },
      }),
      makeWorld('actions/checkout', { tags: { v4: 8, 'v4.0.0': 8 } }),
    ],
  })
})
afterAll(() => github.close())

function sub(): Record<string, string> {
  return { 'sub/action.yml': composite('acme/direct@v1') }
}

const CALLED = '.github/workflows/called.yml'
const MINE = `${ACTIONS}/mine/action.yml`
const CHECKOUT = `actions/checkout@${sha(8)} # v4.0.0`
const LEAF = `acme/leaf@${sha(1)} # v1.2.0`

const callable = (uses: string): string => workflow(uses).replace('on: push', 'on: workflow_call')

const call = '  call:\n    uses: ./.github/workflows/called.yml\n'

/** Pinned as far as its own files go: what blocks it is the doing of others, in every way that there is. */
const files = {
  [CI]: `${workflow(
    CHECKOUT,
    `acme/direct@${sha(2)} # v1.0.0`,
    `acme/kit/one@${sha(5)} # v1.0.0`,
    `acme/kit/two/deep@${sha(7)} # v3.0.0 # ours`,
    './.github/actions/mine',
    '$/own',
  )}${call}`,
  [CALLED]: callable(`acme/outer@${sha(4)} # v1.0.0`),
  [MINE]: composite(`acme/kit/two/deep@${sha(5)} # v1.0.0`),
  'own/action.yaml': composite('run: true', `acme/outer@${sha(4)} # v1.0.0`),
  'README.md': 'Nothing of this changes.\n',
}

const [FIRST, SECOND] = [5, 6].map((n) => `${ACTIONS}/acme/kit-${sha(n).slice(0, 12)}`)
const SELF = ['--nested', 'vendor', '--refer-by', 'self'] as const

test.each([true, false])(
  'a repository blocked by nested actions alone passes, with nothing changed but its references; with a token: %s',
  async (withToken) => {
    const { root, run, read, changed } = await repository(files, github, withToken)
    const before = await run('graph', '--format', 'json')
    expect(JSON.parse(before.stdout).verdict).toBe('blocked')
    expect(await run('--dry-run', '--exit-code', '--no-nested')).toMatchObject({ code: 0 })

    const dry = await run(...SELF, '--dry-run')
    expect(git(root, 'status', '--porcelain')).toBe('')
    const { code, stderr } = await run(...SELF)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stderr).toContain('passes: everything that 2 workflows run is pinned')

    expect(await read(CI)).toBe(
      `${workflow(
        CHECKOUT,
        `$/${ACTIONS}/acme/direct`,
        `$/${FIRST}/one`,
        `$/${ACTIONS}/acme/kit/two/deep # ours`,
        './.github/actions/mine',
        '$/own',
      )}${call}`,
    )
    expect(await read(CALLED)).toBe(callable(`$/${ACTIONS}/acme/outer`))
    expect(await read(MINE)).toBe(composite(`$/${FIRST}/two/deep`))
    expect(await read('own/action.yaml')).toBe(composite('run: true', `$/${ACTIONS}/acme/outer`))
    expect(await read(`${ACTIONS}/acme/outer/action.yml`)).toBe(
      composite(`$/${ACTIONS}/acme/middle`, `$/${SECOND}/one`),
    )
    expect(await read(`${ACTIONS}/acme/middle/action.yml`)).toBe(
      composite(LEAF, `$/${ACTIONS}/acme/middle/sub`),
    )
    expect(await read(`${SECOND}/one/action.yml`)).toBe(composite(LEAF, `$/${ACTIONS}/acme/direct`))
    const own = changed().filter((line) => !line.startsWith(`?? ${ACTIONS}/acme/`))
    expect(own).toEqual(
      [
        ` M ${MINE}`,
        ` M ${CI}`,
        ` M ${CALLED}`,
        ' M own/action.yaml',
        `?? ${ACTIONS}/vendored.json`,
      ].toSorted(),
    )

    const written = await treeOf(root)
    for (const args of [SELF, [...SELF, '--dry-run', '--exit-code'], []])
      expect(await run(...args)).toMatchObject({ code: 0 })
    expect(await treeOf(root)).toEqual(written)
    git(root, 'checkout', '--quiet', '.')
    git(root, 'clean', '--quiet', '--force', '-d')
    await putFiles(root, { '.git/x.diff': dry.stdout })
    git(root, 'apply', '--whitespace=error-all', '.git/x.diff')
    expect(await treeOf(root)).toEqual(written)
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--message=copied')
    expect(await run('check')).toMatchObject({ code: 0 })
  },
)

test('the order of the places makes no difference to a run that follows', async () => {
  const made = await repository(files, github)
  await made.run(...SELF)
  const record = await made.read(`${ACTIONS}/vendored.json`)
  await putFiles(made.root, {
    [CI]: workflow(`acme/kit/one@${sha(7)}`, `acme/kit/one@${sha(5)}`, `acme/kit/one@${sha(6)}`),
  })
  expect((await made.run(...SELF)).code).toBe(0)
  expect(await made.read(CI)).toBe(
    workflow(`$/${ACTIONS}/acme/kit/one`, `$/${FIRST}/one`, `$/${SECOND}/one`),
  )
  expect(JSON.parse(await made.read(`${ACTIONS}/vendored.json`)).copies.length).toBe(
    JSON.parse(record).copies.length,
  )
})
