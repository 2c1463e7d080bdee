import { afterAll, expect, test } from 'vitest'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { startGitHub } from '../support/github/server.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, workflow } from './support.ts'

const github = await startGitHub({
  worlds: [makeWorld('acme/tool', { tags: { v1: 1, 'v1.2.3': 1 }, unreachable: [2] })],
})
afterAll(() => github.close())

const GOOD = `acme/tool@${sha(1)} # v1.2.3`

test.each([
  ['nothing found', GOOD, 0],
  ['a note', `acme/tool@${sha(1)} # v1`, 0],
  ['a warning', `acme/tool@${sha(1)}`, 1],
  ['an error', `acme/tool@${sha(2)} # v1.2.3`, 1],
])('the exit code tells: %s', async (_, uses, code) => {
  const cwd = await temporaryFolder({ [CI]: workflow(uses) })
  expect((await runPinsmith(['check'], { cwd, github })).code).toBe(code)
  expect((await runPinsmith(['check', '--quiet'], { cwd, github })).code).toBe(code)
})

test('what passes is said with the verdict, and quietly nothing', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(GOOD) })
  const run = await runPinsmith(['check'], { cwd, github })
  expect(run).toEqual({
    code: 0,
    stderr: '',
    stdout:
      '✓ nothing found in 1 reference\n✓ passes: everything that 1 workflow runs is pinned, nested actions included.\n',
  })
  expect(await runPinsmith(['check', '-q'], { cwd, github })).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  })
})

test('the report goes to standard output, in colours where that is a terminal', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
  const run = await runPinsmith(['check', '--offline'], { cwd, github, isTTY: true })
  expect(run.stderr).toBe('')
  expect(run.stdout).toContain('\u001b[31m')
  const plain = await runPinsmith(['check', '--offline'], { cwd, github })
  expect(plain.stdout).not.toContain('\u001b')
  expect(plain.stdout).toContain(`${CI}\n  ✗ error unpinned  6:15\n`)
})

test('named files alone are checked', async () => {
  const other = '.github/workflows/other.yml'
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1'), [other]: workflow(GOOD) })
  expect((await runPinsmith(['check', other], { cwd, github })).code).toBe(0)
  expect((await runPinsmith(['check', CI], { cwd, github })).code).toBe(1)
  expect((await runPinsmith(['check', 'nowhere.yml'], { cwd, github })).code).toBe(2)
})

test('a folder that is no repository is wrong usage', async () => {
  const run = await runPinsmith(['check'], { cwd: await temporaryFolder(), github })
  expect(run).toMatchObject({ code: 2, stdout: '' })
})

test('its help names what it takes', async () => {
  const { stdout } = await runPinsmith(['check', '--help'], { cwd: await temporaryFolder() })
  for (const option of ['--offline', '--no-nested', '--changed', '--fix', '--dry-run', '--report'])
    expect(stdout).toContain(option)
})
