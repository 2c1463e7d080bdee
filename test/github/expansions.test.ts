import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseShortSha } from '../../src/domain/sha.ts'
import type { ConnectOptions } from '../../src/github/connection/connect.ts'
import { withFallback } from '../../src/github/connection/fallback.ts'
import type { Connection, Expansion, ShortenedCommit } from '../../src/resolve/connection.ts'
import { answer, html, reset, secondaryLimit } from '../support/github/fault.ts'
import { tooManyRequests, wholeQueryError, type Fault } from '../support/github/fault.ts'
import { moreAliasesThan } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'
import { passingFaults } from './support/passing-faults.ts'
import { portBy, portTo, question, type Way, ways } from './support/ports.ts'

/** Two commits that begin alike, and one whose beginning a branch is called. */
const ALIKE = ['abcdef01', 'abcdef02'].map((start) => start.padEnd(40, '7'))
const NAMED = 'fade01'.padEnd(40, '5')

const worlds = [
  makeWorld('acme/tool', {
    heads: { main: 1, fade01: 3 },
    tags: { v1: { tag: 2 } },
    history: [...ALIKE, NAMED, ...Array.from({ length: 60 }, (_, n) => n + 100)],
    unreachable: [4],
    renamedFrom: ['acme/old'],
  }),
  makeWorld('acme/private', { private: true, heads: { main: 5 } }),
  makeWorld('acme/saml', { saml: true, heads: { main: 6 } }),
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

function shortAt(fullName: string, text: string): ShortenedCommit {
  const [owner = '', repo = ''] = fullName.split('/')
  const digits = parseShortSha(text)
  if (digits === undefined) throw new Error(`not a shortened SHA: ${text}`)
  return { owner, repo, digits }
}

const one = shortAt('acme/tool', sha(1).slice(0, 7))
const is = (commit: string): object => ({ kind: 'commit', commit })
const NONE = { kind: 'none' }
const unknown = (detail: string): object => ({
  kind: 'unknown',
  detail: expect.stringContaining(detail),
})

const connect = (way: Way, options?: Partial<ConnectOptions>): Promise<Connection> =>
  portBy(github, way, options)

async function expand(
  port: Connection,
  ...shortened: readonly ShortenedCommit[]
): Promise<Expansion[]> {
  const expansionOf = await port.expandShas(shortened)
  return shortened.map(expansionOf)
}

describe.each(ways.map((way) => [way[0], way] as const))('%s', (_, way) => {
  test('any commit of the network, by as few digits or as many, in either case', async () => {
    const shortened = [
      one,
      shortAt('acme/tool', sha(1).slice(0, 39)),
      shortAt('acme/tool', sha(2).slice(0, 4).toUpperCase()),
      shortAt('ACME/Tool', sha(4).slice(0, 10)),
      shortAt('acme/old', sha(100).slice(0, 8)),
      shortAt('acme/tool', (ALIKE[0] ?? '').slice(0, 8)),
    ]
    expect(await expand(await connect(way), ...shortened)).toEqual(
      [sha(1), sha(1), sha(2), sha(4), sha(100), ALIKE[0] ?? ''].map(is),
    )
  })

  test('none where there is none, where there are several, and where a ref or a tag’s object begins so', async () => {
    const shortened = ['0000000', 'abcdef0', 'fade01', tagSha('v1').slice(0, 9)]
    const expansions = await expand(
      await connect(way),
      ...shortened.map((digits) => shortAt('acme/tool', digits)),
    )
    expect(expansions).toEqual([NONE, NONE, NONE, NONE])
    expect(await expand(await connect(way), shortAt('acme/tool', NAMED.slice(0, 7)))).toEqual([
      is(NAMED),
    ])
  })

  test('a repository that is not there says so', async () => {
    const shortened = [shortAt('acme/none', '1234567'), one]
    expect(await expand(await connect(way), ...shortened)).toEqual([
      unknown('the repository was not found'),
      is(sha(1)),
    ])
  })

  test('a public repository whose organization refuses the token', async () => {
    const shortened = shortAt('acme/saml', sha(6).slice(0, 7))
    expect(await expand(await connect(way), shortened)).toEqual([is(sha(6))])
  })

  test('each is asked for once, and nothing for none', async () => {
    const port = await connect(way)
    await expand(port, one, one, shortAt('ACME/tool', sha(1).slice(0, 7).toUpperCase()))
    expect(github.requests.count()).toBe(1)
    const expansionOf = await port.expandShas([])
    expect(github.requests.count()).toBe(1)
    expect(expansionOf(one)).toEqual(unknown('it was not asked for'))
  })

  test.each(passingFaults)('%s is tried again', async (__, fault) => {
    github.faults.add(fault)
    expect(await expand(await connect(way), one)).toEqual([is(sha(1))])
    expect(github.faults.pending()).toBe(0)
  })

  test.each<[string, Fault, string]>([
    ['a rate limit', tooManyRequests(3_600), '; it will answer again at 2026-01-01T01:00:00.000Z'],
    ['HTML', html(), 'a web page'],
    ['status 500', answer(500, { message: 'oops' }), 'oops'],
    ['a reset connection', reset, 'the connection was cut'],
    ['JSON of another shape', answer(200, []), ''],
    ['an id that is none', answer(200, { sha: 'main', data: { r0: {} } }), ''],
  ])('%s leaves it unknown, and is no failure of the run', async (__, fault, reason) => {
    github.faults.add(fault, { times: Infinity })
    expect(await expand(await connect(way), one)).toEqual([unknown(reason)])
  })

  test('a rate limit is met once, not by every commit', async () => {
    github.faults.add(secondaryLimit(3_600), { times: Infinity })
    const shortened = Array.from({ length: 60 }, (__, n) =>
      shortAt('acme/tool', sha(n + 100).slice(0, 12)),
    )
    const expansions = await expand(await connect(way), ...shortened)
    expect(expansions).toEqual(shortened.map(() => unknown('secondary rate limit')))
    expect(github.requests.count()).toBeLessThanOrEqual(8)
  })

  test('a wrong token is a reason', async () => {
    const port = await connect(way, { token: 'wrong' })
    expect(await expand(port, one)).toEqual([unknown('127.0.0.1')])
  })
})

test('the token reads a private repository', async () => {
  const shortened = shortAt('acme/private', sha(5).slice(0, 7))
  expect(await expand(await connect(['', 'api', true]), shortened)).toEqual([is(sha(5))])
  expect(await expand(await connect(['', 'git', false]), shortened)).toEqual([
    unknown('the repository was not found'),
  ])
})

test('fifty are one query, and more go side by side', async () => {
  const shortened = Array.from({ length: 60 }, (_, n) =>
    shortAt('acme/tool', sha(n + 100).slice(0, 12)),
  )
  const expansions = await expand(await portTo(github, 'api'), ...shortened)
  expect(expansions).toEqual(shortened.map((_, n) => is(sha(n + 100))))
  expect(github.requests.count()).toBe(2)
  expect(github.requests.rounds()).toBe(1)
})

test('a query that is too much is halved', async () => {
  github.faults.add(wholeQueryError(), { when: moreAliasesThan(13), times: Infinity })
  const shortened = Array.from({ length: 50 }, (_, n) =>
    shortAt('acme/tool', sha(n + 100).slice(0, 12)),
  )
  const expansions = await expand(await portTo(github, 'api'), ...shortened)
  expect(expansions).toEqual(shortened.map((_, n) => is(sha(n + 100))))
})

test('a token that the host repeats is not shown', async () => {
  github.faults.add(answer(403, { message: `no entry for ${github.token}` }), { times: Infinity })
  expect(await expand(await portTo(github, 'api'), one)).toEqual([unknown('no entry for [token]')])
})

test('what a second host told about is asked of that', async () => {
  const other = await startGitHub({ worlds: [makeWorld('acme/far', { heads: { main: 9 } })] })
  const port = withFallback(await portTo(github, 'git'), await portTo(other, 'git'))
  await port.lookUp([question('acme/far', { names: ['main'] })])
  const far = shortAt('acme/far', sha(9).slice(0, 7))
  expect(await expand(port, far, one)).toEqual([is(sha(9)), is(sha(1))])
  await other.close()
})
