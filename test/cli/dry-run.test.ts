import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalGitHub } from '../support/github/server.ts'
import { runPinsmith } from '../support/run.ts'
import { git, putFiles, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'
import { CI, onWindows, PINNED, snapshot, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterAll(() => github.close())

// What actions use in turn is a matter of test/commands/nested.test.ts.
const pin = (cwd: string, ...args: string[]) =>
  runPinsmith(['--no-nested', ...args], { cwd, github })

// Each in its own way of ending lines and files.
const FILES = {
  [CI]: workflow('acme/tool@v1', 'beta/kit@v3'),
  '.github/workflows/windows.yaml': workflow('acme/tool@v1').replaceAll('\n', '\r\n'),
  'actions/one/action.yml': '\ufeffruns:\n  steps:\n    - uses: beta/kit@v3',
}

describe('--dry-run', () => {
  test('writes nothing and prints a diff, which is what a run would write', async () => {
    const cwd = await temporaryRepository(FILES)
    const before = await snapshot(cwd)
    const dry = await pin(cwd, '--dry-run')
    expect(dry.code).toBe(0)
    expect(dry.stderr).toContain('4 references would be pinned in 3 files.')
    expect(await snapshot(cwd)).toEqual(before)

    await putFiles(cwd, { '.git/pins.diff': dry.stdout })
    git(cwd, 'apply', '--whitespace=error-all', '--check', '.git/pins.diff')
    git(cwd, 'apply', '.git/pins.diff')
    const applied = await textsOf(cwd)
    git(cwd, 'checkout', '--quiet', '.')

    expect((await pin(cwd)).code).toBe(0)
    expect(await textsOf(cwd)).toEqual(applied)
    expect(applied[CI]).toContain(PINNED)
  })

  test('of a folder below the repository’s root speaks of the same files', async () => {
    const cwd = await temporaryRepository(FILES)
    const fromRoot = await pin(cwd, '-n')
    const fromBelow = await pin(`${cwd}/actions`, '-n')
    expect(fromBelow.stdout).toBe(fromRoot.stdout)
  })

  test('holds what can be pinned, and nothing of what is left', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1', 'acme/none@v1') })
    const { code, stdout, stderr } = await pin(cwd, '--dry-run')
    expect(code).toBe(1)
    expect(stdout).toContain(`+      - uses: ${PINNED}\n       - uses: acme/none@v1\n`)
    expect(stderr).toContain('acme/none was not found')
    expect(stderr).not.toContain('+++')
  })

  test('of what is pinned already prints no diff', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow(PINNED) })
    expect(await pin(cwd, '--dry-run')).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 pinned already.\n',
    })
  })

  test.skipIf(onWindows)('patch takes the diff too, blanks in names included', async () => {
    const cwd = await temporaryFolder({ 'my ci.yml': workflow('acme/tool@v1') })
    const { stdout } = await pin(cwd, '--dry-run', 'my ci.yml')
    execFileSync('patch', ['-p1', '--silent'], { cwd, input: stdout })
    expect(await textOf(cwd, 'my ci.yml')).toContain(PINNED)
  })
})

describe('--exit-code', () => {
  test.each([
    ['changes are due', ['acme/tool@v1'], 1],
    ['a label is due', [PINNED.replace(/ #.*/, '')], 1],
    ['all is pinned', [PINNED], 0],
    ['what is not pinned is left on purpose', ['acme/tool@v1 # pinsmith: ignore'], 0],
  ])('with --dry-run, where %s', async (_, uses, code) => {
    const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
    const before = await snapshot(cwd)
    expect((await pin(cwd, '--dry-run', '--exit-code')).code).toBe(code)
    expect(await snapshot(cwd)).toEqual(before)
  })
})

describe('--strict', () => {
  test('writes nothing if anything is left, and says so', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('acme/tool@v1'),
      '.github/workflows/left.yml': workflow('acme/none@v1'),
    })
    const before = await snapshot(cwd)
    const { code, stdout, stderr } = await pin(cwd, '--strict')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`${CI}  not written: --strict, and something is left`)
    expect(stderr).toContain('1 reference would be pinned in 1 file, 1 reference left.')
    expect(await snapshot(cwd)).toEqual(before)
  })

  test('writes everything if nothing is left; what is left on purpose does not count', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('acme/tool@v1', 'acme/none@v1 # pinsmith: ignore', 'docker://alpine:3'),
    })
    expect((await pin(cwd, '--strict')).code).toBe(0)
    expect(await textOf(cwd, CI)).toContain(PINNED)
  })

  test('with --dry-run prints the diff, and fails', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1', 'acme/none@v1') })
    const { code, stdout } = await pin(cwd, '--strict', '--dry-run')
    expect(code).toBe(1)
    expect(stdout).toContain(`+      - uses: ${PINNED}`)
  })
})

describe('a second run', () => {
  test.each([
    ['with a token', true],
    ['without', false],
  ])('finds all pinned and touches no file, %s', async (_, withToken) => {
    const cwd = await temporaryRepository(FILES)
    expect((await runPinsmith(['--no-nested'], { cwd, github, withToken })).code).toBe(0)
    const before = await snapshot(cwd)
    const again = await runPinsmith(['--no-nested'], { cwd, github, withToken })
    expect(again).toEqual({ code: 0, stdout: '', stderr: '4 pinned already.\n' })
    expect(await snapshot(cwd)).toEqual(before)
  })
})

async function textsOf(cwd: string): Promise<Record<string, string>> {
  const texts = Object.keys(FILES).map(async (path) => [path, await textOf(cwd, path)] as const)
  return Object.fromEntries(await Promise.all(texts))
}
