import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { manifestKey, type ManifestAnswer } from '../../src/resolve/port.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'
import { commitSha, manifest, portTo, question, refsOf, type Resolver } from './support/ports.ts'

const large = `# ${'x'.repeat(2_000_000)}\nruns: {}\n`
const tooLarge = 'x'.repeat(5_000_001)
const root = 'runs:\n  using: node20\n'

const files = {
  'action.yml': root,
  'one/action.yml': 'one\n',
  'a/b/c/action.yml': 'deep\n',
  'yaml/action.yaml': 'yaml\n',
  'both/action.yaml': 'not this\n',
  'both/action.yml': 'this\n',
  'not-yaml/action.yml': '{[ : not YAML\n',
  'bytes/action.yml': '\uFEFFname: x\r\nruns: {}\r\n\r\n',
  'empty/action.yml': '',
  'astral/action.yml': 'name: 𝒳 é\n',
  'spaces in it/größe #1%?/action.yml': 'odd\n',
  'large/action.yml': large,
  'too-large/action.yml': tooLarge,
  'latin/action.yml': Buffer.from('name: caf\u00e9\n', 'latin1'),
  'utf16/action.yml': Buffer.from('name: x\n', 'utf16le'),
  'folder/action.yml/README': 'a folder of that name\n',
  'folder/action.yaml': 'beside the folder\n',
  '.github/workflows/ci.yml': 'jobs: {}\n',
}

const worlds = [
  makeWorld('acme/tool', {
    heads: { main: 1, both: 3 },
    tags: {
      v1: 1,
      annotated: { tag: 1 },
      twice: { tag: { tag: 1 } },
      five: { tag: { tag: { tag: { tag: { tag: 1 } } } } },
      both: 2,
      bare: 4,
    },
    manifests: { 1: files, 2: { 'action.yml': 'two\n' }, 3: { 'action.yml': 'three\n' } },
    dockerfiles: { 1: ['docker/Dockerfile', 'low/dockerfile', 'yaml/Dockerfile'] },
  }),
  makeWorld('acme/new-name', {
    tags: { v1: 5 },
    manifests: { 5: { 'action.yml': 'renamed\n' } },
    renamedFrom: ['acme/old-name'],
  }),
  makeWorld('acme/private', {
    tags: { v1: 6 },
    manifests: { 6: { 'action.yml': 'private\n', 'yaml/action.yaml': 'private too\n' } },
    private: true,
  }),
  makeWorld('acme/saml', {
    tags: { v1: 7 },
    manifests: { 7: { 'action.yml': 'saml\n', 'yaml/action.yaml': 'saml too\n' } },
    saml: true,
  }),
]

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({ worlds })
})
afterAll(() => github.close())
beforeEach(() => github.requests.clear())

const text = (file: string, content: string): ManifestAnswer => ({
  kind: 'text',
  file,
  text: content,
})
const unreadable = (detail: string): ManifestAnswer => ({ kind: 'unreadable', detail })

describe.each<Resolver>(['api', 'git'])('with the resolver %s', (resolver) => {
  test.each<[string, string, ManifestAnswer]>([
    ['at the root', '', text('action.yml', root)],
    ['in a folder', 'one', text('one/action.yml', 'one\n')],
    ['three folders deep', 'a/b/c', text('a/b/c/action.yml', 'deep\n')],
    ['of the other name', 'yaml', text('yaml/action.yaml', 'yaml\n')],
    ['under both names', 'both', text('both/action.yml', 'this\n')],
    ['a Dockerfile alone', 'docker', { kind: 'dockerfile', file: 'docker/Dockerfile' }],
    ['a dockerfile in small letters', 'low', { kind: 'dockerfile', file: 'low/dockerfile' }],
    ['a workflow', '.github/workflows/ci.yml', text('.github/workflows/ci.yml', 'jobs: {}\n')],
    ['a missing workflow', '.github/workflows/no.yml', { kind: 'missing' }],
    ['missing', 'nowhere', { kind: 'missing' }],
    ['in a folder of another case', 'ONE', { kind: 'missing' }],
    ['in a file', 'one/action.yml/x', { kind: 'missing' }],
    ['not YAML', 'not-yaml', text('not-yaml/action.yml', '{[ : not YAML\n')],
    ['CRLF and BOM', 'bytes', text('bytes/action.yml', files['bytes/action.yml'])],
    ['empty', 'empty', text('empty/action.yml', '')],
    ['astral characters', 'astral', text('astral/action.yml', 'name: 𝒳 é\n')],
    [
      'a path that has to be encoded',
      'spaces in it/größe #1%?',
      text('spaces in it/größe #1%?/action.yml', 'odd\n'),
    ],
    ['half of a surrogate pair', 'x\ud83d', { kind: 'missing' }],
    ['2 MB', 'large', text('large/action.yml', large)],
    ['over 5 MB', 'too-large', unreadable('too-large/action.yml is larger than 5 MB')],
    ['Latin-1', 'latin', unreadable('latin/action.yml is not text in UTF-8')],
    ['UTF-16', 'utf16', unreadable('utf16/action.yml is not text in UTF-8')],
    ['a folder of that name', 'folder', text('folder/action.yaml', 'beside the folder\n')],
  ])('%s', async (_, path, expected) => {
    const port = await portTo(github, resolver)
    for (const ref of ['v1', sha(1)]) {
      const asked = manifest(ref, path)
      const { manifests } = await refsOf(port, question('acme/tool', { manifests: [asked] }))
      expect([...manifests]).toEqual([[manifestKey(commitSha(sha(1)), asked), expected]])
    }
  })

  test.each<[string, string, readonly (readonly [number, string])[]]>([
    ['a lightweight tag', 'v1', [[1, root]]],
    ['an annotated tag', 'annotated', [[1, root]]],
    ['a tag of a tag', 'twice', [[1, root]]],
    ['a chain of tags deeper than a query', 'five', [[1, root]]],
    ['the id of an annotated tag', tagSha('annotated'), [[1, root]]],
    ['a branch', 'main', [[1, root]]],
    [
      'a tag and a branch that differ',
      'both',
      [
        [2, 'two\n'],
        [3, 'three\n'],
      ],
    ],
    [
      'a full name of a tag',
      'refs/tags/both',
      [
        [2, 'two\n'],
        [3, 'three\n'],
      ],
    ],
    ['a SHA', sha(3), [[3, 'three\n']]],
    ['a missing name', 'v99', []],
  ])('at %s', async (_, ref, expected) => {
    const port = await portTo(github, resolver)
    const asked = question('acme/tool', { manifests: [manifest(ref)] })
    const { manifests } = await refsOf(port, asked)
    const texts = expected.map(
      ([commit, content]) => [sha(commit), text('action.yml', content)] as const,
    )
    expect([...manifests].map(([key, answer]) => [key.slice(0, 40), answer])).toEqual(texts)
  })

  test('at a commit without any, and at one that does not exist', async () => {
    const port = await portTo(github, resolver)
    for (const commit of [sha(4), sha(999)]) {
      const asked = question('acme/tool', { manifests: [manifest(commit)] })
      expect([...(await refsOf(port, asked)).manifests.values()]).toEqual([{ kind: 'missing' }])
    }
  })

  test('many of one repository, beside its refs', async () => {
    const port = await portTo(github, resolver)
    const paths = ['', 'one', 'a/b/c', 'yaml', 'docker', '.github/workflows/ci.yml', 'nowhere']
    const manifests = ['v1', sha(1), sha(3)].flatMap((ref) =>
      paths.map((path) => manifest(ref, path)),
    )
    const refs = await refsOf(
      port,
      question('acme/tool', { names: ['main'], shas: [tagSha('annotated')], manifests }),
    )
    expect(refs.branches.get('main')).toBe(sha(1))
    expect(refs.tagObjects.get(tagSha('annotated'))).toBe(sha(1))
    expect([...refs.manifests.values()].map(({ kind }) => kind)).toHaveLength(2 * paths.length)
  })

  test('of a renamed repository', async () => {
    const port = await portTo(github, resolver)
    const asked = question('acme/old-name', { manifests: [manifest('v1')] })
    const { manifests, renamedTo } = await refsOf(port, asked)
    expect(renamedTo).toBe('acme/new-name')
    expect([...manifests.values()]).toEqual([text('action.yml', 'renamed\n')])
  })

  test('of a private repository', async () => {
    const port = await portTo(github, resolver)
    const manifests = [manifest('v1'), manifest('v1', 'yaml'), manifest('v1', 'nowhere')]
    const refs = await refsOf(port, question('acme/private', { manifests }))
    expect([...refs.manifests.values()]).toEqual([
      text('action.yml', 'private\n'),
      text('yaml/action.yaml', 'private too\n'),
      { kind: 'missing' },
    ])
  })

  test('of a public repository whose organization refuses the token', async () => {
    const port = await portTo(github, resolver)
    const manifests = [manifest('v1'), manifest('v1', 'yaml')]
    const refs = await refsOf(port, question('acme/saml', { manifests }))
    expect([...refs.manifests.values()]).toEqual([
      text('action.yml', 'saml\n'),
      text('yaml/action.yaml', 'saml too\n'),
    ])
  })
})

test('without a token', async () => {
  const port = await portTo(github, 'git', { token: undefined })
  const manifests = ['v1', sha(1)].flatMap((ref) => [manifest(ref), manifest(ref, 'yaml')])
  const refs = await refsOf(port, question('acme/tool', { manifests }))
  expect([...refs.manifests.values()]).toEqual([
    text('action.yml', root),
    text('yaml/action.yaml', 'yaml\n'),
  ])
  // The list of refs, and three files: each commit's once, whatever names it.
  expect(github.requests.all().map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'git /acme/tool.git/git-upload-pack',
    `raw /acme/tool/raw/${sha(1)}/action.yml`,
    `raw /acme/tool/raw/${sha(1)}/yaml/action.yml`,
    `raw /acme/tool/raw/${sha(1)}/yaml/action.yaml`,
  ])
})
