import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { checkAs, CI, codesIn, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const REPOSITORIES = 30
const numbers = Array.from({ length: REPOSITORIES }, (_, n) => n)

const github = await startGitHub({
  rounds: true,
  worlds: [
    ...numbers.map((n) =>
      makeWorld(`acme/tool-${n}`, {
        heads: { main: 1000 + n },
        tags: { 'v1.0.0': 100 + n, v1: 100 + n },
        history: [500 + n],
      }),
    ),
    makeWorld('acme/nest', {
      tags: { 'v1.0.0': 1 },
      manifests: { 1: { 'action.yml': composite(`acme/inner@${sha(2)}`) } },
    }),
    makeWorld('acme/inner', {
      heads: { main: 9 },
      tags: { 'v1.0.0': 2 },
      manifests: { 2: { 'action.yml': composite(`acme/leaf@${sha(3)}`, `acme/leaf@${sha(3)}`) } },
    }),
    ...numbers.map((n) =>
      makeWorld(`acme/loose-${n}`, { heads: { main: 1000 + n }, tags: { v1: 100 + n } }),
    ),
    makeWorld('acme/leaf', { heads: { main: 8 }, history: [3] }),
  ],
})
afterAll(() => github.close())
beforeEach(() => github.requests.clear())

const TIPS = numbers.map((n) => `acme/tool-${n}@${sha(100 + n)} # v1.0.0`)
const BELOW = numbers.map((n) => `acme/tool-${n}@${sha(500 + n)} # main`)
const LOOSE = numbers.map((n) => `acme/loose-${n}@${sha(100 + n)} # v1`)
/** As many as git is asked about at once. */
const FEW = LOOSE.slice(0, 16)
const DEEP = [...TIPS, `acme/nest@${sha(1)} # v1.0.0`]

/** How many requests of each kind there were. */
function requests(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of github.requests) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

describe('with a token', () => {
  test('pins to tags cost one round, advisories with it', async () => {
    const checked = await checkAs(github, { [CI]: workflow(...TIPS, ...TIPS) }, true)
    expect(checked).toMatchObject({ code: 0, findings: [] })
    expect(github.requests.rounds()).toBe(1)
    expect(requests()).toEqual({ graphql: Math.ceil(REPOSITORIES / 20) + 1 })
  })

  test('other commits cost one round more, whatever their number', async () => {
    const checked = await checkAs(github, { [CI]: workflow(...TIPS, ...BELOW) }, true)
    expect(checked.findings).toEqual([])
    expect(github.requests.rounds()).toBe(2)
    expect(requests()['graphql']).toBe(github.requests.count())
  })

  test('pins to nothing but tags that move cost one round more, for the pull requests', async () => {
    const checked = await checkAs(github, { [CI]: workflow(...FEW, ...FEW) }, true)
    expect(checked.findings).toEqual([])
    expect(github.requests.rounds()).toBe(2)
    expect(requests()).toEqual({ graphql: 2, git: FEW.length })
  })

  test('what the actions use costs a round for each level', async () => {
    const checked = await checkAs(github, { [CI]: workflow(...DEEP) }, true)
    expect(checked.findings).toEqual([])
    // The own references, what they use, what that uses, and whether the leaf is its repository's.
    expect(github.requests.rounds()).toBe(4)
  })
})

describe('without a token', () => {
  test('pins to tags cost one git request for each repository', async () => {
    const checked = await checkAs(github, { [CI]: workflow(...TIPS, ...TIPS) }, false, [
      '--no-nested',
    ])
    expect(checked.findings).toEqual([])
    expect(requests()).toEqual({ git: REPOSITORIES, rest: 1 })
  })

  test('a pin to nothing but a tag that moves costs one git request more', async () => {
    const uses = [...TIPS, ...LOOSE, ...LOOSE]
    const checked = await checkAs(github, { [CI]: workflow(...uses) }, false, ['--no-nested'])
    expect(checked.findings).toEqual([])
    expect(requests()).toEqual({ git: 3 * REPOSITORIES, rest: 1 })
  })

  test('a commit that is no tip costs one request more', async () => {
    const uses = [...TIPS, ...BELOW, ...BELOW]
    const checked = await checkAs(github, { [CI]: workflow(...uses) }, false, ['--no-nested'])
    expect(checked.findings).toEqual([])
    expect(requests()).toEqual({ git: REPOSITORIES, web: REPOSITORIES, rest: 1 })
  })

  test('what the actions use costs no more requests than it has repositories and manifests', async () => {
    const checked = await checkAs(github, { [CI]: workflow(...DEEP) }, false)
    expect(checked.findings).toEqual([])
    const repositories = REPOSITORIES + 3
    expect(requests()).toMatchObject({ git: repositories, raw: repositories, web: 1, rest: 1 })
  })
})

test('a fix asks again for nothing but the labels that it wrote', async () => {
  const cwd = await temporaryFolder({
    [CI]: workflow(...numbers.map((n) => `acme/tool-${n}@${sha(100 + n)}`)),
  })
  const run = await runPinsmith(['check', '--fix'], { cwd, github, withToken: true })
  expect(run.code).toBe(0)
  expect(github.requests.rounds()).toBe(2)
})

test('a second run within the hour asks only for what can change', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(...DEEP, ...BELOW) })
  const env = { PINSMITH_CACHE: await temporaryFolder() }
  await runPinsmith(['check'], { cwd, github, env })
  github.requests.clear()
  const run = await runPinsmith(['check', '--format', 'json'], { cwd, github, env })
  expect(codesIn(JSON.parse(run.stdout))).toEqual([])
  // The refs: what a tag is today. Not the advisories, the manifests, or what is in a branch's history.
  expect(Object.keys(requests())).toEqual(['git'])
})
