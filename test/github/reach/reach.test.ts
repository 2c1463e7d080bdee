import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectOptions } from '../../../src/github/connection/connect.ts'
import { withFallback } from '../../../src/github/connection/fallback.ts'
import type {
  Connection,
  Reach,
  ReachedBy,
  ReachQuestion,
} from '../../../src/resolve/connection.ts'
import { answer, html, redirectTo, reset } from '../../support/github/fault.ts'
import {
  tooManyRequests,
  truncate,
  wholeQueryError,
  type Fault,
} from '../../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../../support/github/server.ts'
import { makeWorld, sha, type World } from '../../support/github/worlds.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { fakeClock } from '../support/clock.ts'
import { commitAt, commitSha, portTo, ways } from '../support/ports.ts'
import { passingFaults } from '../support/passing-faults.ts'

/**
 * ```
 * 1 ─ 2 ─ 4 ─ 6 main          v1.0.0 is 2, on main
 *      ╲   ╲
 *       ╲   5 v1, v1.2.0      a release commit off every branch
 *        3 release/v1
 * 8 moved, v2.0.0             began anew: an attacker's
 * 7                           a fork's, on top of main
 * ```
 */
const TOOL = {
  heads: { main: 6, 'release/v1': 3 },
  tags: { 'v1.0.0': 2, v1: { tag: 5 }, 'v1.2.0': 5, moved: 8, 'v2.0.0': 8, 'at/slash': 4 },
  unreachable: [7],
  parents: { 1: [], 2: [1], 3: [2], 4: [2], 5: [4], 6: [4], 7: [6], 8: [] },
  renamedFrom: ['acme/old'],
} as const

const worlds = [
  makeWorld('acme/tool', TOOL),
  makeWorld('acme/saml', { ...TOOL, saml: true, renamedFrom: [] }),
  makeWorld('acme/private', { ...TOOL, private: true, renamedFrom: [] }),
  makeWorld('acme/wild', { tags: { v1: 3 }, heads: { main: 2 }, history: [9], pulls: { 4: 66 } }),
  makeWorld('acme/pulls', {
    heads: { main: 3 },
    tags: { v1: 2, v2: 4, v3: 5, v4: 6, after: 7 },
    parents: { 1: [], 2: [1], 3: [2], 4: [3], 5: [3], 6: [3], 7: [6] },
    pulls: { 12: 4, 7: 2, 30: 6 },
  }),
]

let github: LocalGitHub
beforeEach(async () => {
  github = await startGitHub({ worlds })
})
afterEach(() => github.close())

const [MAIN, RELEASE] = ['refs/heads/main', 'refs/heads/release/v1']

type Asked = Partial<Omit<ReachQuestion, 'owner' | 'repo' | 'commit'>>

const asks = (name: string, n: number, asked: Asked = {}): ReachQuestion => ({
  ...commitAt(name, sha(n)),
  tags: [],
  ...asked,
})

const tagCommits = new Map(
  Object.entries({
    'v1.0.0': 2,
    v1: 5,
    'v1.2.0': 5,
    moved: 8,
    'v2.0.0': 8,
    'at/slash': 4,
    'refs/heads/main': 6,
    'refs/heads/release/v1': 3,
  }).map(([tag, n]) => [tag, commitSha(sha(n))] as const),
)

const reachesOf = async (port: Connection, questions: readonly ReachQuestion[]) => {
  const reaches = await port.findReach(questions)
  if (reaches.kind !== 'reaches') throw new Error(`${reaches.kind}: ${reaches.detail}`)
  return questions.map((question) => reaches.of(question))
}

const shown = ({ by, after, apart }: Reach) => [
  by.kind,
  [...after].toSorted(),
  [...apart].toSorted(),
]

describe.each(ways)('%s', (_, resolver, withToken) => {
  const connect = (options: Partial<ConnectOptions> = {}, to = github) =>
    portTo(to, resolver, { token: withToken ? to.token : undefined, ...options })

  const ask = async (questions: readonly ReachQuestion[], options: Partial<ConnectOptions> = {}) =>
    (await reachesOf(await connect(options), questions)).map(shown)

  /** How many requests it takes to be told this. */
  const count = async (
    questions: readonly ReachQuestion[],
    expected: readonly unknown[],
    options: Partial<ConnectOptions>,
  ): Promise<number> => {
    github.requests.clear()
    expect(await ask(questions, options)).toEqual(expected)
    return github.requests.count()
  }

  test.each<[string, number, Asked, unknown]>([
    ['the tip of the default branch', 6, {}, ['branch', [], []]],
    ['the tip of another branch', 3, {}, ['branch', [], []]],
    ['a commit below a tip', 1, { tip: 'none' }, ['branch', [], []]],
    ['a commit below a tip, of which nothing is known', 1, {}, ['branch', [], []]],
    ['a tag on a branch, as asked', 2, {}, ['tag', [], []]],
    ['a tag on a branch, deep', 2, { deep: true }, ['branch', [], []]],
    ['a tag alone, deep', 5, { deep: true }, ['tags-only', [], []]],
    ['a tag alone, deep, as known', 5, { deep: true, tip: 'tag' }, ['tags-only', [], []]],
    ['a tag that began anew, deep', 8, { deep: true }, ['tags-only', [], []]],
    ['a fork’s commit', 7, {}, ['nothing', [], []]],
    ['a fork’s commit, no tip as known', 7, { tip: 'none' }, ['nothing', [], []]],
  ])('what has %s', async (__, n, asked, expected) => {
    expect(await ask([asks('acme/tool', n, asked)])).toEqual([expected])
    expect(await ask([asks('ACME/Old', n, asked)])).toEqual([expected])
    expect(await ask([asks('acme/saml', n, asked)])).toEqual([expected])
  })

  test.each<[string, number, readonly string[], readonly [after: string[], apart: string[]]]>([
    ['later ones', 2, ['v1', 'v1.2.0', 'at/slash'], [['at/slash', 'v1', 'v1.2.0'], []]],
    ['itself', 5, ['v1', 'v1.2.0'], [['v1', 'v1.2.0'], []]],
    // The tag is the base and the commit the head, so `ahead` is a tag that was moved back.
    ['earlier ones', 5, ['v1.0.0', 'at/slash'], [[], ['at/slash', 'v1.0.0']]],
    ['another line', 3, ['v1'], [[], ['v1']]],
    ['one that began anew', 5, ['moved', 'v1'], [['v1'], ['moved']]],
    ['one that there is not', 2, ['v9', 'v1'], [['v1'], []]],
    ['branches', 2, [MAIN, RELEASE, 'v1'], [[MAIN, RELEASE, 'v1'], []]],
    ['a branch that it is', 6, [MAIN], [[MAIN], []]],
    ['another branch', 3, [MAIN], [[], [MAIN]]],
    ['a branch that there is not', 2, ['refs/heads/v1'], [[], []]],
  ])('which tags come after a commit: %s', async (__, n, tags, expected) => {
    const blind = await ask([asks('acme/tool', n, { tags })])
    expect(blind[0]?.slice(1)).toEqual(expected)
    for (const tip of ['none', 'tag', 'branch'] as const) {
      const known = await ask([asks('acme/saml', n, { tags, tip, tagCommits })])
      expect(known[0]?.slice(1)).toEqual(expected)
    }
  })

  test('two questions about one commit are one', async () => {
    const [one, other] = [
      asks('acme/tool', 2, { tags: ['v1'], tip: 'tag' }),
      asks('ACME/tool', 2, { tags: ['moved'], tip: 'none', deep: true }),
    ]
    const expected = ['branch', ['v1'], ['moved']]
    expect(await ask([one, other])).toEqual([expected, expected])
  })

  test.each<[string, number, Asked, ReachedBy]>([
    ['the head of one', 4, {}, { kind: 'pull-request', number: 12 }],
    ['the head of one, deep', 4, { deep: true }, { kind: 'pull-request', number: 12 }],
    ['the head of one that was merged', 2, {}, { kind: 'branch' }],
    ['the head of none', 5, {}, { kind: 'tag' }],
    ['the head of none, deep', 5, { deep: true }, { kind: 'tags-only' }],
    ['the tip of a branch', 3, {}, { kind: 'branch' }],
  ])('whether a tag is what a pull request brought: %s', async (__, n, asked, by) => {
    for (const tip of [{}, { tip: n === 3 ? 'branch' : 'tag' } as const]) {
      const question = asks('acme/pulls', n, { pulls: true, ...asked, ...tip })
      expect((await reachesOf(await connect(), [question])).map((reach) => reach.by)).toEqual([by])
    }
  })

  test('pull requests are asked for once for a repository, and only where they matter', async () => {
    const questions = [2, 4, 5].map((n) => asks('acme/pulls', n, { tip: 'tag', pulls: true }))
    await reachesOf(await connect(), questions)
    expect(github.requests.count('git')).toBe(1)
    github.requests.clear()
    const cheap = questions.map((question) => ({ ...question, pulls: false }))
    await reachesOf(await connect(), cheap)
    expect(github.requests.count()).toBe(0)
  })

  test('worlds without a record of their history', async () => {
    const questions = [3, 2, 9, 66].map((n) => asks('acme/wild', n, { deep: true }))
    expect((await ask(questions)).map(([by]) => by)).toEqual([
      'tags-only',
      'branch',
      'branch',
      'nothing',
    ])
  })

  test('what is not there is told from what nobody knows', async () => {
    const questions = [
      asks('acme/none', 1, { tags: ['v1'] }),
      asks('acme/tool', 99),
      asks('acme/tool', 98, { tip: 'none' }),
    ]
    const reaches = await reachesOf(await connect(), questions)
    expect(reaches.map(({ by }) => by)).toEqual([
      { kind: 'undetermined', detail: 'the repository was not found' },
      { kind: 'absent' },
      { kind: 'absent' },
    ])
    const never = await (await connect()).findReach([])
    expect(never.kind === 'reaches' && never.of(asks('acme/tool', 1)).by).toEqual({
      kind: 'undetermined',
      detail: 'it was not asked for',
    })
  })

  test('what the caller knows costs nothing', async () => {
    const questions = [
      asks('acme/tool', 6, { tip: 'branch', deep: true }),
      asks('acme/tool', 5, { tip: 'tag', tags: ['v1'], tagCommits }),
    ]
    expect(await ask(questions)).toEqual([
      ['branch', [], []],
      ['tag', ['v1'], []],
    ])
    expect(github.requests.count()).toBe(0)
  })

  test.each<[string, Fault]>([
    ['status 404', answer(404, 'Not Found')],
    ['HTML', html()],
    ['429', tooManyRequests(3_600)],
    ['401', answer(401, '')],
    ['502', answer(502, 'Bad Gateway')],
    ['a reset connection', reset],
    ['a login page', redirectTo('/login?return_to=x')],
    ['a list', answer(200, [])],
    ['no tags', answer(200, { branches: [] })],
    ['other branches', answer(200, { branches: ['main'], tags: [] })],
    ['other tags', answer(200, { branches: [], tags: [{ name: 'v1' }] })],
    ['JSON that is cut', truncate],
  ])('a page that tells nothing accuses nobody: %s', async (__, fault) => {
    github.faults.add(fault, { kind: 'web', times: Infinity })
    const reaches = await reachesOf(await connect(), [
      asks('acme/tool', 1),
      asks('acme/tool', 7),
      asks('acme/tool', 3, { tip: 'none' }),
    ])
    expect(reaches.map(({ by }) => by.kind)).toEqual(['branch', 'undetermined', 'branch'])
    expect(reaches[1]?.by).toMatchObject({ detail: expect.stringMatching(/./) })
  })

  test('a page that is older than a tag does not make an impostor of it', async () => {
    github.faults.add(answer(200, { branches: [], tags: [] }), { kind: 'web' })
    const asked = asks('acme/tool', 5, { tip: 'tag', deep: true })
    expect(await ask([asked])).toEqual([['tags-only', [], []]])
    expect(github.faults.pending()).toBe(0)
  })

  test.each(passingFaults)('%s is tried again', async (__, fault) => {
    github.faults.add(fault)
    expect(await ask([asks('acme/tool', 1, { tip: 'none' })])).toEqual([['branch', [], []]])
    expect(github.faults.pending()).toBe(0)
  })

  test.each<[string, Fault]>([
    ['a rate limit', tooManyRequests(3_600)],
    ['a network that is away', reset],
    ['HTML', html()],
    ['status 500', answer(500, '')],
  ])('%s everywhere leaves all undetermined, and is no failure of the run', async (__, fault) => {
    github.faults.add(fault, { times: Infinity })
    const questions = [1, 3, 5, 7].map((n) => asks('acme/tool', n, { tags: ['moved'] }))
    expect(await ask(questions)).toEqual(questions.map(() => ['undetermined', [], []]))
  })

  test('a rate limit is met once by each way of asking, not by every commit', async () => {
    github.faults.add(tooManyRequests(3_600), { times: Infinity })
    const questions = Array.from({ length: 100 }, (__, n) =>
      asks('acme/wild', 1_000 + n, { tip: 'none', tags: ['v1'] }),
    )
    expect((await ask(questions)).every(([by]) => by === 'undetermined')).toBe(true)
    expect(github.requests.count()).toBeLessThanOrEqual(40)
  })

  test('the token goes to no page and to no other host', async () => {
    const other = await startGitHub({ worlds, token: github.token })
    const location = `${other.url}/acme/tool/branch_commits/${sha(7)}`
    github.faults.add(redirectTo(location), { kind: 'web' })
    expect(await ask([asks('acme/tool', 7, { tags: ['moved'] })])).toEqual([
      ['nothing', [], ['moved']],
    ])
    const strangers = [...other.requests.all(), ...github.requests.of('web')]
    expect(strangers.map(({ headers }) => headers['authorization'])).toEqual([undefined, undefined])
    await other.close()
  })

  describe('within an hour', () => {
    test('what speaks for a commit is not asked again', async () => {
      const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
      const clock = fakeClock()
      const questions = [
        asks('acme/tool', 1, { tip: 'none' }),
        asks('acme/tool', 5, { tip: 'tag', deep: true }),
        asks('acme/tool', 2, { tip: 'none', tags: ['v1'], tagCommits }),
      ]
      const expected = [
        ['branch', [], []],
        ['tags-only', [], []],
        ['branch', ['v1'], []],
      ]
      expect(await count(questions, expected, { env, clock })).toBeGreaterThan(0)
      expect(await count(questions, expected, { env, clock })).toBe(0)
      expect(await count(questions, expected, { env, clock, cache: 'off' })).toBeGreaterThan(0)
      await clock.sleep(3_600_001)
      expect(await count(questions, expected, { env, clock })).toBeGreaterThan(0)
    })

    test('what was found does not stay young by being asked for', async () => {
      const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
      const clock = fakeClock()
      const question = asks('acme/tool', 2, { tip: 'none' })
      const more = { ...question, tags: ['moved'] }
      expect(await count([question], [['branch', [], []]], { env, clock })).toBe(1)
      await clock.sleep(3_000_000)
      expect(await count([more], [['branch', [], ['moved']]], { env, clock })).toBeGreaterThan(0)
      await clock.sleep(1_000_000)
      expect(await count([question], [['branch', [], []]], { env, clock })).toBe(1)
    })

    test('what speaks against it, or is not known, is', async () => {
      const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
      const questions = [7, 99].map((n) => asks('acme/tool', n, { tip: 'none' }))
      const expected = [
        ['nothing', [], []],
        ['absent', [], []],
      ]
      const first = await count(questions, expected, { env })
      expect(await count(questions, expected, { env })).toBe(first)
    })

    test('that tags have a commit does not hide that one was moved to a pull request’s', async () => {
      const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
      // Before, only a tag further on had it.
      const before = asks('acme/pulls', 6, { tip: 'none' })
      await count([before], [['tags-only', [], []]], { env })
      await count([before], [['tags-only', [], []]], { env })
      expect(github.requests.count()).toBe(0)
      const moved = asks('acme/pulls', 6, { tip: 'tag', pulls: true })
      const requests = await count([moved], [['pull-request', [], []]], { env })
      expect(requests).toBeGreaterThan(0)
      expect(await count([moved], [['pull-request', [], []]], { env })).toBe(requests)
    })

    test('a tag that moves is looked at anew', async () => {
      const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
      const before = asks('acme/tool', 2, { tip: 'tag', tags: ['v1'], tagCommits })
      const moved = new Map([['v1', commitSha(sha(8))]])
      expect(await count([before], [['tag', ['v1'], []]], { env })).toBeGreaterThan(0)
      expect(await count([before], [['tag', ['v1'], []]], { env })).toBe(0)
      const after = { ...before, tagCommits: moved }
      expect(await count([after], [['tag', ['v1'], []]], { env })).toBeGreaterThan(0)
    })
  })
})

describe('a private repository', () => {
  const plain: World = makeWorld('acme/plain', {
    heads: { main: 6, other: 3 },
    tags: { v1: 5 },
    unreachable: [7],
    parents: { 1: [], 2: [1], 3: [2], 4: [2], 5: [4], 6: [4], 7: [6] },
    private: true,
  })

  test('is asked by GraphQL alone, which can say "nothing" only of all refs', async () => {
    const local = await startGitHub({ worlds: [...worlds, plain] })
    const port = await portTo(local, 'api')
    const questions = [
      asks('acme/plain', 1, { tip: 'none' }),
      asks('acme/plain', 3, { tip: 'none' }),
      asks('acme/plain', 5, { tip: 'none' }),
      asks('acme/plain', 7, { tip: 'none', tags: ['v1'] }),
      // Histories that have nothing in common with another cannot be compared with it.
      asks('acme/private', 7, { tip: 'none' }),
    ]
    expect((await reachesOf(port, questions)).map(shown)).toEqual([
      ['branch', [], []],
      ['branch', [], []],
      ['tags-only', [], []],
      ['nothing', [], ['v1']],
      ['undetermined', [], []],
    ])
    expect(local.requests.count('web') + local.requests.count('rest')).toBe(0)
    await local.close()
  })

  test('leaves nothing on the disk', async () => {
    const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
    const question = asks('acme/private', 1, { tip: 'none' })
    for (const count of [1, 2]) {
      expect(
        (await reachesOf(await portTo(github, 'api', { env }), [question])).map(shown),
      ).toEqual([['branch', [], []]])
      expect(github.requests.count()).toBe(count)
    }
  })

  test('with more refs than can be compared at once, is not known for sure', async () => {
    const names = Array.from({ length: 101 }, (_, n) => `b${n}`)
    const heads = { main: 6, ...Object.fromEntries(names.map((name) => [name, 6])) }
    const many = makeWorld('acme/many', {
      heads,
      unreachable: [7],
      parents: { 6: [], 7: [6] },
      private: true,
    })
    const local = await startGitHub({ worlds: [many] })
    const [reach] = await reachesOf(await portTo(local, 'api'), [asks('acme/many', 7)])
    expect(reach?.by).toEqual({
      kind: 'undetermined',
      detail: 'not every branch and tag could be compared with it',
    })
    await local.close()
  })

  test('without a token is undetermined', async () => {
    const port = await portTo(github, 'git', { token: undefined })
    const [reach] = await reachesOf(port, [asks('acme/private', 1, { tip: 'none' })])
    expect(reach?.by).toEqual({ kind: 'undetermined', detail: 'the repository was not found' })
  })
})

test('a wrong token is a failure of the run', async () => {
  for (const resolver of ['api', 'git'] as const) {
    const port = await portTo(github, resolver, { token: 'wrong' })
    expect((await port.findReach([asks('acme/tool', 1)])).kind).toBe('unauthorized')
  }
})

test('with a token, pins on default branches are a query for twenty, in one round', async () => {
  const local = await startGitHub({ worlds, rounds: true })
  const commits = [...Array(45).keys()].map((n) => 2_000 + n)
  const long = makeWorld('acme/long', { history: commits })
  const busy = await startGitHub({ worlds: [long], rounds: true })
  const port = await portTo(busy, 'api')
  const questions = commits.map((n) => asks('acme/long', n, { tip: 'none' }))
  const reaches = await reachesOf(port, questions)
  expect(reaches.every(({ by }) => by.kind === 'branch')).toBe(true)
  expect([busy.requests.count(), busy.requests.rounds()]).toEqual([3, 1])
  await Promise.all([local.close(), busy.close()])
})

test('without one, one request for each commit that is no tip, and none of the API', async () => {
  const commits = [...Array(20).keys()].map((n) => 2_000 + n)
  const local = await startGitHub({ worlds: [makeWorld('acme/long', { history: commits })] })
  const port = await portTo(local, 'git', { token: undefined })
  await reachesOf(
    port,
    commits.map((n) => asks('acme/long', n, { tip: 'none' })),
  )
  expect([local.requests.count(), local.requests.count('web')]).toEqual([20, 20])
  local.requests.clear()
  await reachesOf(
    port,
    commits.map((n) => asks('acme/long', n)),
  )
  expect([local.requests.count('git'), local.requests.count('web')]).toEqual([1, 20])
  await local.close()
})

test('a query that is refused as a whole is halved; one that GraphQL cannot answer goes on', async () => {
  const questions = [1, 2, 3, 5, 7].map((n) => asks('acme/tool', n, { tip: 'none' }))
  const expected = ['branch', 'branch', 'branch', 'tags-only', 'nothing']
  for (const fault of [answer(502, ''), wholeQueryError(), html()]) {
    github.faults.add(fault, { kind: 'graphql', times: Infinity })
    const reaches = await reachesOf(await portTo(github, 'api'), questions)
    expect(reaches.map(({ by }) => by.kind)).toEqual(expected)
    github.faults.clear()
  }
})

test('an error is no word of an absent commit, nor of a tag', async () => {
  const value = { isPrivate: true, object: null, main: { compare: null }, t0: null }
  const errors = ['object', 'main', 't0'].map((name) => ({
    type: 'INTERNAL',
    path: ['r0', name],
    message: `no ${name}`,
  }))
  github.faults.add(answer(200, { data: { r0: value }, errors }), { kind: 'graphql' })
  github.faults.add(answer(500, ''), { times: Infinity })
  const asked = asks('acme/tool', 1, { tip: 'none', tags: ['v1'] })
  const [reach] = await reachesOf(await portTo(github, 'api'), [asked])
  expect(reach).toEqual({
    by: { kind: 'undetermined', detail: expect.stringContaining('GitHub said: no object') },
    after: new Set(),
    apart: new Set(),
  })
})

test('a token that the host repeats is not shown', async () => {
  github.faults.add(answer(403, { message: `no entry for ${github.token}` }), { times: Infinity })
  const [reach] = await reachesOf(await portTo(github, 'api'), [asks('acme/tool', 7)])
  expect(JSON.stringify(reach?.by)).toContain('no entry for [token]')
  expect(JSON.stringify(reach?.by)).not.toContain(github.token)
})

test('the second host is asked for its own repositories', async () => {
  const first = await startGitHub({ worlds: [makeWorld('acme/own', { heads: { main: 1 } })] })
  const port = withFallback(await portTo(first, 'api'), await portTo(github, 'git'))
  const question = { names: [], shas: [], tags: { kind: 'none' }, manifests: [] } as const
  await port.lookUp([
    { owner: 'acme', repo: 'tool', ...question },
    { owner: 'acme', repo: 'own', ...question },
  ])
  first.requests.clear()
  const reaches = await reachesOf(port, [
    asks('acme/own', 1, { tip: 'none' }),
    asks('acme/tool', 7, { tip: 'none' }),
  ])
  expect(reaches.map(({ by }) => by.kind)).toEqual(['branch', 'nothing'])
  expect(first.requests.count()).toBe(1)
  const dates = await port.readDates([asks('acme/own', 1), asks('acme/tool', 7)])
  expect(dates.kind === 'dates' && dates.of(asks('acme/tool', 7))).toBe(Date.UTC(2024, 0, 1, 7))
  expect((await port.readArchive(asks('acme/tool', 6))).kind).toBe('archive')
  await first.close()
})
