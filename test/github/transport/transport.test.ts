import { expect, test } from 'vitest'
import type { Fetch, FetchResponse } from '../../../src/github/transport/fetch.ts'
import { createTransport, type TransportRequest } from '../../../src/github/transport/transport.ts'
import { fakeClock } from '../support/clock.ts'

const request: TransportRequest = {
  method: 'POST',
  url: 'https://github.example.com/x',
  headers: {},
  body: '',
  redirect: 'manual',
  onOverload: 'retry',
}

test('waits grow, and differ between clients', async () => {
  const clock = fakeClock()
  await transport([503, 503, 503, 503, 503], { clock, random: () => 0 })(request)
  await transport([503, 503, 503, 503, 503], { clock, random: () => 1 })(request)
  expect(clock.slept).toEqual([250, 500, 1000, 2000, 500, 1000, 2000, 4000])
})

test('what is left after all attempts is the last answer', async () => {
  const asked: number[] = []
  const send = transport([502, 502, 502, 502, 503, 200], { seen: asked })
  expect(await send(request)).toMatchObject({ kind: 'response', status: 503 })
  expect(asked).toHaveLength(5)
})

test.each([502, 503, 504])(
  '%i goes back at once where the request can be smaller',
  async (status) => {
    const send = transport([status, 200])
    expect(await send({ ...request, onOverload: 'smaller' })).toMatchObject({ status })
  },
)

test('status 500 does not', async () => {
  const send = transport([500, 200])
  expect(await send({ ...request, onOverload: 'smaller' })).toMatchObject({ status: 200 })
})

test('silence counts as overload where the request can be smaller', async () => {
  const send = createTransport({
    fetch: async () => silent,
    clock: fakeClock(),
    maxWait: 0,
    timeout: 20,
  })
  expect(await send({ ...request, onOverload: 'smaller' })).toEqual({
    kind: 'overload',
    detail: 'no answer came in time',
  })
  expect(await send(request)).toMatchObject({ kind: 'network', host: 'github.example.com' })
})

test('a request may have its own time', async () => {
  const send = createTransport({ fetch: async () => silent, clock: fakeClock(), maxWait: 0 })
  const result = await send({ ...request, onOverload: 'smaller', timeout: 20 })
  expect(result).toEqual({ kind: 'overload', detail: 'no answer came in time' })
})

test('what is found damaged, however long that takes to find, is asked for again', async () => {
  const verdicts = [true, true, false]
  const isDamaged = async (): Promise<boolean> => verdicts.shift() ?? false
  const result = await transport([200, 200, 201])({ ...request, isDamaged })
  expect(result).toMatchObject({ status: 201 })
  expect(verdicts).toEqual([])
})

test('a Retry-After on 503 is honoured, up to the longest wait allowed', async () => {
  const clock = fakeClock()
  const busy = { status: 503, headers: { 'retry-after': '20' } }
  await transport([busy, 200], { clock, maxWait: 20_000 })(request)
  expect(clock.slept).toEqual([20_000])
  const result = await transport([busy, 200], { clock, maxWait: 19_999 })(request)
  expect(result).toMatchObject({ status: 503 })
})

test.each([
  ['ENOTFOUND', 'the name is not known', 5],
  ['EAI_AGAIN', 'name server', 5],
  ['ECONNREFUSED', 'HTTPS_PROXY', 5],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS', 1],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS', 1],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS', 1],
  ['CERT_HAS_EXPIRED', 'clock', 1],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name', 1],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection came about', 5],
  ['UND_ERR_SOCKET', 'the connection was cut', 5],
])('%s is worded, and tried again if that can help', async (code, words, attempts) => {
  const seen: number[] = []
  const cause = Object.assign(new Error('inner'), { code })
  const failing: Fetch = async () => {
    seen.push(1)
    throw new TypeError('fetch failed', { cause: new AggregateError([cause]) })
  }
  const send = createTransport({ fetch: async () => failing, clock: fakeClock(), maxWait: 0 })
  expect(await send(request)).toEqual({
    kind: 'network',
    host: 'github.example.com',
    detail: expect.stringMatching(new RegExp(`${words}.*\\(${code}\\)`)),
  })
  expect(seen).toHaveLength(attempts)
})

test('an error that nobody foresaw is worded by itself', async () => {
  const send = createTransport({ fetch: async () => strange, clock: fakeClock(), maxWait: 0 })
  expect(await send(request)).toMatchObject({ kind: 'network', detail: 'the dog ate it' })
})

const silent: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })

const strange: Fetch = async () => {
  throw new Error('outer', { cause: new Error('the dog ate it') })
}

type Planned = number | { readonly status: number; readonly headers: Record<string, string> }

/** A transport whose host gives these answers, one after the other. */
function transport(
  answers: readonly Planned[],
  options: {
    readonly clock?: ReturnType<typeof fakeClock>
    readonly maxWait?: number
    readonly random?: () => number
    readonly seen?: number[]
  } = {},
) {
  const left = [...answers]
  const fetch: Fetch = async () => {
    const next = left.shift()
    if (next === undefined) throw new Error('one request more than planned')
    const { status, headers } = typeof next === 'number' ? { status: next, headers: {} } : next
    options.seen?.push(status)
    const response: FetchResponse = new Response('', { status, headers })
    return response
  }
  const { clock = fakeClock(), maxWait = 60_000, random = () => 0.5 } = options
  return createTransport({ fetch: async () => fetch, clock, maxWait, random })
}
