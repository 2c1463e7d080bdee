import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createContentsReader } from '../../src/github/manifest/file-reader.ts'
import { createGitClient } from '../../src/github/git/git.ts'
import { createGraphqlClient } from '../../src/github/graphql/client.ts'
import { createGraphqlPort } from '../../src/github/graphql/graphql.ts'
import { hostFromEnv } from '../../src/github/connection/hosts.ts'
import { noStore } from '../../src/github/cache/manifest-store.ts'
import { createFetch } from '../../src/github/transport/proxy.ts'
import { parseToken } from '../../src/github/token/token.ts'
import { createTransport } from '../../src/github/transport/transport.ts'
import { answer, delay, html, moreAliasesThan, redirectTo } from '../support/github/fault.ts'
import { reset, truncate, wholeQueryError, type Fault } from '../support/github/fault.ts'
import type { GitHubRequest } from '../support/github/request.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { fakeClock } from './support/clock.ts'
import { answersOf, portTo, question } from './support/ports.ts'

const worlds = Array.from({ length: 40 }, (_, n) =>
  makeWorld(`acme/tool-${n}`, { tags: { v1: n } }),
)
const asked = worlds.map(({ owner, name }) => question(`${owner}/${name}`, { names: ['v1'] }))

let github: LocalGitHub
beforeEach(async () => {
  github = await startGitHub({ worlds, token: 'secret' })
})
afterEach(() => github.close())

const asksFor = (name: string) => (request: GitHubRequest) =>
  Object.values(request.graphql?.variables ?? {}).includes(name)

const big = (request: GitHubRequest): boolean =>
  Object.keys(request.graphql?.variables ?? {}).length > 8

describe('a query that is too much', () => {
  test.each<[string, Fault]>([
    ['502', answer(502, '<html>502</html>')],
    ['504', answer(504, '')],
    ['an error without a path', wholeQueryError()],
    [
      'an error without a path that has a type',
      wholeQueryError('Too big', 'MAX_NODE_LIMIT_EXCEEDED'),
    ],
  ])('is halved until it passes: %s', async (_, fault) => {
    github.faults.add(fault, { when: moreAliasesThan(3), times: Infinity })
    const clock = fakeClock()
    const answers = answersOf(await (await portTo(github, 'api', { clock })).lookUp(asked))
    for (const [n, { owner, name }] of worlds.entries()) {
      const refs = answers.get(`${owner}/${name}`)
      expect(refs).toMatchObject({ kind: 'refs', tags: new Map([['v1', sha(n)]]) })
    }
    expect(clock.slept).toEqual([])
  })

  test('is halved within one repository', async () => {
    github.faults.add(answer(502, ''), { when: big, times: Infinity })
    const names = ['v1', ...Array.from({ length: 15 }, (_, n) => `v${n + 2}`), 'main']
    const tags = { kind: 'families', prefixes: ['v'] } as const
    const one = question('acme/tool-7', { names, tags })
    const refs = answersOf(await (await portTo(github, 'api')).lookUp([one])).get('acme/tool-7')
    expect(refs).toMatchObject({
      kind: 'refs',
      tags: new Map([['v1', sha(7)]]),
      branches: new Map([['main', sha(0)]]),
    })
  })

  test('that takes too long is halved', async () => {
    github.faults.add(delay(8_000), { when: moreAliasesThan(15), times: Infinity })
    const host = hostFromEnv(github.env)
    const token = parseToken('token', github.token)
    if (!('name' in host) || token === undefined || !('reveal' in token)) throw new Error('no host')
    const send = createTransport({
      fetch: () => createFetch(undefined),
      clock: fakeClock(),
      maxWait: 0,
      timeout: 2_000,
    })
    const options = { host, send, userAgent: 'test', store: noStore }
    const port = createGraphqlPort({
      ask: createGraphqlClient({ ...options, token }),
      host: host.name,
      anonymous: createGitClient({ ...options, token: undefined }),
      readFile: createContentsReader(options, token),
      store: noStore,
    })
    const answers = answersOf(await port.lookUp(asked.slice(0, 20)))
    expect([...answers.values()].every(({ kind }) => kind === 'refs')).toBe(true)
    expect(github.requests.count()).toBe(3)
  })
})

test.each<[string, Fault, string]>([
  ['502', answer(502, ''), '502'],
  ['a cut body', truncate, ''],
  ['a reset connection', reset, 'the connection was cut'],
  ['an error without a path', wholeQueryError('Something went wrong'), 'Something went wrong'],
])('what one repository alone brings about spoils it alone: %s', async (_, fault, detail) => {
  // Of these, only what shows as "too much" is narrowed down to the repository itself.
  const alone = asked.slice(0, 25)
  const isAlone = fault.kind === 'answer'
  github.faults.add(fault, { when: asksFor('tool-7'), times: Infinity })
  const answers = answersOf(await (await portTo(github, 'api')).lookUp(alone))
  expect(answers.get('acme/tool-7')).toEqual({
    kind: 'broken',
    detail: expect.stringContaining(detail),
  })
  const others = [...answers].filter(([, { kind }]) => kind !== 'refs')
  expect(others).toHaveLength(isAlone ? 1 : 20)
})

test('a page of HTML for one batch does not spoil the others', async () => {
  github.faults.add(html(), { when: asksFor('tool-7') })
  const answers = answersOf(await (await portTo(github, 'api')).lookUp(asked))
  expect(answers.get('acme/tool-7')).toMatchObject({ kind: 'broken' })
  expect([...answers.values()].filter(({ kind }) => kind === 'refs')).toHaveLength(20)
})

test.each([
  ['no alias', { data: {} }, 'lacks what was asked for'],
  ['null without an error', { data: { r0: null } }, 'lacks what was asked for'],
  ['a missing field', { data: { r0: { nameWithOwner: 'acme/tool-0', t0: null } } }, 'lacks'],
  ['a commit without an id', ref({ __typename: 'Commit' }), 'lacks'],
  ['an id that is none', ref({ __typename: 'Commit', oid: 'v1' }), 'lacks'],
  ['an unknown kind of object', ref({ __typename: 'Nope', oid: sha(1) }), 'lacks'],
  [
    'an unknown error',
    { data: { r0: null }, errors: [{ type: 'ODD', path: ['r0'], message: 'odd\nthings' }] },
    'GitHub said: odd things',
  ],
  [
    'a missing thing inside',
    { data: { r0: null }, errors: [{ type: 'NOT_FOUND', path: ['r0', 't0'], message: 'gone' }] },
    'GitHub said: gone',
  ],
])('a strange answer is broken, never "not found": %s', async (_, body, detail) => {
  github.faults.add(answer(200, body))
  const answers = answersOf(await (await portTo(github, 'api')).lookUp(asked.slice(0, 1)))
  expect(answers.get('acme/tool-0')).toEqual({
    kind: 'broken',
    detail: expect.stringContaining(detail),
  })
})

function ref(target: object): object {
  const found = { prefix: 'refs/tags/', name: 'v1', target }
  return { data: { r0: { nameWithOwner: 'acme/tool-0', t0: found, b0: null } } }
}

test('a tag of a tree names no commit, and is no failure', async () => {
  github.faults.add(answer(200, ref({ __typename: 'Tree', oid: sha(1) })))
  const answers = answersOf(await (await portTo(github, 'api')).lookUp(asked.slice(0, 1)))
  expect(answers.get('acme/tool-0')).toMatchObject({ kind: 'refs', tags: new Map() })
})

test.each([null, [], 'text', 7])('JSON that is no answer is unusable: %j', async (body) => {
  const headers = { 'content-type': 'application/json' }
  const reply = { status: 200, headers, body: JSON.stringify(body) }
  github.faults.add({ kind: 'answer', reply })
  const failure = await (await portTo(github, 'api')).lookUp(asked.slice(0, 1))
  expect(failure).toMatchObject({
    kind: 'unusable',
    detail: expect.stringContaining('not what GraphQL answers'),
  })
})

test('an empty GraphQL quota is a rate limit, though the status is 200', async () => {
  const poor = await startGitHub({ worlds, limits: { graphql: 0 } })
  const failure = await (await portTo(poor, 'api')).lookUp(asked.slice(0, 1))
  expect(failure).toMatchObject({ kind: 'rate-limited', until: expect.any(Number) })
  expect(poor.requests.count()).toBe(1)
  await poor.close()
})

test('a redirect to another origin does not take the token along', async () => {
  const other = await startGitHub({ worlds })
  github.faults.add(redirectTo(`${other.url}/api/graphql`, 307))
  const failure = await (await portTo(github, 'api')).lookUp(asked.slice(0, 1))
  expect(github.requests.all()[0]?.authorization).toBe('good')
  expect(other.requests.count()).toBe(1)
  expect(other.requests.all()[0]?.headers['authorization']).toBeUndefined()
  expect(failure.kind).toBe('unauthorized')
  await other.close()
})

test('GITHUB_GRAPHQL_URL is where the query goes, whatever the other URLs are', async () => {
  const env = { ...github.env, GITHUB_GRAPHQL_URL: `${github.url}/graphql` }
  answersOf(await (await portTo({ ...github, env }, 'api')).lookUp(asked.slice(0, 1)))
  expect(github.requests.all().map(({ path }) => path)).toEqual(['/graphql'])
})

test('a wrong GITHUB_GRAPHQL_URL is an unusable host that says so', async () => {
  const env = { ...github.env, GITHUB_GRAPHQL_URL: `${github.url}/nothing/here` }
  const failure = await (await portTo({ ...github, env }, 'api')).lookUp(asked.slice(0, 1))
  expect(failure).toMatchObject({
    kind: 'unusable',
    detail: expect.stringContaining('GITHUB_GRAPHQL_URL'),
  })
})
