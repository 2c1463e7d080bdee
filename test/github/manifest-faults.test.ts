import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answer, html, redirectTo, reset, tooManyRequests } from '../support/github/fault.ts'
import { quotaExhausted, type Fault } from '../support/github/fault.ts'
import type { GitHubRequest } from '../support/github/request.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { fakeClock } from './support/clock.ts'
import { answersOf, manifest, portTo, question, refsOf } from './support/ports.ts'

const worlds = Array.from({ length: 30 }, (_, n) =>
  makeWorld(`acme/tool-${n}`, {
    tags: { v1: n },
    manifests: { [n]: { 'action.yml': `name: ${n}\n`, 'sub/action.yml': 'sub\n' } },
  }),
)
const both = { manifests: [manifest('v1'), manifest('v1', 'sub')] }
const one = question('acme/tool-0', both)
const two = question('acme/tool-1', both)
const asked = worlds.map(({ owner, name }) =>
  question(`${owner}/${name}`, { manifests: [manifest('v1')] }),
)
const good = (n: number) => ({ kind: 'text', file: 'action.yml', text: `name: ${n}\n` })
const plain = { 'content-type': 'text/plain' }
const sub = { kind: 'text', file: 'sub/action.yml', text: 'sub\n' }

let github: LocalGitHub
beforeEach(async () => {
  github = await startGitHub({ worlds })
})
afterEach(() => github.close())

const manifestsOf = async (resolver: 'api' | 'git', asks = one, token = github.token) => {
  const port = await portTo(github, resolver, { token: token === '' ? undefined : token })
  return [...(await refsOf(port, asks)).manifests.values()]
}

const blob = (fields: object) => ({ type: 'blob', object: fields })

const withManifests = ({ graphql }: GitHubRequest): boolean =>
  graphql?.query.includes('m0c0') === true && Object.values(graphql.variables).includes('tool-7')

const isFor =
  (path: string) =>
  (request: GitHubRequest): boolean =>
    request.path.split('?')[0]?.endsWith(path) === true

describe('git', () => {
  test.each<[string, Fault, string]>([
    ['status 500', answer(500, 'oops', plain), 'HTTP status 500: oops'],
    ['status 400', answer(400, 'what?', plain), 'HTTP status 400: what?'],
    ['status 403', answer(403, 'no', plain), 'HTTP status 403: no'],
    ['a reset connection', reset, 'the connection was cut'],
    ['HTML', html(), 'a web page'],
    ['a login page', redirectTo('/login?return_to=/action.yml', 302), 'HTTP status 302'],
    ['a rate limit', tooManyRequests(3_600), 'it will answer again at 2026-01-01T01:00:00.000Z'],
  ])('what could not be read is never "missing": %s', async (_, fault, detail) => {
    github.faults.add(fault, { kind: 'raw', when: isFor('/action.yml'), times: Infinity })
    const [first] = await manifestsOf('git', one, '')
    expect(first).toEqual({ kind: 'unreadable', detail: expect.stringContaining(detail) })
    expect(first).toEqual({ kind: 'unreadable', detail: expect.stringMatching(/^action\.yml /) })
  })

  test('one manifest’s failure spoils it alone', async () => {
    github.faults.add(answer(400, ''), { kind: 'raw', when: isFor(`${sha(0)}/action.yml`) })
    const answers = await manifestsOf('git', one, '')
    expect(answers).toEqual([{ kind: 'unreadable', detail: expect.any(String) }, sub])
  })

  test('a rate limit is met once, not by every manifest', async () => {
    github.faults.add(tooManyRequests(3_600), { kind: 'raw', times: Infinity })
    const port = await portTo(github, 'git', { token: undefined })
    const answers = answersOf(await port.lookUp(asked))
    const kinds = [...answers.values()].flatMap((refs) =>
      refs.kind === 'refs' ? [...refs.manifests.values()].map(({ kind }) => kind) : [],
    )
    expect(kinds).toEqual(asked.map(() => 'unreadable'))
    expect(github.requests.count('raw')).toBeLessThanOrEqual(16)
  })

  test('what passes is tried again', async () => {
    github.faults.add(answer(502, ''), { kind: 'raw', times: 2 })
    expect(await manifestsOf('git', one, '')).toEqual([good(0), sub])
    expect(github.faults.pending()).toBe(0)
  })

  test('a redirect to the same file is followed, to another host too', async () => {
    const other = await startGitHub({ worlds })
    const to = `${other.url}/raw/acme/tool-0/${sha(0)}/action.yml?token=x`
    github.faults.add(redirectTo(to, 302), { kind: 'raw', when: isFor(`${sha(0)}/action.yml`) })
    expect(await manifestsOf('git')).toEqual([good(0), sub])
    expect(other.requests.all().map(({ authorization }) => authorization)).toEqual(['none'])
    await other.close()
  })

  test('a redirect in a circle ends', async () => {
    const to = `/acme/tool-0/raw/${sha(0)}/action.yml`
    github.faults.add(redirectTo(to, 302), { kind: 'raw', when: isFor(to), times: Infinity })
    const [first] = await manifestsOf('git', one, '')
    expect(first).toMatchObject({ kind: 'unreadable' })
  })

  test('the token goes to no raw host, and to the API only where everybody may not read', async () => {
    expect(await manifestsOf('git')).toEqual([good(0), sub])
    github.faults.add(answer(404, ''), { kind: 'raw', times: Infinity })
    expect(await manifestsOf('git', two)).toEqual([good(1), sub])
    const seen = (kind: 'raw' | 'rest') => github.requests.of(kind).map((r) => r.authorization)
    expect(seen('raw')).toEqual(['none', 'none', 'none', 'none'])
    expect(seen('rest')).toEqual(['good', 'good'])
  })
})

describe('GraphQL', () => {
  /** The answer that GitHub would give, but for what `change` makes of it. */
  const tampered = async (change: (body: Body) => object): Promise<Fault> => {
    await manifestsOf('api')
    const [request] = github.requests.of('graphql')
    const response = await fetch(`${github.url}${request?.path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${github.token}` },
      body: request?.body.toString() ?? '',
    })
    const body: Body = JSON.parse(await response.text())
    github.requests.clear()
    return answer(200, change(body))
  }
  interface Body {
    readonly data: object
  }
  const withEntry = (body: Body, entry: unknown): object =>
    JSON.parse(JSON.stringify(body), (key, value: unknown) => (key === 'm0c0' ? entry : value))

  test.each<[string, unknown]>([
    ['no text', blob({ oid: sha(1), byteSize: 3, text: null })],
    ['text that git does not have', blob({ oid: sha(1), byteSize: 3, text: 'abc' })],
    ['no blob', blob({})],
    ['null for a blob', { type: 'blob', object: null }],
    ['a missing field', undefined],
  ])('reads in another way what it does not bring whole: %s', async (_, entry) => {
    github.faults.add(await tampered((body) => withEntry(body, entry)), { kind: 'graphql' })
    expect(await manifestsOf('api')).toEqual([good(0), sub])
    expect(github.requests.all().map(({ kind }) => kind)).toEqual(['graphql', 'rest'])
  })

  test('an error at a manifest spoils neither the others nor the repository, and is no "missing"', async () => {
    const path = ['r0', 't0', 'target', 'm0c0', 'object', 'text']
    const errors = [{ type: 'INTERNAL', path, message: 'blob storage is away' }]
    const fault = await tampered((body) => ({ ...withEntry(body, null), errors }))
    github.faults.add(fault, { kind: 'graphql' })
    github.faults.add(answer(500, { message: 'still away' }), { kind: 'rest', times: Infinity })
    expect(await manifestsOf('api')).toEqual([
      { kind: 'unreadable', detail: expect.stringContaining('still away') },
      sub,
    ])
  })

  test('an error elsewhere is the repository’s, as ever', async () => {
    const errors = [{ type: 'INTERNAL', path: ['r0', 't0', 'target'], message: 'odd' }]
    github.faults.add(await tampered((body) => ({ ...body, errors })), { kind: 'graphql' })
    await expect(manifestsOf('api')).rejects.toThrow('odd')
  })

  test('a manifest that is too much by itself is read in another way', async () => {
    github.faults.add(answer(502, ''), { kind: 'graphql', when: withManifests, times: Infinity })
    const answers = answersOf(await (await portTo(github, 'api')).lookUp(asked))
    const all = [...answers.values()].map(
      (refs) => refs.kind === 'refs' && [...refs.manifests.values()],
    )
    expect(all).toEqual(asked.map((_, n) => [good(n)]))
    expect(github.requests.count('rest')).toBe(1)
  })

  test('the token does not stand in a detail', async () => {
    const says = answer(400, { message: `bad ${github.token}` })
    const fault = await tampered((body) => withEntry(body, undefined))
    github.faults.add(fault, { kind: 'graphql' })
    github.faults.add(says, { kind: 'rest', times: Infinity })
    const [first] = await manifestsOf('api')
    expect(first).toEqual({
      kind: 'unreadable',
      detail: 'action.yml could not be had: HTTP status 400: bad [token]',
    })
  })

  test('an empty REST quota is told with its end', async () => {
    const fault = await tampered((body) => withEntry(body, undefined))
    github.faults.add(fault, { kind: 'graphql' })
    github.faults.add(quotaExhausted(Date.UTC(2026, 0, 1, 5) / 1000), { kind: 'rest' })
    const port = await portTo(github, 'api', { clock: fakeClock() })
    expect([...(await refsOf(port, one)).manifests.values()]).toMatchObject([
      { kind: 'unreadable', detail: expect.stringContaining('2026-01-01T05:00:00.000Z') },
      sub,
    ])
  })
})
