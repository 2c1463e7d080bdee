import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect, type ConnectOptions } from '../../../src/github/connection/connect.ts'
import { startGitHub, type LocalGitHub } from '../../support/github/server.ts'
import { makeWorld } from '../../support/github/worlds.ts'
import { fakeClock } from '../support/clock.ts'
import { answersOf, noGh, question } from '../support/ports.ts'

let first: LocalGitHub
let second: LocalGitHub
beforeAll(async () => {
  first = await startGitHub({ token: 'one', worlds: [makeWorld('acme/own', { tags: { v1: 1 } })] })
  second = await startGitHub({ token: 'two', worlds: [makeWorld('acme/far', { tags: { v1: 2 } })] })
})
afterAll(() => Promise.all([first.close(), second.close()]))
beforeEach(() => {
  first.requests.clear()
  second.requests.clear()
})

const base = (): ConnectOptions => ({
  env: first.env,
  token: undefined,
  resolver: undefined,
  fallbackHost: undefined,
  maxWait: 0,
  version: '1.2.3',
  clock: fakeClock(),
  gh: noGh,
})
const asked = ['acme/own', 'acme/far'].map((name) => question(name, { names: ['v1'] }))

test.each<[string, Partial<ConnectOptions>, string, string]>([
  ['no token: git', {}, 'git', 'none'],
  ['a token: GraphQL', { token: 'one' }, 'graphql', 'good'],
  ['a token, but git', { token: 'one', resolver: 'git' }, 'git', 'good'],
  ['gh’s token: GraphQL', { gh: async () => 'one\n' }, 'graphql', 'good'],
])('%s', async (_, options, kind, authorization) => {
  answersOf(await lookUp(options))
  expect(first.requests.all()[0]).toMatchObject({ kind, authorization })
  expect(first.requests.all()[0]?.headers['user-agent']).toMatch(/^pinsmith\/1\.2\.3/)
})

test('the environment’s token', async () => {
  answersOf(await lookUp({ env: { ...first.env, GITHUB_TOKEN: 'one' } }))
  expect(first.requests.all()[0]).toMatchObject({ kind: 'graphql', authorization: 'good' })
})

test('connecting sends nothing', async () => {
  await connect({ ...base(), token: 'one' })
  expect(first.requests.count()).toBe(0)
})

test('a fallback host gets its own token or none', async () => {
  const options = { token: 'one', fallbackHost: second.url }
  const answers = answersOf(await lookUp(options))
  expect(answers.get('acme/far')?.kind).toBe('refs')
  expect(
    second.requests.all().map(({ kind, headers }) => [kind, headers['authorization']]),
  ).toEqual([['git', undefined]])
  second.requests.clear()
  answersOf(await lookUp({ ...options, fallbackToken: 'two' }))
  expect(second.requests.all()).toMatchObject([{ kind: 'graphql', authorization: 'good' }])
})

test('a fallback to the same host is none', async () => {
  answersOf(await lookUp({ token: 'one', fallbackHost: first.url }))
  expect(first.requests.count()).toBe(1)
})

test.each<[string, Partial<ConnectOptions>, string]>([
  ['--resolver api without a token', { resolver: 'api' }, 'GITHUB_TOKEN'],
  ['a wrong URL', { env: { GITHUB_API_URL: 'nope' } }, 'GITHUB_API_URL'],
  ['a wrong token', { token: 'a b' }, '--token'],
  ['a wrong proxy', { env: { HTTPS_PROXY: 'http://[' } }, 'HTTPS_PROXY'],
  ['a wrong fallback host', { fallbackHost: 'a b' }, '--fallback-host'],
  ['a wrong fallback token', { fallbackHost: 'github.com', fallbackToken: '' }, '--fallback-token'],
])('%s is a usage fault', async (_, options, message) => {
  expect(await connect({ ...base(), ...options })).toEqual({
    kind: 'usage',
    message: expect.stringContaining(message),
  })
})

async function lookUp(options: Partial<ConnectOptions>) {
  const port = await connect({ ...base(), ...options })
  if ('kind' in port) throw new Error(port.message)
  return port.lookUp(asked)
}
