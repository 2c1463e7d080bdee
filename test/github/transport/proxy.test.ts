import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readProxies } from '../../../src/github/transport/proxy.ts'
import { startGitHub, type LocalGitHub } from '../../support/github/server.ts'
import { makeWorld } from '../../support/github/worlds.ts'
import { answersOf, portTo, question, type Resolver } from '../support/ports.ts'
import { startProxy, type ProxyServer } from '../support/proxy-server.ts'

const asked = [question('acme/tool', { names: ['v1'] })]
let github: LocalGitHub
let proxy: ProxyServer
beforeAll(async () => {
  github = await startGitHub({ worlds: [makeWorld('acme/tool', { tags: { v1: 1 } })] })
})
afterAll(() => github.close())
beforeEach(async () => {
  proxy = await startProxy()
  github.requests.clear()
  return () => proxy.close()
})

describe.each<Resolver>(['api', 'git'])('with the resolver %s', (resolver) => {
  test.each(['HTTP_PROXY', 'http_proxy'])('%s is used', async (name) => {
    const env = { ...github.env, [name]: proxy.url }
    const port = await portTo({ ...github, env }, resolver)
    expect(answersOf(await port.lookUp(asked)).get('acme/tool')?.kind).toBe('refs')
    expect(proxy.asked).toEqual([expect.stringMatching(/^POST http:\/\/127\.0\.0\.1:/)])
    expect(github.requests.count()).toBe(1)
  })

  test.each(['NO_PROXY', 'no_proxy'])('%s is respected', async (name) => {
    const env = { ...github.env, HTTP_PROXY: proxy.url, [name]: 'example.com,127.0.0.1' }
    const port = await portTo({ ...github, env }, resolver)
    expect(answersOf(await port.lookUp(asked)).get('acme/tool')?.kind).toBe('refs')
    expect(proxy.asked).toEqual([])
  })

  test('a proxy that is not there is a failure of the network', async () => {
    await proxy.close()
    const env = { ...github.env, HTTP_PROXY: proxy.url }
    const port = await portTo({ ...github, env }, resolver)
    expect(await port.lookUp(asked)).toMatchObject({
      kind: 'network',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })
})

test('what the environment says of proxies', () => {
  expect(readProxies({})).toBeUndefined()
  expect(readProxies({ HTTPS_PROXY: ' ', NO_PROXY: '*' })).toBeUndefined()
  expect(
    readProxies({ HTTPS_PROXY: 'http://upper', https_proxy: 'lower:3128', NO_PROXY: 'x' }),
  ).toEqual({
    http: '',
    https: 'http://lower:3128',
    except: 'x',
  })
  const fault = readProxies({ HTTP_PROXY: 'http://me:hunter2@[' })
  expect(fault).toMatchObject({ kind: 'usage' })
  expect(JSON.stringify(fault)).not.toContain('hunter2')
})
