import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { startProxy } from './support/proxy-server.ts'
import { runAsk } from './support/run-ask.ts'
import { makeCertificate, startTls, type TlsServer } from './support/tls-server.ts'

const folder = await mkdtemp(join(tmpdir(), 'pinsmith-tls-'))
const certificate = await makeCertificate(folder)
afterAll(() => rm(folder, { recursive: true }))

const found = { kind: 'refs', tags: [['v1', sha(1)]] }

describe.skipIf(certificate === undefined)('TLS (needs openssl)', () => {
  let server: TlsServer
  beforeAll(async () => {
    if (certificate !== undefined) server = await startTls(certificate, sha(1))
  })
  afterAll(() => server.close())

  test('a certificate authority of one’s own: NODE_EXTRA_CA_CERTS', async () => {
    const env = { GITHUB_SERVER_URL: server.url, NODE_EXTRA_CA_CERTS: server.certificate }
    expect((await runAsk(env, ['acme/tool'])).answer).toEqual(found)
  })

  test('without it, the failure says what to do', async () => {
    const { answer } = await runAsk({ GITHUB_SERVER_URL: server.url }, ['acme/tool'])
    expect(answer).toEqual({
      kind: 'network',
      host: new URL(server.url).host,
      detail: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
  })

  test('through a proxy: a tunnel, and the same certificates', async () => {
    const proxy = await startProxy()
    const env = { GITHUB_SERVER_URL: server.url, HTTPS_PROXY: proxy.url }
    const certificates = { NODE_EXTRA_CA_CERTS: server.certificate }
    expect((await runAsk({ ...env, ...certificates }, ['acme/tool'])).answer).toEqual(found)
    expect(proxy.asked).toEqual([`CONNECT ${new URL(server.url).host}`])
    expect((await runAsk(env, ['acme/tool'])).answer).toMatchObject({
      detail: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    await proxy.close()
  })
})

describe('what is loaded', () => {
  let github: LocalGitHub
  beforeAll(async () => {
    github = await startGitHub({ worlds: [makeWorld('acme/tool', { tags: { v1: 1 } })] })
  })
  afterAll(() => github.close())

  test.each<[string, Readonly<Record<string, string>>, string[], string[]]>([
    ['before the first question nothing', { GITHUB_TOKEN: 'x', HTTPS_PROXY: 'http://x' }, [], []],
    ['for git no Octokit and no undici', {}, ['acme/tool'], ['p-limit', 'p-retry']],
    [
      'for GraphQL Octokit',
      { GITHUB_TOKEN: 'x' },
      ['acme/tool'],
      ['@octokit', 'p-limit', 'p-retry'],
    ],
    [
      'for a proxy undici',
      { HTTPS_PROXY: 'http://x' },
      ['acme/tool'],
      ['p-limit', 'p-retry', 'undici'],
    ],
  ])('%s', async (_, env, repository, packages) => {
    const { stderr } = await runAsk({ ...github.env, ...env }, repository, ['--import', WATCHER])
    const loaded = [...stderr.matchAll(/loaded .*node_modules\/([^/]+)\//g)].map(([, name]) => name)
    const ours = ['@octokit', 'p-limit', 'p-retry', 'undici']
    expect(ours.filter((name) => loaded.includes(name))).toEqual(packages)
  })
})

// A module loader hook that tells of every file that Node loads.
const HOOK = `export async function load(url, context, next) {
  process._rawDebug('loaded ' + url)
  return next(url, context)
}`
const WATCHER = dataUrl(
  `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(HOOK))})`,
)

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`
}
