import { execFile } from 'node:child_process'
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { answersOf, manifest, portTo, question, refsOf, type Resolver } from './support/ports.ts'

const run = promisify(execFile)

const worlds = [
  makeWorld('acme/tool', {
    tags: { v1: { tag: 1 } },
    unreachable: [3],
    manifests: {
      1: {
        'action.yml': '\uFEFFroot\r\n',
        'sub/action.yaml': 'sub 𝒳\n',
        '.github/workflows/a.yml': 'a',
      },
      2: { 'action.yml': 'two\n' },
    },
    dockerfiles: { 1: ['docker/Dockerfile'] },
  }),
  makeWorld('acme/private', {
    tags: { v1: 5 },
    manifests: { 5: { 'action.yml': 'secret\n' } },
    private: true,
  }),
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

const port = (
  folder: string,
  resolver: Resolver = 'api',
  token = resolver === 'api' ? github.token : undefined,
) => portTo({ ...github, env: { ...github.env, PINSMITH_CACHE: folder } }, resolver, { token })

const paths = ['', 'sub', 'docker', '.github/workflows/a.yml', 'nowhere']
const atCommit = question('acme/tool', { manifests: paths.map((path) => manifest(sha(1), path)) })
const atName = question('acme/tool', {
  names: ['v1'],
  manifests: paths.map((path) => manifest('v1', path)),
})

/** The files of a cache, with `/`. */
async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

describe.each<Resolver>(['api', 'git'])('with the resolver %s', (resolver) => {
  test('what is known is not asked again, whatever it was asked through', async () => {
    const folder = await temporaryFolder()
    const first = await refsOf(await port(folder, resolver), atName)
    expect(first.manifests.size).toBe(5)
    github.requests.clear()
    const second = await refsOf(await port(folder, resolver), atCommit)
    expect([...second.manifests]).toEqual([...first.manifests])
    expect(github.requests.count()).toBe(0)
    expect(second).toMatchObject({ kind: 'refs', renamedTo: undefined, tags: new Map() })
  })

  test('what is known is left out of a question that asks for more', async () => {
    const folder = await temporaryFolder()
    await refsOf(await port(folder, resolver), atName)
    github.requests.clear()
    const more = [manifest(sha(1)), manifest(sha(2))]
    const asked = question('Acme/tool', { names: ['v1'], manifests: more })
    const { tags, manifests } = await refsOf(await port(folder, resolver), asked)
    expect(tags.get('v1')).toBe(sha(1))
    expect([...manifests.values()]).toMatchObject([{ text: '\uFEFFroot\r\n' }, { text: 'two\n' }])
    const queries = github.requests.of('graphql').map(({ graphql }) => graphql?.query ?? '')
    expect(queries.filter((query) => query.includes('m1c0'))).toEqual([])
    expect(github.requests.of('raw').map(({ path }) => path)).toEqual(
      resolver === 'git' ? [`/Acme/tool/raw/${sha(2)}/action.yml`] : [],
    )
  })

  test('a private repository leaves nothing on the disk', async () => {
    const folder = await temporaryFolder()
    const asked = question('acme/private', { manifests: [manifest('v1'), manifest('v1', 'no')] })
    const withToken = await port(folder, resolver, github.token)
    const { manifests } = await refsOf(withToken, asked)
    expect([...manifests.values()].map(({ kind }) => kind)).toEqual(['text', 'missing'])
    expect(await filesOf(folder)).toEqual([])
  })

  test('what could not be read, and what may yet come, is not kept', async () => {
    const folder = await temporaryFolder()
    github.faults.add({ kind: 'reset' }, { kind: 'raw', times: Infinity })
    const manifests = [manifest(sha(999)), manifest(sha(3))]
    await refsOf(await port(folder, resolver), question('acme/tool', { manifests }))
    expect(await filesOf(folder)).toEqual([])
  })
})

test('git: a manifest that a name leads to is not fetched twice', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(folder, 'git'), atName)
  github.requests.clear()
  expect((await refsOf(await port(folder, 'git'), atName)).manifests.size).toBe(5)
  expect(github.requests.all().map(({ kind }) => kind)).toEqual(['git'])
})

test('git with a token: what everybody may read is kept', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(folder, 'git', github.token), atName)
  github.requests.clear()
  const manifests = ['', 'sub', 'docker'].map((path) => manifest(sha(1), path))
  await refsOf(await port(folder, 'git', github.token), question('acme/tool', { manifests }))
  expect(github.requests.count()).toBe(0)
})

test('a failure of the repository or of the host is one, whatever is known', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(folder), atName)
  const both = question('acme/tool', { names: ['v1'], manifests: [manifest(sha(1))] })
  github.faults.add({ kind: 'reset' }, { times: Infinity })
  expect((await (await port(folder)).lookUp([both])).kind).toBe('network')
})

test('the entries of hosts and of repositories are kept apart', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(folder), atName)
  const other = await startGitHub({ worlds: [makeWorld('acme/tool'), makeWorld('acme/else')] })
  const env = { ...other.env, PINSMITH_CACHE: folder }
  const there = await portTo({ ...other, env }, 'api')
  for (const name of ['acme/tool', 'acme/else']) {
    const asked = question(name, { manifests: [manifest(sha(1))] })
    expect([...(await refsOf(there, asked)).manifests.values()]).toEqual([{ kind: 'missing' }])
  }
  expect(other.requests.count()).toBe(2)
  await other.close()
})

test.each<[string, (content: string) => string]>([
  ['empty', () => ''],
  ['cut short', (content) => content.slice(0, -20)],
  ['no JSON', () => 'zzz'],
  ['of another shape', () => '{"answer":{"kind":"text"}}'],
  ['with another text', (content) => content.replace('root', 'evil')],
  ['another entry’s', (content) => content.replace(sha(1), sha(2))],
])('an entry that is damaged is fetched anew: %s', async (_, damage) => {
  const folder = await temporaryFolder()
  const asked = question('acme/tool', { manifests: [manifest(sha(1))] })
  await refsOf(await port(folder), asked)
  const [file = ''] = await filesOf(folder)
  const good = await readFile(file, 'utf8')
  await writeFile(file, damage(good))
  github.requests.clear()
  const { manifests } = await refsOf(await port(folder), asked)
  expect([...manifests.values()]).toEqual([
    { kind: 'text', file: 'action.yml', text: '\uFEFFroot\r\n' },
  ])
  expect(github.requests.count()).toBe(1)
  expect(await readFile(file, 'utf8')).toBe(good)
})

test('two runs at once share it', async () => {
  const folder = await temporaryFolder()
  const script = fileURLToPath(new URL('support/fill-cache.ts', import.meta.url))
  const env = { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], ...github.env }
  const start = () =>
    run(process.execPath, ['--import', 'tsx', script], { env: { ...env, PINSMITH_CACHE: folder } })
  const outputs = await Promise.all([start(), start(), start()])
  expect(outputs.map(({ stdout }) => stdout)).toEqual(['text', 'text', 'text'])
  const files = await filesOf(folder)
  expect(files.map((file) => file.endsWith('.json'))).toEqual([true])
  github.requests.clear()
  await refsOf(await port(folder), question('acme/tool', { manifests: [manifest(sha(1))] }))
  expect(github.requests.count()).toBe(0)
})

test.skipIf(process.platform === 'win32')('only the user can read it', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(join(folder, 'new')), atName)
  for (const inner of ['new', 'new/v1', 'new/v1/manifests'])
    expect((await stat(join(folder, inner))).mode & 0o777).toBe(0o700)
  for (const file of await filesOf(folder)) expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test.skipIf(process.platform === 'win32' || userInfo().uid === 0)(
  'a folder that cannot be written to is harmless (needs a user other than root)',
  async () => {
    const folder = await temporaryFolder()
    await chmod(folder, 0o500)
    expect((await refsOf(await port(folder), atName)).manifests.size).toBe(5)
    await chmod(folder, 0o700)
    expect(await filesOf(folder)).toEqual([])
  },
)

test('a folder that cannot be is harmless', async () => {
  const folder = await temporaryFolder({ file: 'a file' })
  expect((await refsOf(await port(join(folder, 'file')), atName)).manifests.size).toBe(5)
  expect((await refsOf(await port(join(folder, 'file', 'x\0')), atName)).manifests.size).toBe(5)
  expect(await filesOf(folder)).toEqual([join(folder, 'file')])
})

test('without a cache nothing is read and nothing is kept', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(folder), atName)
  const before = await filesOf(folder)
  github.requests.clear()
  const env = { ...github.env, PINSMITH_CACHE: folder }
  const asked = question('acme/tool', { manifests: [manifest(sha(1)), manifest(sha(2))] })
  await refsOf(await portTo({ ...github, env }, 'api', { cache: 'off' }), asked)
  expect(github.requests.count()).toBe(1)
  expect(await filesOf(folder)).toEqual(before)
})

test('several repositories, some known: the answers come in the order of the questions', async () => {
  const folder = await temporaryFolder()
  await refsOf(await port(folder), atName)
  const questions = ['acme/none', 'acme/tool', 'acme/private'].map((name) =>
    question(name, { manifests: [manifest(sha(1))] }),
  )
  github.requests.clear()
  const answers = answersOf(await (await port(folder)).lookUp(questions))
  expect([...answers].map(([name, { kind }]) => [name, kind])).toEqual([
    ['acme/none', 'repository-not-found'],
    ['acme/tool', 'refs'],
    ['acme/private', 'refs'],
  ])
  expect(github.requests.count()).toBe(1)
})
