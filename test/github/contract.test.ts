import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { GitHub } from '../../src/resolve/port.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'
import { answersOf, commitSha, portTo, question, refsOf, type Resolver } from './support/ports.ts'

const worlds = [
  makeWorld('acme/tool', {
    heads: { main: 9, v1: 1, 'same-name': 2, twin: 3, 'release/v1': 4, edge: 5 },
    tags: {
      light: 10,
      annotated: { tag: 11 },
      twice: { tag: { tag: 12 } },
      'same-name': 13,
      twin: { tag: 3 },
      'v4.1.0': 20,
      'v4.2.0': { tag: 21 },
      v4: { tag: { tag: 21 } },
      v40: 22,
      'login/v1.0.0': 23,
      'login/v1.1.0': { tag: 24 },
      Case: 25,
      case: 26,
      'v1-gdeadbee': 27,
    },
  }),
  makeWorld('acme/other', { heads: { main: 31 }, tags: { v1: 30 } }),
  makeWorld('acme/new-name', { tags: { v1: 40 }, renamedFrom: ['acme/old-name', 'old/old-name'] }),
  makeWorld('acme/private', { tags: { v1: 50 }, private: true }),
  makeWorld('acme/archived', { archived: true }),
  makeWorld('acme/hidden', { tags: { v1: 60 }, hidden: true }),
  makeWorld('acme/saml', { tags: { v1: 70 }, saml: true }),
  makeWorld('acme/saml-private', { tags: { v1: 71 }, saml: true, private: true }),
  makeWorld('acme/empty', { heads: {} }),
]

let github: LocalGitHub

beforeAll(async () => {
  github = await startGitHub({ worlds, latencyMs: 5 })
})
afterAll(() => github.close())
beforeEach(() => github.requests.clear())

describe.each<Resolver>(['api', 'git'])('with the resolver %s', (resolver) => {
  let port: GitHub
  beforeAll(async () => {
    port = await portTo(github, resolver)
  })

  test.each([
    ['a lightweight tag', 'light', 10, undefined],
    ['an annotated tag', 'annotated', 11, undefined],
    ['a tag of a tag', 'twice', 12, undefined],
    ['a branch alone', 'v1', undefined, 1],
    ['a branch with a slash', 'release/v1', undefined, 4],
    ['a tag and a branch that differ', 'same-name', 13, 2],
    ['a tag and a branch that agree', 'twin', 3, 3],
    ['a tag of a folder', 'login/v1.0.0', 23, undefined],
    ['a tag in capitals', 'Case', 25, undefined],
    ['the same tag in small letters', 'case', 26, undefined],
    ['a name in another case', 'CASE', undefined, undefined],
    ['a name that only begins like others', 'v', undefined, undefined],
    ['a missing name', 'v99', undefined, undefined],
    [
      'a missing name that looks like `git describe`',
      `v9-g${sha(10).slice(0, 7)}`,
      undefined,
      undefined,
    ],
    ['a tag that looks like `git describe`', 'v1-gdeadbee', 27, undefined],
    ['a shortened SHA', sha(10).slice(0, 10), undefined, undefined],
    ['a non-ASCII name', 'größe', undefined, undefined],
  ])('%s', async (_, name, tag, branch) => {
    const refs = await refsOf(port, question('acme/tool', { names: [name] }))
    expect(refs.tags.get(name)).toBe(tag === undefined ? undefined : sha(tag))
    expect(refs.branches.get(name)).toBe(branch === undefined ? undefined : sha(branch))
    expect(refs.renamedTo).toBeUndefined()
  })

  test('the id of an annotated tag is told from a commit', async () => {
    const shas = [tagSha('annotated'), tagSha('twice'), sha(10), sha(999)]
    const { tagObjects } = await refsOf(port, question('acme/tool', { shas }))
    expect(shas.map((each) => tagObjects.get(each))).toEqual([
      sha(11),
      sha(12),
      undefined,
      undefined,
    ])
  })

  test('families of tags', async () => {
    const tags = { kind: 'families', prefixes: ['v4.', 'login/v1.'] } as const
    const refs = await refsOf(port, question('acme/tool', { names: ['v4'], tags }))
    const listed = [...refs.tags].filter(([name]) => tags.prefixes.some((p) => name.startsWith(p)))
    expect(new Map(listed)).toEqual(
      new Map([
        ['v4.1.0', sha(20)],
        ['v4.2.0', sha(21)],
        ['login/v1.0.0', sha(23)],
        ['login/v1.1.0', sha(24)],
      ]),
    )
    expect(refs.mayHaveMoreTags(commitSha(sha(20)))).toBe(false)
  })

  test.each(['newest', 'all'] as const)('the %s tags', async (kind) => {
    const tags = kind === 'all' ? { kind } : { kind, prefixes: ['v4.'] }
    const refs = await refsOf(port, question('acme/tool', { names: ['main'], tags }))
    expect([...refs.tags.keys()].toSorted()).toEqual(Object.keys(worlds[0]?.tags ?? {}).toSorted())
    expect(refs.mayHaveMoreTags(commitSha(sha(1)))).toBe(false)
  })

  test('a renamed repository says its name of today', async () => {
    const refs = await refsOf(port, question('ACME/Old-Name', { names: ['v1'] }))
    expect(refs.renamedTo).toBe('acme/new-name')
    expect(refs.tags.get('v1')).toBe(sha(40))
  })

  test('a name in another case is not a renamed repository', async () => {
    const refs = await refsOf(port, question('ACME/Tool', { names: ['v4'] }))
    expect(refs.renamedTo).toBeUndefined()
    expect(refs.tags.get('v4')).toBe(sha(21))
  })

  test('whether a repository is archived, where the host says so', async () => {
    const archived = await Promise.all(
      ['acme/archived', 'acme/tool'].map(
        async (name) => (await refsOf(port, question(name))).archived,
      ),
    )
    expect(archived).toEqual(resolver === 'api' ? [true, false] : [undefined, undefined])
  })

  test('which the default branch is, where that is asked', async () => {
    const ask = async (name: string, names: readonly string[]) => {
      const refs = await refsOf(port, question(name, { names, defaultBranch: true }))
      return refs.defaultBranch
    }
    expect(await ask('acme/tool', [])).toEqual({ name: 'main', commit: sha(9) })
    expect(await ask('acme/tool', ['v4'])).toEqual({ name: 'main', commit: sha(9) })
    expect(await ask('acme/old-name', [])).toEqual({ name: 'main', commit: sha(0) })
    expect(await ask('acme/empty', [])).toBeUndefined()
    const unasked = await refsOf(port, question('acme/tool', { names: ['v4'] }))
    expect(unasked.defaultBranch).toBeUndefined()
  })

  test('a private repository that the token may read', async () => {
    const refs = await refsOf(port, question('acme/private', { names: ['v1'] }))
    expect(refs.tags.get('v1')).toBe(sha(50))
  })

  test.each(['acme/hidden', 'acme/missing', 'nobody/nothing'])('%s is not found', async (name) => {
    const answers = answersOf(await port.lookUp([question(name, { names: ['v1'] })]))
    expect(answers.get(name)).toEqual({ kind: 'repository-not-found' })
  })

  test('a public repository whose organization refuses the token is read without it', async () => {
    const refs = await refsOf(port, question('acme/saml', { names: ['v1'] }))
    expect(refs.tags.get('v1')).toBe(sha(70))
    expect(github.requests.all().at(-1)).toMatchObject({ kind: 'git', authorization: 'none' })
  })

  test('a private repository whose organization refuses the token is forbidden', async () => {
    const answers = answersOf(await port.lookUp([question('acme/saml-private', { names: ['v1'] })]))
    expect(answers.get('acme/saml-private')).toMatchObject({
      kind: 'forbidden',
      reason: 'saml',
      detail: expect.stringContaining('SAML'),
    })
  })

  test('a repository without refs', async () => {
    const refs = await refsOf(port, question('acme/empty', { names: ['v1'] }))
    expect([refs.tags.size, refs.branches.size]).toEqual([0, 0])
  })

  test('good and bad repositories in one call', async () => {
    const questions = ['acme/tool', 'acme/missing', 'acme/other', 'acme/saml-private'].map((name) =>
      question(name, { names: ['v1'] }),
    )
    const answers = answersOf(await port.lookUp(questions))
    expect([...answers].map(([name, { kind }]) => [name, kind])).toEqual([
      ['acme/tool', 'refs'],
      ['acme/missing', 'repository-not-found'],
      ['acme/other', 'refs'],
      ['acme/saml-private', 'forbidden'],
    ])
  })

  test('no questions, no requests', async () => {
    expect(answersOf(await port.lookUp([])).size).toBe(0)
    expect(github.requests.count()).toBe(0)
  })

  test('a repository of which nothing is asked', async () => {
    expect((await refsOf(port, question('acme/other'))).kind).toBe('refs')
  })

  test('a name as long as names may be', async () => {
    const refs = await refsOf(port, question('acme/tool', { names: ['字'.repeat(255), 'light'] }))
    expect(refs.tags.get('light')).toBe(sha(10))
  })
})

test('without a token a private repository is not found', async () => {
  const port = await portTo(github, 'git', { token: undefined })
  const answers = answersOf(await port.lookUp([question('acme/private', { names: ['v1'] })]))
  expect(answers.get('acme/private')).toEqual({ kind: 'repository-not-found' })
  expect(github.requests.count()).toBe(1)
})
