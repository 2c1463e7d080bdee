import { execFileSync } from 'node:child_process'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CI, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'
import { runPinsmith, type Run } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('acme/tool', {
      heads: { main: 3 },
      tags: { v1: 2, 'v1.2.3': 1, 'v1.3.0': { tag: 2 }, 'v0.9.0': 3 },
      history: [4],
      unreachable: [5],
    }),
    makeWorld('acme/kit', { tags: { 'v2.0.0': 6 } }),
  ],
})
afterAll(() => github.close())

const isRoot = process.getuid?.() === 0

/** A workflow before a fix and after it. */
const BEFORE = workflow(
  `acme/tool@${sha(1)}`,
  `acme/tool@${sha(1)} # v1 # keep: needs 1.2`,
  `acme/tool@${sha(1)} # v1.3.0`,
  `acme/tool@${tagSha('v1.3.0')}`,
  'acme/tool@v1',
  `acme/tool@${sha(1).slice(0, 10)}`,
  `acme/tool@${sha(5)} # v1.2.3`,
  `acme/tool@${sha(4)} # v1.2.3`,
  `acme/tool@${sha(1)} # pinsmith: ignore`,
)
const AFTER = workflow(
  `acme/tool@${sha(1)} # v1.2.3`,
  `acme/tool@${sha(1)} # v1.2.3 # keep: needs 1.2`,
  `acme/tool@${sha(1)} # v1.2.3`,
  `acme/tool@${sha(2)} # v1.3.0`,
  'acme/tool@v1',
  `acme/tool@${sha(1)} # v1.2.3`,
  `acme/tool@${sha(5)} # v1.2.3`,
  `acme/tool@${sha(4)} # v1.2.3`,
  `acme/tool@${sha(1)} # pinsmith: ignore`,
)
const LEFT = ['unpinned', 'impostor-commit', 'moved-tag']

function textOf(cwd: string, path = CI): Promise<string> {
  return readFile(join(cwd, path), 'utf8')
}

function codesIn({ stdout }: Run): string[] {
  const { findings }: { readonly findings: readonly { readonly code: string }[] } =
    JSON.parse(stdout)
  return findings.map(({ code }) => code)
}

test.each([
  ['without a token', false],
  ['with one', true],
])(
  '--fix mends labels, ids of tags and shortened SHAs, and moves nothing, %s',
  async (_, withToken) => {
    const cwd = await temporaryFolder({ [CI]: BEFORE })
    const options = { cwd, github, withToken }
    const run = await runPinsmith(['check', '--fix', '--format', 'json'], options)
    expect(await textOf(cwd)).toBe(AFTER)
    expect(codesIn(run)).toEqual(LEFT)
    expect(run.code).toBe(1)
    expect(run.stderr).toBe('5 references mended in 1 file.\n\n')

    const again = await runPinsmith(['check', '--fix', '--format', 'json'], options)
    expect(await textOf(cwd)).toBe(AFTER)
    expect(again).toMatchObject({ code: 1, stderr: '', stdout: run.stdout })
  },
)

test('--fix --dry-run writes nothing, and its diff is what a fix would write', async () => {
  const cwd = await temporaryFolder({ [CI]: BEFORE })
  const run = await runPinsmith(['check', '--fix', '--dry-run'], { cwd, github })
  expect(await textOf(cwd)).toBe(BEFORE)
  expect(run.code).toBe(1)
  expect(run.stderr).toContain('5 references would be mended in 1 file.')
  expect(run.stderr).toContain('label-mismatch')
  execFileSync('git', ['apply', '-'], { cwd, input: run.stdout })
  expect(await textOf(cwd)).toBe(AFTER)
})

test('what is mended is no finding any more', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(`acme/tool@${sha(1)} # v1.3.0`) })
  const run = await runPinsmith(['check', '--fix'], { cwd, github })
  expect(run.code).toBe(0)
  expect(run.stdout).toContain('nothing found')
})

test('a tag’s id whose label is not true is judged by that once the commit stands there', async () => {
  const cwd = await temporaryFolder({
    [CI]: workflow(`acme/tool@${tagSha('v1.3.0')} # v9.0.0`),
  })
  const run = await runPinsmith(['check', '--fix', '--format', 'json'], { cwd, github })
  expect(codesIn(run)).toEqual(['label-gone'])
  expect(await textOf(cwd)).toBe(workflow(`acme/tool@${sha(2)} # v9.0.0`))
})

test('several references on one line are labelled together', async () => {
  const steps = `{ uses: acme/tool@${sha(1)} }, { uses: acme/kit@${sha(6)} }`
  const line = `jobs: { j: { steps: [${steps}] } }`
  const cwd = await temporaryFolder({ [CI]: `${line}\n` })
  const run = await runPinsmith(['check', '--fix'], { cwd, github })
  expect(run.code).toBe(0)
  expect(await textOf(cwd)).toBe(`${line} # acme/tool v1.2.3, acme/kit v2.0.0\n`)
})

test('what the lockfile lists is left', async () => {
  const text = workflow(`acme/tool@${sha(1)}`)
  const cwd = await temporaryFolder({
    [CI]: text,
    '.github/workflows/actions.lock': `version: 1\nworkflows:\n  ${CI}: [acme/tool@${sha(1)}]\n`,
    'action.yml': composite(`acme/tool@${sha(1)}`),
  })
  const run = await runPinsmith(['check', '--fix', '--format', 'json'], { cwd, github })
  expect(codesIn(run)).toEqual(['label-missing'])
  expect(await textOf(cwd)).toBe(text)
  expect(await textOf(cwd, 'action.yml')).toBe(composite(`acme/tool@${sha(1)} # v1.2.3`))
})

test('a person’s comment goes above where the configuration wants it there', async () => {
  const cwd = await temporaryFolder({
    [CI]: workflow(`acme/tool@${sha(1)} # v1 # needs 1.2`),
    '.github/pinsmith.yml': 'comments: above\n',
  })
  expect((await runPinsmith(['check', '--fix'], { cwd, github })).code).toBe(0)
  expect(await textOf(cwd)).toBe(
    workflow(`acme/tool@${sha(1)} # v1.2.3`).replace(
      '      - uses',
      '      # needs 1.2\n      - uses',
    ),
  )
})

test.skipIf(isRoot)('a file that cannot be written is told, and its findings stay', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(`acme/tool@${sha(1)}`) })
  await chmod(join(cwd, CI), 0o444)
  const run = await runPinsmith(['check', '--fix', '--format', 'json'], { cwd, github })
  expect(run.code).toBe(1)
  expect(codesIn(run)).toEqual(['label-missing'])
  expect(run.stderr).toContain('read-only')
})

test('offline there is nothing to mend with', async () => {
  const cwd = await temporaryFolder({ [CI]: BEFORE })
  await runPinsmith(['check', '--fix', '--offline'], { cwd, github })
  expect(await textOf(cwd)).toBe(BEFORE)
})

test('--dry-run alone is wrong usage', async () => {
  const cwd = await temporaryFolder({ [CI]: BEFORE })
  const run = await runPinsmith(['check', '--dry-run'], { cwd, github })
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain('--fix')
})
