import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { startGitHub } from './server.ts'
import { makeWorld, sha, tagSha } from './worlds.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('Octo/tool', {
      id: 77,
      heads: { main: 1, 'release/v1': 2 },
      tags: { 'v1.0.0': 2, v1: { tag: { tag: 3 } }, 'v1.1.0': 3 },
      manifests: { 3: { 'action.yml': 'name: tool\n', 'sub dir/action.yml': 'name: sub\n' } },
      history: [4, 'abcdef01'.padEnd(40, '7'), 'abcdef02'.padEnd(40, '7')],
      unreachable: [6],
      pulls: { 8: 7 },
      renamedFrom: ['octo/old'],
    }),
    makeWorld('octo/private', { private: true, heads: { main: 5 }, manifests: { 5: { a: 'x' } } }),
    makeWorld('octo/saml', { saml: true }),
  ],
})
afterAll(() => github.close())

const signedIn = { authorization: `token ${github.token}` }

function get(path: string, headers: Record<string, string> = signedIn): Promise<Response> {
  return fetch(github.url + path, { headers, redirect: 'manual' })
}

async function body(path: string, headers: Record<string, string> = signedIn): Promise<unknown> {
  return (await get(path, headers)).json()
}

test('a repository and its refs', async () => {
  expect(await body('/api/v3/repos/octo/TOOL')).toMatchObject({
    id: 77,
    full_name: 'Octo/tool',
    archived: false,
    private: false,
    default_branch: 'main',
  })
  expect(await body('/api/v3/repos/octo/tool/git/matching-refs/tags/v1.')).toMatchObject([
    { ref: 'refs/tags/v1.0.0', object: { type: 'commit', sha: sha(2) } },
    { ref: 'refs/tags/v1.1.0', object: { type: 'commit', sha: sha(3) } },
  ])
  expect(await body('/api/v3/repos/octo/tool/git/matching-refs/tags/nope')).toEqual([])
  expect(await body(`/api/v3/repos/octo/tool/git/tags/${tagSha('v1')}`)).toMatchObject({
    tag: 'v1',
    object: { type: 'tag', sha: tagSha('v1', 1) },
  })
  expect((await get(`/api/v3/repos/octo/tool/git/tags/${sha(3)}`)).status).toBe(404)
})

test.each([
  ['v1', sha(3)],
  ['tags/v1', sha(3)],
  ['heads/release/v1', sha(2)],
  ['heads%2Frelease%2Fv1', sha(2)],
  [sha(6), sha(6)],
  [sha(7), sha(7)],
  [sha(6).slice(0, 4), sha(6)],
  [sha(1).slice(0, 39).toUpperCase(), sha(1)],
])('the commit of %s, of the fork network too', async (ref, oid) => {
  const path = `/api/v3/repos/octo/tool/commits/${ref}`
  expect(await body(path)).toMatchObject({
    sha: oid,
    commit: { committer: { date: expect.any(String) } },
  })
  const response = await get(path, { ...signedIn, accept: 'application/vnd.github.sha' })
  expect(await response.text()).toBe(oid)
  expect(response.headers.get('etag')).toBe(`"${oid}"`)
})

test.each(['abcdef0', '0000000', sha(1).slice(0, 3)])(
  'of no one commit %s is the beginning: 422',
  async (digits) => {
    const response = await get(`/api/v3/repos/octo/tool/commits/${digits}`)
    expect(response.status).toBe(422)
  },
)

test('a missing ref is 422, a missing or unseen repository 404', async () => {
  const missing = await get('/api/v3/repos/octo/tool/commits/nope')
  expect(missing.status).toBe(422)
  expect(await missing.json()).toMatchObject({ message: 'No commit found for SHA: nope' })
  expect((await get('/api/v3/repos/octo/nope')).status).toBe(404)
  expect((await get('/api/v3/repos/octo/private', {})).status).toBe(404)
  expect((await get('/api/v3/repos/octo/private')).status).toBe(200)
})

test('a wrong token is 401, and a token that single sign-on refuses 403', async () => {
  const wrong = await get('/api/v3/repos/octo/tool', { authorization: 'bearer wrong' })
  expect(wrong.status).toBe(401)
  const refused = await get('/api/v3/repos/octo/saml')
  expect(refused.status).toBe(403)
  expect(refused.headers.get('x-github-sso')).toContain('required')
  expect((await get('/api/v3/repos/octo/saml', {})).status).toBe(200)
})

test('a renamed repository redirects by id, everywhere', async () => {
  const moved = await get('/api/v3/repos/octo/old/commits/v1?x=1')
  expect(moved.status).toBe(301)
  expect(moved.headers.get('location')).toBe(`${github.url}/api/v3/repositories/77/commits/v1?x=1`)
  expect(await body('/api/v3/repositories/77/commits/v1')).toMatchObject({ sha: sha(3) })
  const raw = await fetch(`${github.url}/octo/old/raw/v1/sub%20dir/action.yml`)
  expect(await raw.text()).toBe('name: sub\n')
})

test('contents as JSON, raw, and a folder', async () => {
  const path = '/api/v3/repos/octo/tool/contents/action.yml?ref=v1'
  const file = await body(path)
  const content = Buffer.from('name: tool\n').toString('base64')
  expect(file).toMatchObject({ type: 'file', encoding: 'base64', content, size: 11 })
  const raw = await get(path, { ...signedIn, accept: 'application/vnd.github.raw+json' })
  expect(await raw.text()).toBe('name: tool\n')
  expect(await body('/api/v3/repos/octo/tool/contents/?ref=v1')).toMatchObject([
    { name: 'action.yml', type: 'file' },
    { name: 'sub dir', type: 'dir' },
  ])
  expect((await get('/api/v3/repos/octo/tool/contents/action.yml')).status).toBe(404)
})

test('what the caller has is 304, and costs a signed-in one nothing', async () => {
  const path = '/api/v3/repos/octo/tool'
  const first = await get(path)
  const second = await get(path, { ...signedIn, 'if-none-match': first.headers.get('etag') ?? '' })
  expect(second.status).toBe(304)
  expect(await second.text()).toBe('')
  expect(second.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'))
})

test('without a token the hour has 60 requests', async () => {
  const poor = await startGitHub({ worlds: [], limits: { anonymous: 1 } })
  const first = await fetch(`${poor.url}/api/v3/repos/a/b`)
  expect([first.status, first.headers.get('x-ratelimit-limit')]).toEqual([404, '1'])
  const second = await fetch(`${poor.url}/api/v3/repos/a/b`)
  expect([second.status, second.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
  const state = await fetch(`${poor.url}/api/v3/rate_limit`)
  expect(await state.json()).toMatchObject({ resources: { core: { limit: 1, remaining: 0 } } })
  await poor.close()
  expect((await get('/api/v3/meta', {})).status).toBe(200)
})

test.each(['/octo/tool/raw/REF/action.yml', '/raw/octo/tool/REF/action.yml'])(
  'a manifest without API: %s',
  async (path) => {
    expect(await (await get(path.replace('REF', sha(3)), {})).text()).toBe('name: tool\n')
    expect((await get(path.replace('REF', 'refs/tags/v1'), {})).status).toBe(200)
    expect((await get(path.replace('REF', sha(2)), {})).status).toBe(404)
    expect((await get(path.replace('tool', 'none').replace('REF', 'v1'), {})).status).toBe(404)
  },
)

test('a private manifest opens to the token alone', async () => {
  expect((await get('/octo/private/raw/main/a', {})).status).toBe(404)
  expect(await (await get('/octo/private/raw/main/a')).text()).toBe('x')
})

test.each([
  ['the oldest', 1, { branches: ['main', 'release/v1'], tags: ['v1', 'v1.0.0', 'v1.1.0'] }],
  ['a tag and no branch', 3, { branches: [], tags: ['v1', 'v1.1.0'] }],
  ['a tag and a branch', 2, { branches: ['release/v1'], tags: ['v1', 'v1.0.0', 'v1.1.0'] }],
  ['a commit below a tip', 4, { branches: ['main'], tags: [] }],
  ['a commit of a pull request', 7, { branches: [], tags: [] }],
  ['a commit of a fork', 6, { branches: [], tags: [] }],
])('what reaches %s', async (_, commit, { branches, tags }) => {
  const path = `/octo/tool/branch_commits/${sha(commit)}`
  const reaching = await body(path, { accept: 'application/json' })
  expect(reaching).toEqual({ branches: branches.map((branch) => ({ branch, prs: [] })), tags })
})

test('what reaches a commit that does not exist is 404', async () => {
  expect((await get(`/octo/tool/branch_commits/${sha(99)}`, {})).status).toBe(404)
})

test.each([
  ['/api/v3/repos/octo/tool/tarball/v1', `Octo-tool-${sha(3).slice(0, 7)}`],
  ['/octo/tool/archive/v1.tar.gz', `tool-${sha(3)}`],
])('a tarball holds the files of a commit in one folder: %s', async (path, folder) => {
  const response = await fetch(`${github.url}${path}`)
  const tar = gunzipSync(await response.arrayBuffer())
  expect(tar.length % 512).toBe(0)
  expect(tar.toString('latin1')).toContain(`comment=${sha(3)}`)
  expect(tar.toString('latin1')).toContain(`${folder}/sub dir/action.yml\0`)
})

test('what is packed lies elsewhere, and a private archive opens to a ticket alone', async () => {
  const asked = await get('/api/v3/repos/octo/private/tarball/main')
  expect(asked.status).toBe(302)
  const location = asked.headers.get('location') ?? ''
  expect((await fetch(location)).status).toBe(200)
  expect((await fetch(location.replace(/\?.*/, ''))).status).toBe(404)
  expect((await get('/octo/private/archive/main.tar.gz', {})).status).toBe(404)
  expect((await fetch(`${github.url}/octo/tool/archive/none.tar.gz`)).status).toBe(404)
})
