import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unpackArchive } from '../../../src/github/archive/unpack.ts'
import type { ConnectOptions } from '../../../src/github/connection/connect.ts'
import type { ArchiveEntry, RepositoryCommit } from '../../../src/resolve/connection.ts'
import { answer, cut, html, redirectTo, reset } from '../../support/github/fault.ts'
import { tooManyRequests, truncate, type Fault } from '../../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../../support/github/server.ts'
import { tarOf, type TarEntry } from '../../support/github/tar.ts'
import { makeWorld, sha } from '../../support/github/worlds.ts'
import { fakeClock } from '../support/clock.ts'
import { commitAt, commitSha, portTo, type Resolver, ways } from '../support/ports.ts'

const BYTES = Uint8Array.from({ length: 1_000 }, (_, n) => (n * 7) % 256)
const LONG = `${'deep/'.repeat(40)}größe.txt`

const worlds = [
  makeWorld('acme/tool', {
    tags: { v1: 1 },
    manifests: {
      1: { 'action.yml': 'name: tool\r\n', 'bin/run': '#!/bin/sh\n', data: BYTES, [LONG]: '' },
    },
    dockerfiles: { 1: ['Dockerfile'] },
    executables: { 1: ['bin/run'] },
    links: { 1: { 'bin/link': '../../../etc/passwd' } },
    renamedFrom: ['acme/old'],
  }),
  makeWorld('acme/private', {
    private: true,
    manifests: { 2: { a: 'secret' } },
    heads: { main: 2 },
  }),
  makeWorld('acme/saml', { saml: true, manifests: { 3: { a: 'open' } }, heads: { main: 3 } }),
  makeWorld('acme/saml-private', { saml: true, private: true, heads: { main: 4 } }),
  makeWorld('acme/bare', { heads: { main: 5 }, manifests: {} }),
]

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({ worlds })
})
afterAll(() => github.close())
beforeEach(() => {
  github.requests.clear()
  github.faults.clear()
})

const tool = commitAt('acme/tool', sha(1))

type Way = readonly [resolver: Resolver, token: string | undefined]
const read = async (
  [resolver, token]: Way,
  where: RepositoryCommit,
  options: Partial<ConnectOptions> = {},
) => (await portTo(github, resolver, { token, clock: fakeClock(), ...options })).readArchive(where)

const file = (path: string): TarEntry => ({ path, content: 'x' })

const textOf = (entry: ArchiveEntry | undefined): unknown =>
  entry?.kind === 'file' ? Buffer.from(entry.bytes).toString() : entry

describe.each(ways)('%s', (_, resolver, withToken) => {
  let way: Way
  beforeAll(() => {
    way = [resolver, withToken ? github.token : undefined]
  })

  test('every file of a commit, to the byte', async () => {
    const archive = await read(way, tool)
    if (archive.kind !== 'archive') throw new Error(archive.kind)
    const { entries } = archive
    expect([...entries.keys()].toSorted()).toEqual(
      ['Dockerfile', 'action.yml', 'bin/link', 'bin/run', 'data', LONG].toSorted(),
    )
    expect(textOf(entries.get('action.yml'))).toBe('name: tool\r\n')
    expect(entries.get('data')).toEqual({ kind: 'file', executable: false, bytes: BYTES })
    expect(entries.get('bin/run')).toMatchObject({ kind: 'file', executable: true })
    expect(entries.get('bin/link')).toEqual({ kind: 'link', target: '../../../etc/passwd' })
    expect(textOf(entries.get(LONG))).toBe('')
  })

  test('a repository that was renamed', async () => {
    const archive = await read(way, commitAt('acme/old', sha(1)))
    expect(archive.kind === 'archive' && archive.entries.size).toBe(6)
  })

  test('a commit without files', async () => {
    expect(await read(way, commitAt('acme/bare', sha(5)))).toEqual({
      kind: 'archive',
      host: new URL(github.url).host,
      entries: new Map(),
    })
  })

  test('a missing repository is told from a missing commit', async () => {
    expect(await read(way, commitAt('acme/none', sha(1)))).toEqual({ kind: 'repository-not-found' })
    expect(await read(way, commitAt('acme/tool', sha(99)))).toEqual({
      kind: 'broken',
      detail: 'the repository has no such commit',
    })
  })

  test('a private repository, as the token allows', async () => {
    const archive = await read(way, commitAt('acme/private', sha(2)))
    const seen = archive.kind === 'archive' ? textOf(archive.entries.get('a')) : archive.kind
    expect(seen).toBe(withToken ? 'secret' : 'repository-not-found')
  })

  test('a public repository whose organization refuses the token', async () => {
    const archive = await read(way, commitAt('acme/saml', sha(3)))
    expect(archive.kind === 'archive' && textOf(archive.entries.get('a'))).toBe('open')
  })

  test('the token goes to the API and to where that leads on the same host', async () => {
    await read(way, tool)
    await read(way, commitAt('acme/private', sha(2)))
    const bearing = github.requests.all().filter(({ authorization }) => authorization !== 'none')
    expect(bearing.every(({ path }) => /^\/(?:api\/v3|_codeload)\//.test(path))).toBe(true)
    expect(bearing.length > 0).toBe(withToken)
  })

  test('nor to another host that it is sent on to', async () => {
    const other = await startGitHub({ worlds, token: github.token })
    const location = `${other.url}/_codeload/acme/tool/tar.gz/${sha(1)}`
    github.faults.add(redirectTo(location))
    expect((await read(way, tool)).kind).toBe('archive')
    expect(other.requests.all().map(({ headers }) => headers['authorization'])).toEqual([undefined])
    await other.close()
  })

  test.each<[string, Fault]>([
    ['status 502', answer(502, 'Bad Gateway')],
    ['429', tooManyRequests(2)],
    ['429 without Retry-After', tooManyRequests()],
    ['a reset connection', reset],
    ['a body that breaks off', cut],
    ['a body that is too short without a word', truncate],
  ])('%s is tried again', async (__, fault) => {
    github.faults.add(fault, { when: ({ path }) => path.startsWith('/_codeload/') })
    expect((await read(way, tool)).kind).toBe('archive')
    expect(github.faults.pending()).toBe(0)
  })

  test.each<[string, Fault, object]>([
    [
      'a body that stays cut',
      truncate,
      { kind: 'broken', detail: 'the archive is cut or damaged' },
    ],
    ['a page of HTML', html(), { kind: 'broken', detail: expect.stringContaining('a web page') }],
    ['status 403', answer(403, { message: 'no' }), { kind: 'forbidden', reason: 'permission' }],
    ['status 451', answer(451, { message: 'DMCA' }), { kind: 'forbidden', reason: 'blocked' }],
    [
      'status 500',
      answer(500, { message: 'oops' }),
      { kind: 'broken', detail: 'HTTP status 500: oops' },
    ],
    [
      'a login page',
      redirectTo('/login?return_to=x'),
      { kind: 'broken', detail: expect.stringContaining('HTTP status 302') },
    ],
    ['a rate limit', tooManyRequests(3_600), { kind: 'rate-limited', until: expect.any(Number) }],
    ['a connection that is always reset', reset, { kind: 'network' }],
  ])('%s is no archive', async (__, fault, expected) => {
    github.faults.add(fault, { times: Infinity, when: ({ path }) => !path.startsWith('/api/v3') })
    expect(await read(way, tool)).toMatchObject(expected)
  })
})

test('a private repository whose organization refuses the token is forbidden', async () => {
  const archive = await read(['api', github.token], commitAt('acme/saml-private', sha(4)))
  expect(archive).toMatchObject({ kind: 'forbidden', reason: 'saml' })
})

test('a wrong token is told', async () => {
  expect(await read(['api', 'wrong'], tool)).toMatchObject({ kind: 'unauthorized' })
})

test('one request more than the download: no retries where all goes well', async () => {
  await read(['api', github.token], tool)
  await read(['git', undefined], tool)
  expect(github.requests.count('tarball')).toBe(4)
})

describe('what is not to be trusted', () => {
  const commit = commitSha(sha(1))
  const limits = { packed: 1e6, unpacked: 1e6 }
  const open = (tar: Buffer) => unpackArchive(gzipSync(tar), commit, limits)

  test.each<[string, readonly TarEntry[], string]>([
    ['a path out of it', [file('t/../../evil')], '“t/../../evil” has the part “..”'],
    ['a path out of it at once', [file('../evil')], 'has the part “..”'],
    ['a dot', [file('t/./evil')], 'has the part “.”'],
    ['an absolute path', [file('/etc/passwd')], 'is absolute'],
    ['an empty part', [file('t//evil')], 'has an empty part'],
    ['an empty name', [file('')], 'is absolute, or has an empty part'],
    ['a backslash', [file('t/..\\evil')], 'has a backslash'],
    ['a null character', [file('t/a\0b')], 'has a null character'],
    ['a drive', [file('t/C:evil')], 'has a drive letter'],
    ['a drive at the front', [file('c:/t/evil')], 'has a drive letter'],
    ['git’s folder', [file('t/.git/hooks/pre-commit')], 'would be git’s own folder'],
    ['git’s folder in another case', [file('t/a/.GIT/config')], 'would be git’s own folder'],
    ['git’s folder to Windows', [file('t/GIT~1/config')], 'would be git’s own folder'],
    ['git’s folder with a dot', [file('t/.git./config')], 'would be git’s own folder'],
    ['git’s folder to HFS+', [file('t/.g\u200Cit/config')], 'would be git’s own folder'],
    ['a hard link', [{ path: 't/evil', type: '1', link: '/etc/passwd' }], 'is a link'],
    ['a device', [{ path: 't/evil', type: '3' }], 'is a character-device'],
    ['a pipe', [{ path: 't/evil', type: '6' }], 'is a fifo'],
    ['two folders', [file('t/a'), file('u/a')], '“u/a” stands outside its top folder “t”'],
    ['a file beside the folder', [file('evil')], 'stands outside its top folder “t”'],
    ['a file for a folder', [file('t')], 'stands beside its top folder'],
    ['a link for a folder', [{ path: 't', type: '2', link: '/' }], 'stands beside its top folder'],
    ['one file twice', [file('t/a'), file('t/a')], 'is there twice'],
    ['other case', [file('t/a/B'), file('t/a/b')], 'differs from “a/B” only in case'],
    ['folders in other case', [file('t/A/x'), file('t/a/y')], 'differs from “A” only in case'],
    ['an empty folder in other case', [file('t/A'), { path: 't/a/', type: '5' }], 'only in case'],
    ['another form', [file('t/\u00E9'), file('t/e\u0301')], 'or in Unicode’s form'],
    ['sharp s', [file('t/straße'), file('t/STRASSE')], 'only in case'],
    [
      'below a link',
      [{ path: 't/l', type: '2', link: '/etc' }, file('t/l/x')],
      'is a folder as well',
    ],
    ['a link over a folder', [file('t/l/x'), { path: 't/l', type: '2', link: '/' }], 'as well as'],
    ['below a file', [file('t/a'), file('t/a/b')], 'is a folder as well'],
  ])('%s', async (_, entries, detail) => {
    const unpacked = await open(tarOf(commit, [{ path: 't/', type: '5' }, ...entries]))
    expect(unpacked).toEqual({ kind: 'refused', detail: expect.stringContaining(detail) })
    expect(unpacked).toMatchObject({ detail: expect.stringMatching(/^the archive’s entry “/) })
  })

  test('a name that is not UTF-8', async () => {
    const tar = tarOf(commit, [file('t/abcd')])
    tar.writeUInt8(0xff, tar.indexOf('abcd'))
    const sum = 0xff - 'a'.charCodeAt(0)
    const at = tar.indexOf('t/') + 148
    tar.write(
      (Number.parseInt(tar.toString('latin1', at, at + 6), 8) + sum).toString(8).padStart(6, '0'),
      at,
    )
    expect(await open(tar)).toMatchObject({ detail: expect.stringContaining('not UTF-8') })
  })

  test('the archive of another commit', async () => {
    expect(await open(tarOf(sha(2), [file('t/a')]))).toEqual({
      kind: 'refused',
      detail: 'the archive says that it is of another commit',
    })
  })

  test('one that unpacks to too much, which is not tried again', async () => {
    const bomb = gzipSync(tarOf(sha(1), [{ path: 't/a', content: Buffer.alloc(2_000_000) }]))
    expect(await unpackArchive(bomb, commit, limits)).toEqual({
      kind: 'refused',
      detail: 'the archive unpacks to more than 1 MB',
    })
  })

  test.each<[string, (packed: Buffer) => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['no gzip', () => Buffer.from('hello')],
    ['rubbish after the end', (packed) => Buffer.concat([packed, Buffer.from('rubbish')])],
    ['a wrong byte', (packed) => Buffer.concat([packed.subarray(0, -5), Buffer.alloc(5, 1)])],
    ['half of it', (packed) => packed.subarray(0, packed.length / 2)],
    ['no tar', () => gzipSync('hello')],
    ['a tar without its end', () => gzipSync(tarOf(sha(1), [file('t/a')]).subarray(0, -1024))],
    ['half a tar', () => gzipSync(tarOf(sha(1), [file('t/a')]).subarray(0, 1_600))],
  ])('damaged: %s', async (_, damage) => {
    const packed = damage(gzipSync(tarOf(sha(1), [file('t/a')])))
    expect((await unpackArchive(packed, commit, limits)).kind).toBe('damaged')
  })

  test('an archive that somebody made is refused by its entry', async () => {
    const archives = { 1: gzipSync(tarOf(sha(1), [file('t/../x')])), 2: Buffer.from('no gzip') }
    const evil = await startGitHub({
      worlds: [makeWorld('acme/evil', { heads: { main: 1 }, history: [2], archives })],
    })
    const port = await portTo(evil, 'api')
    expect(await port.readArchive(commitAt('acme/evil', sha(1)))).toEqual({
      kind: 'broken',
      detail: 'the archive’s entry “t/../x” has the part “..”',
    })
    expect(evil.requests.count()).toBe(2)
    expect(await port.readArchive(commitAt('acme/evil', sha(2)))).toMatchObject({ kind: 'broken' })
    await evil.close()
  })
})
