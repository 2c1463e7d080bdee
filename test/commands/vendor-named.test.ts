import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vendorActions } from '../../src/commands/vendor.ts'
import { parseActionName } from '../../src/domain/action-name.ts'
import { portTo } from '../github/support/ports.ts'
import { onWindows } from '../cli/support.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { git } from '../support/temporary-folder.ts'
import {
  ACTIONS,
  CI,
  composite,
  RECORD,
  repository,
  workflow,
  type Repository,
} from './vendor-support.ts'

const kit = (step: string): Record<string, string> => ({
  'action.yml': composite(step),
  'sub/action.yml': composite(step),
})

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1, 'v1.2.0': 1 } }),
      makeWorld('acme/clean', {
        tags: { v1: 2, 'v1.0.0': 2 },
        manifests: { 2: { 'action.yml': composite(`acme/leaf@${sha(1)} # v1.2.0`) } },
      }),
      makeWorld('acme/kit', {
        tags: { v1: 3, 'v1.0.0': 3, v2: 4, 'v2.0.0': 4, v3: 6, v4: 9 },
        manifests: {
          3: { ...kit('acme/leaf@v1'), LICENSE: 'old\n' },
          4: { ...kit('acme/other@v2'), LICENSE: 'new\n' },
          6: { 'action.yml': composite('acme/leaf@v1') },
          9: { ...kit('acme/leaf@v1'), 'sub/action.yml': composite('acme/gone@v1') },
        },
      }),
      makeWorld('acme/other', {
        tags: { v1: 7, v2: 8 },
        manifests: {
          7: { 'action.yml': composite('acme/leaf@v1') },
          8: { 'action.yml': composite('acme/leaf@v1', 'run: true') },
        },
      }),
    ],
  })
})
afterAll(() => github.close())

const LEAF = `acme/leaf@${sha(1)} # v1.2.0`
const FLAT = ['--refer-by', 'self'] as const

function commitAll({ root }: Repository): void {
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=next')
}

describe.each([true, false])('pinsmith vendor, with a token: %s', (withToken) => {
  test('copies what is named, blocked or not, at every place, and touches nothing else', async () => {
    const before = workflow('acme/clean@v1 # v1', 'acme/leaf@v1', 'acme/kit@v1', 'acme/clean@v1')
    const { run, read, changed } = await repository({ [CI]: before }, github, withToken)
    const { code, stderr } = await run('vendor', 'Acme/clean', ...FLAT)
    expect(code).toBe(0)
    expect(stderr).toContain('2 references led to a copy')
    expect(await read(CI)).toBe(
      workflow(`$/${ACTIONS}/acme/clean`, 'acme/leaf@v1', 'acme/kit@v1', `$/${ACTIONS}/acme/clean`),
    )
    expect(await read(`${ACTIONS}/acme/clean/action.yml`)).toBe(composite(LEAF))
    expect(changed().length).toBe(3)
  })

  test('with a ref copies that version, whatever stands at the places', async () => {
    const files = { [CI]: workflow('acme/kit@v1', `acme/kit@${sha(4)}`) }
    const { run, read } = await repository(files, github, withToken)
    expect((await run('vendor', 'acme/kit@v1', ...FLAT)).code).toBe(0)
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/kit`, `$/${ACTIONS}/acme/kit`))
    expect(await read(`${ACTIONS}/acme/kit/LICENSE`)).toBe('old\n')
    expect(await read(RECORD)).toContain('"version": "v1.0.0"')
  })
})

test('what a copy uses that is not clean is copied too', async () => {
  const { run, read } = await repository({ [CI]: workflow('acme/kit@v2') }, github)
  expect((await run('vendor', 'acme/kit', ...FLAT)).code).toBe(0)
  expect(await read(`${ACTIONS}/acme/kit/action.yml`)).toBe(composite(`$/${ACTIONS}/acme/other`))
  expect(await read(`${ACTIONS}/acme/other/action.yml`)).toBe(composite(LEAF, 'run: true'))
})

test('several at once', async () => {
  const files = { [CI]: workflow('acme/kit/sub@v1', 'acme/clean@v1', 'acme/kit@v1') }
  const { run, read } = await repository(files, github)
  expect((await run('vendor', 'acme/clean', 'acme/kit/sub', ...FLAT)).code).toBe(0)
  expect(await read(CI)).toBe(
    workflow(`$/${ACTIONS}/acme/kit/sub`, `$/${ACTIONS}/acme/clean`, 'acme/kit@v1'),
  )
})

/** A repository with a copy of two actions of `acme/kit@v1`, committed. */
async function copied(): Promise<Repository> {
  const files = { [CI]: workflow('acme/kit@v1', 'acme/kit/sub@v1', 'acme/other@v1') }
  const made = await repository(files, github)
  expect((await made.run('vendor', 'acme/kit', 'acme/kit/sub', ...FLAT)).code).toBe(0)
  commitAll(made)
  return made
}

describe('a copy that was made before', () => {
  test('is left as it is when it is named again', async () => {
    const { run, changed } = await copied()
    const { code, stderr } = await run('vendor', 'acme/kit', ...FLAT)
    expect({ code, told: stderr.includes('what was named is copied already') }).toEqual({
      code: 0,
      told: true,
    })
    expect(changed()).toEqual([])
  })

  test('is left as it is when git has written its record with CRLF', async () => {
    const { root, run, read } = await copied()
    const record = (await read(RECORD)).replaceAll('\n', '\r\n')
    await writeFile(join(root, RECORD), record)
    const again = await run('vendor', 'acme/kit', '--dry-run', '--exit-code', ...FLAT)
    expect({ code: again.code, diff: again.stdout }).toEqual({ code: 0, diff: '' })
  })

  test.skipIf(onWindows)('moves also where its record may be run', async () => {
    const { root, run } = await copied()
    await chmod(join(root, RECORD), 0o755)
    expect((await run('vendor', 'acme/kit@v2', ...FLAT)).code).toBe(0)
  })

  test.each([
    ['one file', ['LICENSE']],
    ['all of it', ['LICENSE', 'action.yml', 'sub/action.yml']],
  ])('comes back where %s is missing', async (_, missing) => {
    const { root, run, changed } = await copied()
    for (const path of missing) await rm(join(root, `${ACTIONS}/acme/kit/${path}`))
    const due = await run('vendor', 'acme/kit', '--dry-run', '--exit-code', ...FLAT)
    expect(due.code).toBe(1)
    expect((await run('vendor', 'acme/kit', ...FLAT)).code).toBe(0)
    expect(changed()).toEqual([])
  })

  test('is not said to be one where it was edited', async () => {
    const { root, run, read } = await copied()
    await writeFile(join(root, `${ACTIONS}/acme/kit/LICENSE`), 'mine')
    const { code, stderr } = await run('vendor', 'acme/kit', ...FLAT)
    expect({ code, told: stderr.includes('it was edited since') }).toEqual({ code: 1, told: true })
    expect(await read(`${ACTIONS}/acme/kit/LICENSE`)).toBe('mine')
  })

  test.each(['acme/kit', 'acme/kit@v2'])('is not %s to do anything with, unused', async (name) => {
    const { root, run, changed } = await copied()
    await writeFile(join(root, CI), workflow('acme/other@v1'))
    const { code, stderr } = await run('vendor', name, ...FLAT)
    expect({ code, told: stderr.includes('uses acme/kit, nor its copy') }).toEqual({
      code: 2,
      told: true,
    })
    expect(stderr).not.toContain('Did you mean acme/kit?')
    expect(changed()).toEqual([` M ${CI}`])
  })

  test('moves as a whole where a ref is given', async () => {
    const made = await copied()
    expect((await made.run('vendor', 'acme/kit@v2', ...FLAT)).code).toBe(0)
    expect(made.changed()).toEqual([
      ` M ${ACTIONS}/acme/kit/LICENSE`,
      ` M ${ACTIONS}/acme/kit/action.yml`,
      ` M ${ACTIONS}/acme/kit/sub/action.yml`,
      ` M ${RECORD}`,
      `?? ${ACTIONS}/acme/other/action.yml`,
    ])
    expect(await made.read(`${ACTIONS}/acme/kit/sub/action.yml`)).toBe(
      composite(`$/${ACTIONS}/acme/other`),
    )
    expect(await made.read(CI)).toContain('uses: acme/other@v1\n')
    commitAll(made)
    expect((await made.run('vendor', 'acme/kit@v2', ...FLAT)).code).toBe(0)
    expect(made.changed()).toEqual([])
    expect((await made.run('vendor', 'acme/kit@v1', ...FLAT)).code).toBe(0)
    expect(await made.read(`${ACTIONS}/acme/kit/LICENSE`)).toBe('old\n')
  })

  test('does not move where the version has not all that was copied', async () => {
    const { run, changed } = await copied()
    const { code, stderr } = await run('vendor', 'acme/kit@v3', ...FLAT)
    expect(code).toBe(1)
    expect(stderr).toContain('neither action.yml nor action.yaml stands there')
    expect(changed()).toEqual([])
  })

  test('does not move where something that was copied would stay blocked', async () => {
    const { run, changed } = await copied()
    const { code, stderr } = await run('vendor', 'acme/kit@v4', ...FLAT)
    expect(code).toBe(1)
    expect(stderr).toContain('its sub/action.yml:5:13 uses acme/gone@v1, which would block a copy')
    expect(changed()).toEqual([])
  })

  test('does not move where it was edited', async () => {
    const { root, run, read } = await copied()
    await writeFile(join(root, `${ACTIONS}/acme/kit/LICENSE`), 'mine')
    const { code, stderr } = await run('vendor', 'acme/kit@v2', ...FLAT)
    expect({ code, told: stderr.includes('it was edited since') }).toEqual({ code: 1, told: true })
    expect(await read(`${ACTIONS}/acme/kit/LICENSE`)).toBe('mine')
  })

  test('takes another action of its repository in', async () => {
    const files = { [CI]: workflow('acme/kit@v1', 'acme/kit/sub@v1') }
    const made = await repository(files, github)
    await made.run('vendor', 'acme/kit', ...FLAT)
    commitAll(made)
    expect((await made.run('vendor', 'acme/kit/sub', ...FLAT)).code).toBe(0)
    expect(made.changed()).toEqual([
      ` M ${RECORD}`,
      ` M ${CI}`,
      `?? ${ACTIONS}/acme/kit/sub/action.yml`,
    ])
    expect(JSON.parse(await made.read(RECORD)).copies[0].actions).toEqual([
      { path: '', version: 'v1.0.0' },
      { path: 'sub', version: 'v1.0.0' },
    ])
  })

  test('of what it used before moves along, if nothing else uses that', async () => {
    const made = await repository({ [CI]: workflow('acme/kit@v2') }, github)
    await made.run('vendor', 'acme/kit', ...FLAT)
    const old = (await made.read(RECORD)).replace(sha(8), sha(7))
    const manifest = `${ACTIONS}/acme/other/action.yml`
    // As if `acme/kit@v2` had used an earlier commit of it.
    await writeFile(join(made.root, RECORD), old)
    await writeFile(join(made.root, CI), workflow(`acme/kit@${sha(4)}`))
    await writeFile(join(made.root, `${ACTIONS}/acme/kit/LICENSE`), 'new\n')
    commitAll(made)
    expect(await made.read(manifest)).toContain('run: true')
    const { code, stderr } = await made.run('vendor', 'acme/kit@v1', ...FLAT)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const again = await made.run('vendor', 'acme/kit@v2', ...FLAT)
    expect(again).toMatchObject({ code: 0 })
    expect(await made.read(RECORD)).toContain(sha(8))
  })
})

describe('wrong use', () => {
  test.each([
    ['acme/kot', 'no file of this repository uses acme/kot. Did you mean acme/kit?'],
    ['other/leaf', 'uses other/leaf. Did you mean acme/leaf?'],
    ['acme/kit/nothing', 'uses acme/kit/nothing. Did you mean acme/kit'],
    ['zeta/xyz', 'uses zeta/xyz. It uses acme/kit, acme/leaf.'],
    ['acme', '"acme" is not the name of an action'],
    ['./own', '"./own" is not the name of an action'],
    ['acme/kit@v1@v2', 'is not the name of an action'],
    ['acme/kit@v9', 'acme/kit has no tag and no branch named v9'],
  ])('%s', async (name, words) => {
    const files = { [CI]: workflow('acme/kit@v1', 'acme/leaf@v1') }
    const { run, changed } = await repository(files, github)
    const { code, stdout, stderr } = await run('vendor', name)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(changed()).toEqual([])
  })

  test('one action at two refs', async () => {
    const { run, changed } = await repository({ [CI]: workflow('acme/kit@v1') }, github)
    const { code, stderr } = await run('vendor', 'acme/kit@v1', 'Acme/kit@v2', ...FLAT)
    expect({ code, told: stderr.includes('acme/kit is named twice') }).toEqual({
      code: 2,
      told: true,
    })
    expect(changed()).toEqual([])
  })

  test('no name at all', async () => {
    const { run } = await repository({ [CI]: workflow('acme/kit@v1') }, github)
    expect((await run('vendor')).code).toBe(2)
  })

  test('--exit-code without --dry-run', async () => {
    const { run } = await repository({ [CI]: workflow('acme/kit@v1') }, github)
    expect((await run('vendor', 'acme/kit', '--exit-code')).code).toBe(2)
  })
})

test.each([
  [{}, '$'],
  [{ GITHUB_SERVER_URL: 'https://tenant.ghe.com' }, '$'],
  [{ GITHUB_SERVER_URL: 'https://ghe.example.com' }, '.'],
])('by what the GitHub of %j knows, unless it is said', async (env, root) => {
  const steps = ['actions/checkout@v4 # pinsmith: ignore', 'acme/kit@v1']
  const { root: cwd, read } = await repository({ [CI]: workflow(...steps) }, github)
  const action = parseActionName('acme/kit')
  if (typeof action === 'string') throw new Error(action)
  const options = { dryRun: false, strict: false, locked: false, comments: 'after' } as const
  const result = await vendorActions(
    { ...options, actions: [action], prefer: undefined, referBy: undefined, cwd, env },
    () => portTo(github, 'git'),
  )
  expect(result.kind).toBe('result')
  expect(await read(CI)).toContain(`uses: ${root}/${ACTIONS}/acme/kit\n`)
})

test('an action that uses nothing is left pinned as it is', async () => {
  const { run, changed } = await repository({ [CI]: workflow(LEAF) }, github)
  const { code, stderr } = await run('vendor', 'acme/leaf', ...FLAT)
  expect(code).toBe(1)
  expect(stderr).toContain('this action runs by node20, so it uses no other action')
  expect(changed()).toEqual([])
})

test('a dry run prints the diff, and with --exit-code says by its code that one is due', async () => {
  const { run, changed } = await repository({ [CI]: workflow('acme/kit@v1') }, github)
  const { code, stdout } = await run('vendor', 'acme/kit', ...FLAT, '--dry-run', '--exit-code')
  expect(code).toBe(1)
  expect(stdout).toContain(`+      - uses: $/${ACTIONS}/acme/kit\n`)
  expect(stdout).toContain(`+++ b/${ACTIONS}/acme/kit/action.yml\n`)
  expect(changed()).toEqual([])
})

test('JSON says which command it was', async () => {
  const { run } = await repository({ [CI]: workflow('acme/kit@v1', 'acme/leaf@v1') }, github)
  const { stdout } = await run('vendor', 'acme/kit', ...FLAT, '--format', 'json')
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ command: 'vendor', copies: [{ outcome: 'written' }] })
  expect(report.files[0].references.length).toBe(1)
})
