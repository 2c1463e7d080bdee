import { afterAll, beforeEach, expect, test } from 'vitest'
import {
  answer,
  cut,
  delay,
  html,
  moreAliasesThan,
  quotaExhausted,
  redirectTo,
  reset,
  secondaryLimit,
  tooManyRequests,
  truncate,
  wholeQueryError,
} from './fault.ts'
import { startGitHub } from './server.ts'
import { makeWorld } from './worlds.ts'

const github = await startGitHub({ worlds: [makeWorld('octo/tool')], rounds: true })
afterAll(() => github.close())
beforeEach(() => {
  github.faults.clear()
  github.requests.clear()
})

const repository = '/api/v3/repos/octo/tool'

function get(path = repository): Promise<Response> {
  return fetch(github.url + path, { redirect: 'manual' })
}

function graphql(query: string): Promise<Response> {
  return fetch(`${github.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `bearer ${github.token}` },
    body: JSON.stringify({ query, variables: { n: 1 } }),
  })
}

test('a fault strikes as often as it was told, then the truth is told', async () => {
  const rule = github.faults.add(answer(502, 'Bad gateway'), { kind: 'rest', times: 2 })
  const statuses = [await get(), await get(), await get()].map(({ status }) => status)
  expect(statuses).toEqual([502, 502, 200])
  expect(rule.hits).toBe(2)
})

test('a fault waits for its kind and its request', async () => {
  github.faults.add(answer(500), { kind: 'web' })
  github.faults.add(answer(404), { when: ({ path }) => path.endsWith('/commits/main') })
  expect((await get()).status).toBe(200)
  expect(github.faults.pending()).toBe(2)
  expect((await get(`${repository}/commits/main`)).status).toBe(404)
  expect(github.faults.pending()).toBe(1)
})

test.each([
  ['tooManyRequests()', tooManyRequests(), 429, { 'retry-after': null }],
  ['tooManyRequests(7)', tooManyRequests(7), 429, { 'retry-after': '7' }],
  [
    'quotaExhausted',
    quotaExhausted(1_800_000_000),
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' },
  ],
  ['secondaryLimit', secondaryLimit(60), 403, { 'retry-after': '60' }],
  ['html', html(), 200, { 'content-type': 'text/html; charset=utf-8' }],
  ['redirectTo', redirectTo('http://127.0.0.1:9/x'), 302, { location: 'http://127.0.0.1:9/x' }],
])('%s', async (_, fault, status, headers) => {
  github.faults.add(fault)
  const response = await get()
  expect(response.status).toBe(status)
  for (const [name, value] of Object.entries(headers)) {
    expect(response.headers.get(name)).toBe(value)
  }
})

test('a secondary limit says so in its body', async () => {
  github.faults.add(secondaryLimit())
  expect(await (await get()).json()).toMatchObject({
    message: expect.stringContaining('secondary rate limit'),
  })
})

test('a whole query fails with 200 and an error without a path', async () => {
  github.faults.add(wholeQueryError('Something went wrong', 'INTERNAL'), { kind: 'graphql' })
  const response = await graphql('{ viewer { login } }')
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    data: null,
    errors: [{ type: 'INTERNAL', message: 'Something went wrong' }],
  })
})

test('a query of too many aliases is 502, a smaller one is answered', async () => {
  github.faults.add(answer(502), { kind: 'graphql', when: moreAliasesThan(1), times: Infinity })
  expect((await graphql('{ a: viewer { login } b: viewer { login } }')).status).toBe(502)
  expect((await graphql('{ a: viewer { login } }')).status).toBe(200)
  expect(github.faults.pending()).toBe(0)
})

test('a reset connection fails the request itself', async () => {
  github.faults.add(reset)
  await expect(get()).rejects.toThrow('fetch failed')
  expect(github.requests.all()).toMatchObject([{ kind: 'rest', status: 0 }])
})

test('a cut body fails while it is read', async () => {
  github.faults.add(cut)
  const response = await get()
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow('terminated')
})

test('a truncated body ends well, but is not JSON', async () => {
  github.faults.add(truncate)
  const text = await (await get()).text()
  expect(text.startsWith('{"id":')).toBe(true)
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
})

test('a delayed answer is the true one, late', async () => {
  github.faults.add(delay(60))
  const started = performance.now()
  expect((await get()).status).toBe(200)
  expect(performance.now() - started).toBeGreaterThan(55)
})

test('the log keeps what was asked, and counts round trips', async () => {
  await Promise.all([get(), graphql('{ viewer { login } }')])
  await get('/nowhere')
  const { requests } = github
  expect(requests.count()).toBe(3)
  expect(requests.rounds()).toBe(2)
  expect(requests.count('rest')).toBe(1)
  expect(requests.of('unknown')).toMatchObject([{ path: '/nowhere', status: 404 }])
  expect(requests.of('graphql')).toMatchObject([
    {
      method: 'POST',
      authorization: 'good',
      status: 200,
      graphql: { query: '{ viewer { login } }', variables: { n: 1 } },
    },
  ])
})
