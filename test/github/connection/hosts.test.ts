import { expect, test } from 'vitest'
import { hostFromEnv, hostFromName } from '../../../src/github/connection/hosts.ts'

const DOTCOM = {
  name: 'github.com',
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  graphqlUrl: 'https://api.github.com/graphql',
}
const GHES = {
  name: 'ghe.example.com',
  serverUrl: 'https://ghe.example.com',
  apiUrl: 'https://ghe.example.com/api/v3',
  graphqlUrl: 'https://ghe.example.com/api/graphql',
}
const TENANT = {
  name: 'octocorp.ghe.com',
  serverUrl: 'https://octocorp.ghe.com',
  apiUrl: 'https://api.octocorp.ghe.com',
  graphqlUrl: 'https://api.octocorp.ghe.com/graphql',
}
const names = ['GITHUB_SERVER_URL', 'GITHUB_API_URL', 'GITHUB_GRAPHQL_URL'] as const

test.each([DOTCOM, GHES, TENANT])('any of the URLs of $name tells the others', (host) => {
  const urls = [host.serverUrl, host.apiUrl, host.graphqlUrl]
  for (const [n, name] of names.entries()) {
    expect(hostFromEnv({ [name]: urls[n] })).toEqual(host)
    expect(hostFromEnv({ [name]: `${urls[n]}/ ` })).toEqual(host)
    const others = Object.fromEntries(names.map((each, m) => [each, m === n ? '' : urls[m]]))
    expect(hostFromEnv(others)).toEqual(host)
  }
})

test('nothing set is github.com', () => {
  expect(hostFromEnv({})).toEqual(DOTCOM)
  expect(hostFromEnv({ GITHUB_SERVER_URL: '', GITHUB_API_URL: ' ' })).toEqual(DOTCOM)
})

test('every URL that is set counts as it is', () => {
  const env = {
    GITHUB_SERVER_URL: 'http://localhost:8080/git',
    GITHUB_API_URL: 'http://localhost:8081/rest',
    GITHUB_GRAPHQL_URL: 'http://localhost:8082/gql',
  }
  expect(hostFromEnv(env)).toEqual({
    name: 'localhost:8080',
    serverUrl: env.GITHUB_SERVER_URL,
    apiUrl: env.GITHUB_API_URL,
    graphqlUrl: env.GITHUB_GRAPHQL_URL,
  })
})

test.each([
  ['no URL', 'github.example.com', 'is not an http(s) URL'],
  ['another protocol', 'ssh://github.example.com', 'is not an http(s) URL'],
  ['a password', 'https://me:hunter2@github.example.com', 'must not hold'],
  ['a query', 'https://github.example.com/?a=1', 'must not have a query'],
])('%s is a usage fault that does not repeat the value', (_, value, message) => {
  const fault = hostFromEnv({ GITHUB_API_URL: value })
  expect(fault).toEqual({ kind: 'usage', message: expect.stringContaining(message) })
  expect(JSON.stringify(fault)).not.toContain('hunter2')
  expect(fault).toMatchObject({ message: expect.stringContaining('GITHUB_API_URL') })
})

test('a host by its name or URL', () => {
  expect(hostFromName('--fallback-host', 'github.com')).toEqual(DOTCOM)
  expect(hostFromName('--fallback-host', 'ghe.example.com')).toEqual(GHES)
  expect(hostFromName('--fallback-host', 'https://octocorp.ghe.com/')).toEqual(TENANT)
  for (const wrong of ['', 'a b', 'github.com/actions'])
    expect(hostFromName('--fallback-host', wrong)).toMatchObject({ kind: 'usage' })
})
