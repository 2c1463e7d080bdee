import { expect, onTestFinished, test } from 'vitest'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha, type World } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const CI = '.github/workflows/ci.yml'
const composite = (uses: string): string =>
  `runs: { using: composite, steps: [{ uses: '${uses}' }] }\n`

const leaf = makeWorld('a/leaf', { tags: { v1: 1, 'v1.2.0': 1 } })

/** An action with so many releases, of which those from `cleanFrom` on are clean. */
function action(name: string, first: number, releases: number, cleanFrom: number): World {
  const numbers = Array.from({ length: releases }, (_, n) => n)
  return makeWorld(`a/${name}`, {
    tags: Object.fromEntries(numbers.map((n) => [`v1.${n}.0`, first + n])),
    manifests: Object.fromEntries(
      numbers.map((n) => [
        first + n,
        { 'action.yml': composite(n < cleanFrom ? 'a/leaf@v1' : `a/leaf@${sha(1)}`) },
      ]),
    ),
  })
}

interface Cost {
  readonly releases: readonly unknown[]
  readonly rounds: number
  readonly requests: number
}

/** Looks for the clean releases of these actions, and counts what is asked. */
async function cost(
  worlds: readonly World[],
  withToken: boolean,
  args: readonly string[] = [],
): Promise<Cost> {
  const github = await startGitHub({ worlds: [leaf, ...worlds], rounds: true })
  onTestFinished(() => github.close())
  const steps = worlds.map(({ name }) => `      - uses: a/${name}@v1.0.0\n`)
  const cwd = await temporaryFolder({ [CI]: `jobs:\n  a:\n    steps:\n${steps.join('')}` })
  const { stdout } = await runPinsmith(['--format', 'json', ...args], { cwd, github, withToken })
  const { cleanReleases } = JSON.parse(stdout)
  const { requests } = github
  return { releases: cleanReleases, rounds: requests.rounds(), requests: requests.count() }
}

// The references, what they use in turn, the tags, the manifests of the next releases, the age of the nearest clean one.
const ROUNDS = 5

test.each([
  ['one action', 1],
  ['eight', 8],
])('with a token, %s with ten newer releases cost as many rounds', async (_, count) => {
  const worlds = Array.from({ length: count }, (__, n) => action(`tool-${n}`, 100 * (n + 1), 11, 3))
  const { releases, rounds, requests } = await cost(worlds, true)
  expect(releases).toHaveLength(count)
  for (const release of releases) expect(release).toMatchObject({ to: { version: 'v1.3.0' } })
  expect(rounds).toBe(ROUNDS)
  // Of ten releases each, twenty in a request.
  expect(requests).toBeLessThanOrEqual(ROUNDS + Math.ceil((count * 10) / 20))
  expect(await cost(worlds, true, ['--nested', 'upgrade'])).toMatchObject({ rounds, requests })
})

test('without one, each manifest is a request of its own, but the rounds are bounded all the same', async () => {
  const worlds = [action('one', 100, 11, 3), action('two', 200, 11, 5)]
  const { releases, rounds, requests } = await cost(worlds, false)
  expect(releases).toMatchObject([{ to: { version: 'v1.3.0' } }, { to: { version: 'v1.5.0' } }])
  // Refs and manifests are two rounds where a token makes one; of the levels below, all is known by then.
  expect(rounds).toBeLessThanOrEqual(2 * ROUNDS)
  expect(requests).toBeLessThanOrEqual(2 + 2 + 2 + 2 + 2 + 20 + 2)
})

test('the nearest twenty are looked at first, and then more at once', async () => {
  const near = await cost([action('near', 100, 150, 20)], true)
  expect(near.releases).toMatchObject([{ to: { version: 'v1.20.0' } }])
  const far = await cost([action('far', 100, 150, 90)], true)
  expect(far.releases).toMatchObject([{ to: { version: 'v1.90.0' } }])
  // 150 tags are a page more; those beyond the twentieth release another round.
  expect([near.rounds, far.rounds]).toEqual([ROUNDS + 1, ROUNDS + 2])
  const none = await cost([action('none', 100, 150, 150)], true)
  expect(none.releases).toMatchObject([{ outcome: 'none', reason: 'not-clean' }])
  expect(none.rounds).toBe(ROUNDS + 2)
})

test('after three hundred releases it is said that the search has ended there', async () => {
  const { releases } = await cost([action('many', 100, 320, 310)], true)
  expect(releases).toMatchObject([
    {
      outcome: 'unknown',
      reason: 'too-many',
      message: expect.stringContaining('no release of a/many up to v1.300.0'),
    },
  ])
})
