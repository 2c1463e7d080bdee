import { afterAll, describe, expect, test } from 'vitest'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const CI = '.github/workflows/ci.yml'
const workflow = (...uses: readonly string[]): string =>
  `jobs:\n  a:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}`
const composite = (uses: string): string =>
  `runs: { using: composite, steps: [{ uses: '${uses}' }] }\n`

const short = (n: number): string => sha(n).slice(0, 12)

const github = await startGitHub({
  latencyMs: 5,
  worlds: [
    makeWorld('a/clean', { tags: { v1: 1, 'v1.0.0': 1 } }),
    makeWorld('a/dirty', {
      tags: { v2: 2, 'v2.0.0': 2 },
      manifests: { 2: { 'action.yml': composite('a/clean@v1') } },
    }),
    makeWorld('a/deep', {
      tags: { v3: 3 },
      manifests: { 3: { 'action.yml': composite(`a/dirty@${sha(2)}`) } },
    }),
  ],
})
afterAll(() => github.close())

describe.each([true, false])('pin, with a token: %s', (withToken) => {
  test('what is pinned to the leaves passes', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('a/clean@v1') })
    const { code, stderr } = await runPinsmith([], { cwd, github, withToken })
    expect(code).toBe(0)
    expect(stderr).toContain('passes: everything that 1 workflow runs is pinned')
  })

  test('what is blocked by somebody else is said, with the chain, after the own files are pinned', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('a/deep@v3', 'a/clean@v1') })
    const { code, stderr } = await runPinsmith([], { cwd, github, withToken })
    expect(code).toBe(1)
    expect(stderr).toContain('2 references pinned in 1 file.')
    expect(stderr).toContain(`${CI}:4 → a/deep@${short(3)} (v3) → a/dirty@${short(2)} → a/clean@v1`)
    expect((await runPinsmith(['--no-nested'], { cwd, github, withToken })).code).toBe(0)
  })
})

test('JSON carries the verdict, the chains and what is unknown', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/dirty@v2') })
  const run = await runPinsmith(['--format', 'json'], { cwd, github, withToken: true })
  expect(JSON.parse(run.stdout)).toMatchObject({
    verdict: 'blocked',
    chains: [[CI, `a/dirty@${sha(2)}`, 'a/clean@v1']],
    unknown: [],
  })
})

test('a dry run judges what the plan would leave', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/clean@v1') })
  const { code, stderr } = await runPinsmith(['--dry-run'], { cwd, github })
  expect({ code, passes: stderr.includes('passes:') }).toEqual({ code: 0, passes: true })
})

test('a strict run that writes nothing judges the files as they are', async () => {
  const cwd = await temporaryFolder({
    [CI]: workflow('a/clean@v1', `a/clean@${sha(1)} # v9.9.9`),
  })
  const { code, stderr } = await runPinsmith(['--strict'], { cwd, github })
  expect(code).toBe(1)
  expect(stderr).toContain('not written: --strict')
  expect(stderr).toContain('blocked:')
})

test('a reference that is ignored on purpose fails nothing, though the verdict is told', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/dirty@v2 # pinsmith: ignore') })
  const { code, stderr } = await runPinsmith([], { cwd, github })
  expect(code).toBe(0)
  expect(stderr).toContain('blocked:')
})

test('an action that no workflow leads to does not count', async () => {
  const cwd = await temporaryFolder({
    [CI]: workflow('a/clean@v1'),
    'unused/action.yml': composite('a/dirty@v2'),
  })
  expect((await runPinsmith([], { cwd, github })).code).toBe(0)
})

test('with a token, a run costs one round for each level', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/deep@v3', 'a/clean@v1') })
  github.requests.clear()
  await runPinsmith([], { cwd, github, withToken: true })
  // Own references with their manifests, then a/dirty, then the a/clean that it uses.
  expect(github.requests.count()).toBeLessThanOrEqual(3)
  expect(github.requests.count('graphql')).toBe(github.requests.count())
})
