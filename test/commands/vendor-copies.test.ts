import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onWindows } from '../cli/support.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { git, putFiles } from '../support/temporary-folder.ts'
import {
  ACTIONS,
  CI,
  composite,
  RECORD,
  repository,
  treeOf,
  workflow,
  type Repository,
} from './vendor-support.ts'

const kit = (step: string): Record<string, string> => ({
  'action.yml': composite(step),
  'sub/action.yml': composite(step, 'run: true'),
})

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1, 'v1.2.0': 1 } }),
      makeWorld('acme/kit', {
        tags: { v1: 2, 'v1.0.0': 2, v2: 3, 'v2.0.0': 3, v3: 4, 'v3.0.0': 4 },
        manifests: { 2: kit('acme/other@v1'), 3: kit('acme/leaf@v1'), 4: kit('acme/leaf@v1') },
      }),
      makeWorld('acme/other', {
        tags: { v1: 5 },
        manifests: { 5: { 'action.yml': composite('acme/leaf@v1'), LICENSE: 'MIT\n' } },
      }),
      makeWorld('acme/user', {
        tags: { v1: 6 },
        manifests: { 6: { 'action.yml': composite('acme/kit@v1') } },
      }),
      makeWorld('acme/runs', {
        tags: { v1: 8 },
        manifests: {
          8: {
            'action.yml': composite('acme/leaf@v1', 'run: $GITHUB_ACTION_PATH/run.sh'),
            'run.sh': '#!/bin/sh\n',
          },
        },
        executables: { 8: ['run.sh'] },
      }),
      // As a copy of `acme/kit` at its third commit would be called.
      makeWorld(`acme/kit-${sha(3).slice(0, 12)}`, {
        tags: { v1: 7 },
        manifests: { 7: { 'action.yml': composite('acme/leaf@v1') } },
      }),
    ],
  })
})
afterAll(() => github.close())

const SELF = ['--nested', 'vendor', '--refer-by', 'self'] as const
const KIT = `${ACTIONS}/acme/kit`
const beside = (n: number): string => `${KIT}-${sha(n).slice(0, 12)}`

async function start(
  uses: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Repository> {
  const made = await repository({ [CI]: workflow(...uses), ...more }, github)
  expect(await made.run(...SELF)).toMatchObject({ code: 0 })
  commitAll(made)
  return made
}

function commitAll({ root }: Repository): void {
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=next')
}

async function foldersIn({ read }: Repository): Promise<string[]> {
  const { copies } = JSON.parse(await read(RECORD))
  return copies.map(({ source, folder }: { source: string; folder?: string }) => folder ?? source)
}

describe('a repository at several commits', () => {
  test('has a folder for each, and the record says which', async () => {
    const made = await start(['acme/kit@v2', 'acme/kit/sub@v3', 'acme/user@v1'])
    expect(await made.read(CI)).toBe(
      workflow(`$/${beside(3)}`, `$/${KIT}/sub`, `$/${ACTIONS}/acme/user`),
    )
    expect(await made.read(`${ACTIONS}/acme/user/action.yml`)).toBe(composite(`$/${beside(2)}`))
    expect(await foldersIn(made)).toEqual([
      'acme/kit',
      ...[2, 3].map((n) => `acme/kit-${sha(n).slice(0, 12)}`).toSorted(),
      'acme/other',
      'acme/user',
    ])
    expect((await made.run('check', '--offline')).code).toBe(0)
  })

  test('has the same folders, in whatever order it is used', async () => {
    const uses = ['acme/kit@v2', 'acme/kit/sub@v3', 'acme/kit@v1']
    const [one, other] = [await start(uses), await start(uses.toReversed())]
    expect(await other.read(RECORD)).toBe(await one.read(RECORD))
  })

  test('keeps the copy that stands, though nothing uses that yet', async () => {
    const made = await start(['acme/kit@v2'])
    for (const uses of [
      ['acme/kit@v1', 'acme/kit@v2'],
      ['acme/kit/sub@v3', 'acme/kit/sub@v2'],
    ]) {
      await putFiles(made.root, { [CI]: workflow(...uses) })
      expect((await made.run(...SELF, '--dry-run')).code).toBe(0)
      expect((await made.run(...SELF)).code).toBe(0)
      expect(await made.read(CI)).toMatch(/acme\/kit-\w+(?:\/sub)?\n.*acme\/kit(?:\/sub)?\n$/)
      expect(await made.read(`${KIT}/action.yml`)).toBe(composite(`acme/leaf@${sha(1)} # v1.2.0`))
    }
  })

  test('is not mistaken for another that is called so', async () => {
    const other = `acme/kit-${sha(3).slice(0, 12)}@v1`
    const made = await start([other])
    await putFiles(made.root, { [CI]: workflow(`$/${beside(3)}`, 'acme/kit@v3', 'acme/kit@v2') })
    expect(await made.run(...SELF)).toMatchObject({ code: 0 })
    expect(await made.read(CI)).toBe(workflow(`$/${beside(3)}`, `$/${KIT}`, `$/${KIT}-${sha(3)}`))
    const at = `${beside(3)}-${sha(7).slice(0, 12)}`
    const together = await start([other, 'acme/kit@v3', 'acme/kit@v2'])
    expect(await together.read(CI)).toBe(workflow(`$/${at}`, `$/${KIT}`, `$/${beside(3)}`))
    expect(await together.run(...SELF, '--dry-run', '--exit-code')).toMatchObject({ code: 0 })
  })

  test('is led to one by its name and a ref, wherever it is used', async () => {
    const made = await start(['acme/kit@v2', './own', 'acme/user@v1'], {
      'own/action.yml': composite('acme/kit@v3'),
    })
    const { code, stderr } = await made.run('vendor', 'acme/kit@v3', '--refer-by', 'self')
    expect({ code, stderr }).toMatchObject({ code: 0 })
    expect(stderr).toContain(`$/${beside(3)} → $/${KIT}`)
    expect(stderr).toContain(`${beside(3)}  removed: nothing uses this copy of acme/kit`)
    expect(await made.read(CI)).toBe(workflow(`$/${KIT}`, './own', `$/${ACTIONS}/acme/user`))
    expect(await made.read(`${ACTIONS}/acme/user/action.yml`)).toBe(composite(`$/${KIT}`))
    expect(await foldersIn(made)).toEqual(['acme/kit', 'acme/user'])
    expect(made.changed()).toEqual(
      [
        ` D ${ACTIONS}/acme/other/LICENSE`,
        ` D ${ACTIONS}/acme/other/action.yml`,
        ` D ${beside(2)}/action.yml`,
        ` D ${beside(3)}/action.yml`,
        ` M ${ACTIONS}/acme/user/action.yml`,
        ` M ${RECORD}`,
        ` M ${CI}`,
      ].toSorted(),
    )
    commitAll(made)
    expect((await made.run('check', '--offline')).code).toBe(0)
    expect(await made.run(...SELF)).toMatchObject({ code: 0 })
    expect(made.changed()).toEqual([])
  })

  test('moves to a commit that it was not copied at before, wherever it is used', async () => {
    const made = await start(['acme/kit@v2', 'acme/user@v1'])
    expect((await made.run('vendor', 'acme/kit@v3', '--refer-by', 'self')).code).toBe(0)
    expect(await made.read(CI)).toBe(workflow(`$/${KIT}`, `$/${ACTIONS}/acme/user`))
    expect(await made.read(`${ACTIONS}/acme/user/action.yml`)).toBe(composite(`$/${KIT}`))
    expect(await foldersIn(made)).toEqual(['acme/kit', 'acme/user'])
    expect(await made.read(RECORD)).toContain(sha(4))
  })
})

test('a copy stays where what moves does not use it', async () => {
  const made = await start(['acme/kit/sub@v2', 'acme/kit@v1'])
  expect((await made.run('vendor', 'acme/kit@v3', '--refer-by', 'self')).code).toBe(0)
  expect(await made.read(CI)).toBe(workflow(`$/${KIT}/sub`, `$/${beside(4)}`))
  expect(await made.read(RECORD)).toContain(sha(3))
  expect(made.changed()).not.toContain(` M ${KIT}/sub/action.yml`)
})

describe('a copy that a run leaves without use', () => {
  const vendor = ['vendor', 'acme/kit@v2', '--refer-by', 'self'] as const

  test('goes, and a dry run shows how', async () => {
    const made = await start(['acme/kit@v1'])
    const dry = await made.run(...vendor, '--dry-run')
    expect(dry.stderr).toContain(`${ACTIONS}/acme/other  would be removed`)
    expect((await made.run(...vendor)).code).toBe(0)
    expect(await foldersIn(made)).toEqual(['acme/kit'])
    const written = await treeOf(made.root)
    expect(Object.keys(written).filter((path) => path.includes('other'))).toEqual([])
    git(made.root, 'checkout', '--quiet', '.')
    await putFiles(made.root, { '.git/x.diff': dry.stdout })
    git(made.root, 'apply', '--whitespace=error-all', '.git/x.diff')
    expect(await treeOf(made.root)).toEqual(written)
  })

  test('is in the JSON', async () => {
    const made = await start(['acme/kit@v1'])
    const { stdout } = await made.run(...vendor, '--format', 'json')
    expect(JSON.parse(stdout).copies).toMatchObject([
      { folder: KIT, outcome: 'written' },
      { folder: `${ACTIONS}/acme/other`, unused: true, changedFiles: 2, outcome: 'written' },
    ])
  })

  test('stays where somebody edited it', async () => {
    const made = await start(['acme/kit@v1'])
    await writeFile(join(made.root, `${ACTIONS}/acme/other/LICENSE`), 'mine')
    await made.run(...vendor)
    expect(await made.read(`${ACTIONS}/acme/other/LICENSE`)).toBe('mine')
    expect(await foldersIn(made)).toEqual(['acme/kit', 'acme/other'])
  })

  test('leaves what somebody put beside it', async () => {
    const made = await start(['acme/kit@v1'], { [`${ACTIONS}/acme/other/mine.txt`]: 'mine' })
    await made.run(...vendor)
    expect(Object.keys(await treeOf(made.root)).filter((path) => path.includes('other'))).toEqual([
      `${ACTIONS}/acme/other/mine.txt`,
    ])
  })

  test('stays where something else uses it', async () => {
    const made = await start(['acme/kit@v1', `acme/other@${sha(5)}`])
    await made.run(...vendor)
    expect(await foldersIn(made)).toEqual(['acme/kit', 'acme/other'])
  })

  test('stays where a file that may use it cannot be read', async () => {
    const made = await start(['acme/kit@v1'])
    await putFiles(made.root, { '.github/workflows/broken.yml': 'jobs: [' })
    await made.run(...vendor)
    expect(await foldersIn(made)).toEqual(['acme/kit', 'acme/other'])
  })

  test.skipIf(onWindows)('stays where a file that uses it cannot be written', async () => {
    const files = { 'own/action.yml': composite('acme/kit@v1') }
    const made = await start(['./own', 'acme/kit@v2'], files)
    await chmod(join(made.root, 'own/action.yml'), 0o444)
    const { code, stderr } = await made.run(...vendor)
    expect({ code, told: stderr.includes('the file is read-only') }).toEqual({
      code: 1,
      told: true,
    })
    expect(stderr).not.toContain('removed')
    await chmod(join(made.root, 'own/action.yml'), 0o644)
    expect(await made.read('own/action.yml')).toBe(composite(`$/${beside(2)}`))
    expect(made.changed()).toEqual([])
  })

  test('stays where nothing used it before, either', async () => {
    const made = await start(['acme/kit@v1', `acme/other@${sha(5)}`])
    await putFiles(made.root, { [CI]: workflow(`acme/kit@v2`) })
    await made.run(...SELF)
    expect(await foldersIn(made)).toEqual(['acme/kit', 'acme/other'])
  })
})

test('a use that is to be left stays with its copy', async () => {
  const made = await start(['acme/kit@v2', './own'], {
    'own/action.yml': composite('acme/kit@v1'),
  })
  const left = composite(`$/${beside(2)} # pinsmith: ignore`)
  await putFiles(made.root, { 'own/action.yml': left })
  expect((await made.run('vendor', 'acme/kit@v2', '--refer-by', 'self')).code).toBe(0)
  expect(await made.read('own/action.yml')).toBe(left)
  expect(await foldersIn(made)).toContain(`acme/kit-${sha(2).slice(0, 12)}`)
})

describe('a copy that is missing', () => {
  test.each([
    ['all of them', [ACTIONS], ['acme/user', 'acme/kit/sub']],
    ['one that another uses', [KIT], ['acme/kit']],
    ['a file of one', [`${ACTIONS}/acme/other/LICENSE`], []],
  ])('comes back: %s', async (_, missing, named) => {
    const made = await start(['acme/user@v1', 'acme/kit/sub@v1'])
    const record = await made.read(RECORD)
    for (const path of missing) await rm(join(made.root, path), { recursive: true })
    await putFiles(made.root, { [RECORD]: record })
    const plain = await made.run()
    expect(plain.code).toBe(named.length === 0 ? 0 : 1)
    expect(named.filter((name) => plain.stderr.includes(`\`pinsmith vendor ${name}`))).toEqual(
      named,
    )
    expect(await made.run(...SELF)).toMatchObject({ code: 0 })
    expect(made.changed()).toEqual([])
  })

  test('is told with its place and the command that brings it back', async () => {
    const made = await start(['acme/kit/sub@v2'])
    await rm(join(made.root, KIT), { recursive: true })
    for (const command of [[], ['graph']]) {
      const { code, stdout, stderr } = await made.run(...command)
      expect(code).toBe(1)
      expect(stdout + stderr).toContain('the copy of acme/kit/sub that is recorded here is missing')
    }
    const { stderr } = await made.run()
    expect(stderr).toContain(`${CI}:6 → $/${KIT}/sub`)
    expect(stderr).toContain('bring it back: `pinsmith vendor acme/kit/sub`')
    const check = await made.run('check')
    expect(check.code).toBe(1)
    expect(check.stdout).toContain('bring it back with `pinsmith vendor acme/kit/sub`')
    expect(check.stdout).toContain('bring it back: `pinsmith vendor acme/kit/sub`')
    expect((await made.run('vendor', 'acme/kit/sub', '--refer-by', 'self')).code).toBe(0)
    expect(made.changed()).toEqual([])
  })

  test('goes off the record where nothing uses it and nothing is left of it', async () => {
    const made = await start(['acme/kit@v1'])
    await rm(join(made.root, ACTIONS, 'acme/kit'), { recursive: true })
    await putFiles(made.root, { [CI]: workflow('run: true') })
    expect((await made.run('check', '--offline')).code).toBe(1)
    expect(await made.run(...SELF)).toMatchObject({ code: 0 })
    expect(await foldersIn(made)).toEqual(['acme/other'])
    expect((await made.run('check', '--offline')).code).toBe(0)
  })
})

describe.skipIf(onWindows)('a file that may no longer be run', () => {
  const RUN = `${ACTIONS}/acme/runs/run.sh`

  test('is told apart from one that was edited', async () => {
    const made = await start(['acme/runs@v1'])
    await chmod(join(made.root, RUN), 0o644)
    const { code, stdout } = await made.run('check', '--offline')
    expect({
      code,
      told: stdout.includes('whether it may be run (its executable bit) is not'),
    }).toEqual({ code: 1, told: true })
    expect(stdout).toContain('`pinsmith vendor acme/runs`')
    expect(stdout).toContain(`\`git update-index --chmod=+x ${RUN}\``)
  })

  test.each([[['vendor', 'acme/runs', '--refer-by', 'self']], [SELF]])(
    'may be again after %j',
    async (args) => {
      const made = await start(['acme/runs@v1'])
      await chmod(join(made.root, RUN), 0o644)
      expect(await made.run(...args)).toMatchObject({ code: 0 })
      expect(made.changed()).toEqual([])
    },
  )
})
