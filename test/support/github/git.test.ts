import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { hermeticGitEnv } from './git-env.ts'
import { delim, flush, packet, readPackets } from './pkt-line.ts'
import { startGitHub } from './server.ts'
import { makeWorld, sha, tagSha } from './worlds.ts'

const run = promisify(execFile)

const github = await startGitHub({
  worlds: [
    makeWorld('Octo/tool', {
      heads: { main: 1, 'release/v1': 2 },
      tags: { 'v1.0.0': 2, v1: { tag: 2 }, v2: { tag: { tag: 3 } } },
      pulls: { 7: 9 },
      renamedFrom: ['octo/old-tool'],
    }),
    makeWorld('octo/secret', { private: true, heads: { main: 4 } }),
    makeWorld('octo/empty', { heads: {} }),
  ],
})
afterAll(() => github.close())

const toolRefs = [
  `${sha(1)}\tHEAD`,
  `${sha(1)}\trefs/heads/main`,
  `${sha(2)}\trefs/heads/release/v1`,
  `${sha(9)}\trefs/pull/7/head`,
  `${tagSha('v1')}\trefs/tags/v1`,
  `${sha(2)}\trefs/tags/v1^{}`,
  `${sha(2)}\trefs/tags/v1.0.0`,
  `${tagSha('v2')}\trefs/tags/v2`,
  `${sha(3)}\trefs/tags/v2^{}`,
]

/** The lines of `git ls-remote`; options of git itself may stand before it. */
async function git(...args: readonly string[]): Promise<string[]> {
  const { stdout } = await run('git', [...args], { env: hermeticGitEnv() })
  return stdout.split('\n').filter((line) => line !== '')
}

test('the real git reads every ref, tags of tags peeled to the commit', async () => {
  expect(await git('ls-remote', `${github.url}/octo/TOOL.git`)).toEqual(toolRefs)
  expect(await git('ls-remote', `${github.url}/Octo/tool`)).toEqual(toolRefs)
})

test('the real git reads the same over protocol version 0', async () => {
  const refs = await git(
    '-c',
    'protocol.version=0',
    'ls-remote',
    '--refs',
    `${github.url}/Octo/tool`,
  )
  expect(refs).toEqual(toolRefs.filter((ref) => !/\^\{\}$|HEAD$/.test(ref)))
})

test('the real git sees where HEAD points, and follows a renamed repository', async () => {
  const refs = await git('ls-remote', '--symref', `${github.url}/octo/old-tool`)
  expect(refs).toEqual(['ref: refs/heads/main\tHEAD', ...toolRefs])
})

test('an empty repository has no refs, and its unborn HEAD is told to who asks', async () => {
  expect(await git('ls-remote', `${github.url}/octo/empty`)).toEqual([])
  const response = await uploadPack(lsRefs('symrefs', 'unborn'), {}, 'octo/empty')
  expect(await response.text()).toBe(packet('unborn HEAD symref-target:refs/heads/main') + flush)
})

test('a private repository opens to the token alone', async () => {
  const { host } = new URL(github.url)
  const withToken = (token: string) => `http://x-access-token:${token}@${host}/octo/secret`
  expect(await git('ls-remote', withToken(github.token))).toEqual([
    `${sha(4)}\tHEAD`,
    `${sha(4)}\trefs/heads/main`,
  ])
  await expect(git('ls-remote', withToken('wrong'))).rejects.toThrow('Authentication failed')
  await expect(git('ls-remote', `${github.url}/octo/secret`)).rejects.toThrow(
    'could not read Username',
  )
})

test('missing and private repositories look the same without credentials', async () => {
  const statuses = ['octo/secret', 'octo/nothing'].map(async (name) => {
    const response = await fetch(`${github.url}/${name}/info/refs?service=git-upload-pack`)
    return [response.status, response.headers.get('www-authenticate')]
  })
  const challenge = [401, 'Basic realm="GitHub"']
  expect(await Promise.all(statuses)).toEqual([challenge, challenge])
})

test('one request brings the wanted refs of a repository, peeled', async () => {
  const body = lsRefs('peel', 'ref-prefix refs/tags/v1', 'ref-prefix refs/heads/v1')
  const response = await uploadPack(body)
  expect(response.headers.get('content-type')).toBe('application/x-git-upload-pack-result')
  expect(await response.text()).toBe(
    packet(`${tagSha('v1')} refs/tags/v1 peeled:${sha(2)}`) +
      packet(`${sha(2)} refs/tags/v1.0.0`) +
      flush,
  )
})

test('a gzipped request is read', async () => {
  const body = gzipSync(lsRefs('ref-prefix refs/heads/main'))
  const response = await uploadPack(body, { 'content-encoding': 'gzip' })
  expect(await response.text()).toBe(packet(`${sha(1)} refs/heads/main`) + flush)
})

test.each([
  ['an unknown argument', lsRefs('nope'), "unexpected line: 'nope'"],
  ['an unknown command', packet('command=nope') + flush, "invalid command 'nope'"],
  ['an unknown capability', packet('nope') + flush, "unknown capability 'nope'"],
])('%s is refused in the protocol', async (_, body, message) => {
  expect(await (await uploadPack(body)).text()).toBe(packet(`ERR ${message}`))
})

test('a ref name of more than one byte a character is framed by bytes', () => {
  const name = 'refs/tags/v1-ünï\u{1F680}'
  expect(readPackets(Buffer.from(packet(name) + delim + flush))).toEqual([
    { kind: 'line', text: name },
    { kind: 'delim' },
    { kind: 'flush' },
  ])
})

function lsRefs(...args: readonly string[]): string {
  return packet('command=ls-refs') + delim + args.map(packet).join('') + flush
}

function uploadPack(body: string | Buffer, headers = {}, name = 'octo/tool'): Promise<Response> {
  return fetch(`${github.url}/${name}.git/git-upload-pack`, {
    method: 'POST',
    headers: {
      'git-protocol': 'version=2',
      'content-type': 'application/x-git-upload-pack-request',
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
}
