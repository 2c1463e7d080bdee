import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cut, html, quotaExhausted, reset, secondaryLimit } from '../support/github/fault.ts'
import { answer, tooManyRequests, truncate, type Fault } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { fakeClock, START } from './support/clock.ts'
import { answersOf, portTo, question, type Resolver } from './support/ports.ts'

const worlds = ['acme/one', 'acme/two', 'acme/three'].map((name, n) =>
  makeWorld(name, { tags: { v1: n } }),
)
const asked = worlds.map(({ owner, name }) => question(`${owner}/${name}`, { names: ['v1'] }))
const first = asked.slice(0, 1)

let github: LocalGitHub
beforeEach(async () => {
  github = await startGitHub({ worlds })
})
afterEach(() => github.close())

describe.each<Resolver>(['api', 'git'])('with the resolver %s', (resolver) => {
  test.each<[string, Fault]>([
    ['a connection that is reset', reset],
    ['a body that breaks off', cut],
    ['a body that is too short without a word', truncate],
    ['status 500', answer(500, { message: 'oops' })],
    ['status 502', answer(502, 'Bad Gateway')],
    ['status 503', answer(503, 'Unavailable')],
  ])('%s is tried again', async (_, fault) => {
    github.faults.add(fault, { times: 2 })
    const clock = fakeClock()
    const port = await portTo(github, resolver, { clock })
    const refs = answersOf(await port.lookUp(first)).get('acme/one')
    expect(refs).toMatchObject({ kind: 'refs', tags: new Map([['v1', sha(0)]]) })
    expect(github.faults.pending()).toBe(0)
    expect(github.requests.count()).toBe(3)
    expect(clock.slept).toHaveLength(2)
    expect(clock.slept.every((wait) => wait >= 250 && wait <= 1000)).toBe(true)
  })

  test.each<[string, Fault, number]>([
    ['429 with Retry-After', tooManyRequests(7), 7_000],
    ['429 without', tooManyRequests(), 60_000],
    ['403 with an empty quota', quotaExhausted(START / 1000 + 9), 9_000],
    ['403 for speed, with Retry-After', secondaryLimit(3), 3_000],
    ['403 for speed, without', secondaryLimit(), 60_000],
    [
      '429 with a date',
      answer(429, '', { 'retry-after': 'Thu, 01 Jan 2026 00:00:12 GMT' }),
      12_000,
    ],
  ])('%s: waits as long as it says', async (_, fault, wait) => {
    github.faults.add(fault)
    const clock = fakeClock()
    const port = await portTo(github, resolver, { clock })
    expect(answersOf(await port.lookUp(first)).get('acme/one')?.kind).toBe('refs')
    expect(clock.slept).toEqual([wait])
  })

  test.each<[string, Fault, number]>([
    ['Retry-After', tooManyRequests(3_600), START + 3_600_000],
    ['an empty quota', quotaExhausted(START / 1000 + 1_800), START + 1_800_000],
  ])('a longer wait than allowed is a failure with its end: %s', async (_, fault, until) => {
    github.faults.add(fault, { times: Infinity })
    const clock = fakeClock()
    const port = await portTo(github, resolver, { clock })
    const host = new URL(github.url).host
    expect(await port.lookUp(first)).toMatchObject({ kind: 'rate-limited', host, until })
    expect(clock.slept).toEqual([])
    expect(github.requests.count()).toBe(1)
  })

  test('short waits that never end are a failure too', async () => {
    github.faults.add(tooManyRequests(25), { times: Infinity })
    const clock = fakeClock()
    const port = await portTo(github, resolver, { clock })
    expect((await port.lookUp(first)).kind).toBe('rate-limited')
    expect(clock.slept).toEqual([25_000, 25_000])
  })

  test('a wrong token is told from a missing repository', async () => {
    const port = await portTo(github, resolver, { token: 'wrong' })
    expect((await port.lookUp(asked)).kind).toBe('unauthorized')
  })

  test('a page of HTML from everywhere is an unusable host', async () => {
    github.faults.add(html(), { times: Infinity })
    const port = await portTo(github, resolver)
    expect(await port.lookUp(asked)).toMatchObject({
      kind: 'unusable',
      detail: expect.stringContaining('a web page'),
    })
  })

  test('a refusal of everything is not a missing repository', async () => {
    github.faults.add(answer(403, { message: 'Your IP is not welcome' }), { times: Infinity })
    const port = await portTo(github, resolver)
    const answers = await port.lookUp(first)
    const said = answers.kind === 'answers' ? answers.repositories.get('acme/one') : answers
    expect(said).toMatchObject({ detail: expect.stringContaining('Your IP is not welcome') })
    expect(said?.kind).toBe(resolver === 'api' ? 'unusable' : 'forbidden')
  })

  test('a host that only ever answers 502 is unusable, after few requests', async () => {
    github.faults.add(answer(502, ''), { times: Infinity })
    const many = Array.from({ length: 200 }, (_, n) => question(`acme/r${n}`, { names: ['v1'] }))
    const port = await portTo(github, resolver)
    expect((await port.lookUp(many)).kind).toBe('unusable')
    expect(github.requests.count()).toBeLessThan(250)
  })

  test('a port that nobody listens on is a failure of the network', async () => {
    const gone = await startGitHub({ worlds })
    await gone.close()
    const port = await portTo(gone, resolver)
    expect(await port.lookUp(asked)).toEqual({
      kind: 'network',
      host: new URL(gone.url).host,
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('a token that the host repeats is not shown', async () => {
    github.faults.add(answer(403, { message: `no entry for ${github.token}` }), { times: Infinity })
    const answers = await (await portTo(github, resolver)).lookUp(first)
    const said = JSON.stringify(answers.kind === 'answers' ? [...answers.repositories] : answers)
    expect(said).toContain('no entry for [token]')
    expect(said).not.toContain(github.token)
  })
})
