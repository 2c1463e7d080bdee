import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectOptions } from '../../src/github/connection/connect.ts'
import type { Connection } from '../../src/resolve/connection.ts'
import { answer, html, reset, secondaryLimit } from '../support/github/fault.ts'
import { tooManyRequests, wholeQueryError, type Fault } from '../support/github/fault.ts'
import { moreAliasesThan } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { fakeClock } from './support/clock.ts'
import { commitAt, portBy, portTo, type Way, ways } from './support/ports.ts'
import { passingFaults } from './support/passing-faults.ts'

const worlds = [
  makeWorld('acme/tool', {
    heads: { main: 1 },
    tags: { v1: { tag: 2 } },
    history: Array.from({ length: 130 }, (_, n) => n + 100),
    unreachable: [3],
    dates: { 1: '2025-03-04T05:06:07Z', 2: '2025-03-04T05:06:07+02:00' },
    renamedFrom: ['acme/old'],
  }),
  makeWorld('acme/private', { private: true, heads: { main: 4 } }),
  makeWorld('acme/saml', { saml: true, heads: { main: 5 } }),
  makeWorld('acme/saml-private', { saml: true, private: true, heads: { main: 6 } }),
]

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({ worlds, rounds: true })
})
afterAll(() => github.close())
beforeEach(() => {
  github.requests.clear()
  github.faults.clear()
})

const one = commitAt('acme/tool', sha(1))
const DATE = Date.UTC(2025, 2, 4, 5, 6, 7)

const connect = (way: Way, options?: Partial<ConnectOptions>): Promise<Connection> =>
  portBy(github, way, options)

const datesOf = async (port: Connection, commits: readonly (typeof one)[]) => {
  const dates = await port.readDates(commits)
  if (dates.kind !== 'dates') return dates.kind
  return commits.map((at) => dates.of(at))
}

describe.each(ways.map((way) => [way[0], way] as const))('%s', (_, way) => {
  test('the committer’s date, of a fork’s commit and of a renamed repository’s too', async () => {
    const commits = [
      one,
      commitAt('acme/tool', sha(2)),
      commitAt('ACME/Tool', sha(3)),
      commitAt('acme/old', sha(1)),
    ]
    expect(await datesOf(await connect(way), commits)).toEqual([
      DATE,
      DATE - 2 * 3_600_000,
      Date.UTC(2024, 0, 1, 3),
      DATE,
    ])
  })

  test('what has no date says why', async () => {
    const commits = [commitAt('acme/none', sha(1)), commitAt('acme/tool', sha(999)), one]
    const port = await connect(way)
    expect(await datesOf(port, commits)).toEqual([
      'the repository was not found',
      'the repository has no such commit',
      DATE,
    ])
    const dates = await port.readDates([one])
    expect(dates.kind === 'dates' && dates.of(commitAt('acme/tool', sha(2)))).toBe(
      'it was not asked for',
    )
  })

  test('a public repository whose organization refuses the token', async () => {
    const dates = await datesOf(await connect(way), [commitAt('acme/saml', sha(5))])
    expect(dates).toEqual([Date.UTC(2024, 0, 1, 5)])
  })

  test('each commit is asked for once, and nothing for none', async () => {
    const port = await connect(way)
    await datesOf(port, [one, one, commitAt('ACME/tool', sha(1))])
    expect(github.requests.count()).toBe(1)
    await datesOf(port, [])
    expect(github.requests.count()).toBe(1)
  })

  test.each(passingFaults)('%s is tried again', async (__, fault) => {
    github.faults.add(fault)
    expect(await datesOf(await connect(way), [one])).toEqual([DATE])
    expect(github.faults.pending()).toBe(0)
  })

  test.each<[string, Fault, string]>([
    ['a rate limit', tooManyRequests(3_600), '; it will answer again at 2026-01-01T01:00:00.000Z'],
    ['HTML', html(), 'a web page'],
    ['status 500', answer(500, { message: 'oops' }), 'oops'],
    ['a reset connection', reset, 'the connection was cut'],
    ['JSON of another shape', answer(200, []), ''],
  ])('%s leaves the date unknown, and is no failure of the run', async (__, fault, reason) => {
    github.faults.add(fault, { times: Infinity })
    const dates = await datesOf(await connect(way), [one])
    expect(dates).toEqual([expect.stringContaining(reason)])
  })

  test('a rate limit is met once, not by every commit', async () => {
    github.faults.add(secondaryLimit(3_600), { times: Infinity })
    const commits = Array.from({ length: 100 }, (__, n) => commitAt('acme/tool', sha(n + 100)))
    const dates = await datesOf(await connect(way), commits)
    expect(dates).toEqual(commits.map(() => expect.stringContaining('secondary rate limit')))
    expect(github.requests.count()).toBeLessThanOrEqual(8)
  })

  test('a wrong token is a failure', async () => {
    const dates = await datesOf(await connect(way, { token: 'wrong' }), [one])
    expect(dates).toEqual('unauthorized')
  })

  test('dates are kept for good', async () => {
    const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
    const clock = fakeClock()
    await datesOf(await connect(way, { env, clock }), [one, commitAt('acme/tool', sha(999))])
    github.requests.clear()
    await clock.sleep(1e12)
    expect(await datesOf(await connect(way, { env, clock }), [one])).toEqual([DATE])
    // What is kept of a token's answer by REST could be a private one's.
    const expected = way[1] === 'git' && way[2] ? 1 : 0
    expect(github.requests.count()).toBe(expected)
    await datesOf(await connect(way, { env, clock, cache: 'off' }), [one])
    expect(github.requests.count()).toBe(expected + 1)
    await datesOf(await connect(way, { env, clock }), [commitAt('acme/tool', sha(999))])
    expect(github.requests.count()).toBe(expected + 2)
  })
})

test('the token reads a private repository, whose dates are not kept', async () => {
  const env = { ...github.env, PINSMITH_CACHE: await temporaryFolder() }
  const commits = [commitAt('acme/private', sha(4)), commitAt('acme/saml-private', sha(6))]
  for (const count of [2, 4]) {
    const dates = await datesOf(await portTo(github, 'api', { env }), commits)
    expect(dates).toEqual([Date.UTC(2024, 0, 1, 4), expect.stringContaining('SAML')])
    expect(github.requests.count()).toBe(count)
  }
})

test.each([1, 50, 51, 130])('%i commits are ⌈n/50⌉ queries in one round', async (count) => {
  const commits = Array.from({ length: count }, (_, n) => commitAt('acme/tool', sha(n + 100)))
  const dates = await datesOf(await portTo(github, 'api'), commits)
  expect(dates).toEqual(commits.map((_, n) => Date.UTC(2024, 0, 1, n + 100)))
  expect(github.requests.count()).toBe(Math.ceil(count / 50))
  expect(github.requests.rounds()).toBe(1)
})

test.each<[string, Fault]>([
  ['502', answer(502, '')],
  ['an error without a path', wholeQueryError()],
])('a query that is too much is halved: %s', async (_, fault) => {
  github.faults.add(fault, { when: moreAliasesThan(13), times: Infinity })
  const commits = Array.from({ length: 50 }, (__, n) => commitAt('acme/tool', sha(n + 100)))
  const dates = await datesOf(await portTo(github, 'api'), commits)
  expect(dates).toEqual(commits.map((__, n) => Date.UTC(2024, 0, 1, n + 100)))
  expect(github.requests.count()).toBe(7)
})

test('the token goes to no other host', async () => {
  const other = await startGitHub({ worlds, token: github.token })
  const location = `${other.url}/api/v3/repos/acme/tool/commits/${sha(1)}`
  github.faults.add({
    kind: 'answer',
    reply: { status: 301, headers: { location }, body: '' },
  })
  expect(await datesOf(await portTo(github, 'git'), [one])).toEqual([DATE])
  expect(other.requests.all().map(({ headers }) => headers['authorization'])).toEqual([undefined])
  await other.close()
})

test('a token that the host repeats is not shown', async () => {
  const says = answer(403, { message: `no entry for ${github.token}` })
  github.faults.add(says, { times: Infinity })
  const [reason] = (await datesOf(await portTo(github, 'api'), [one])) ?? []
  expect(reason).toContain('no entry for [token]')
})
