import { afterAll, expect, test } from 'vitest'
import { startGitHub } from '../server.ts'
import { makeWorld, sha, tagSha } from '../worlds.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('Octo/tool', {
      id: 77,
      heads: { main: 1, v3: 5 },
      tags: { 'v1.0.0': 2, 'v1.1.0': { tag: 3 }, v1: { tag: { tag: 3 } }, 'V1-old': 4 },
      dates: {
        2: '2024-03-01T10:00:00+02:00',
        3: '2024-05-01T00:00:00Z',
        4: '2023-01-01T00:00:00Z',
      },
      manifests: { 3: { 'action.yml': 'name: tool\n', 'sub/action.yml': 'name: sub\n' } },
      unreachable: [6],
      history: ['abcdef01'.padEnd(40, '7'), 'abcdef02'.padEnd(40, '7')],
      pulls: { 8: 7 },
      archived: true,
      renamedFrom: ['octo/old'],
    }),
    makeWorld('octo/hidden', { hidden: true }),
    makeWorld('octo/private', { private: true }),
    makeWorld('octo/saml', { saml: true }),
  ],
})
afterAll(() => github.close())

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly Readonly<Record<string, unknown>>[]
}

async function post(query: string, variables: object = {}, token = github.token) {
  const response = await fetch(`${github.url}/api/graphql`, {
    method: 'POST',
    headers: token === '' ? {} : { authorization: `bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

async function ask(query: string, variables: object = {}): Promise<Answer> {
  const { text } = await post(query, variables)
  const answer: Answer = JSON.parse(text)
  return answer
}

/** Asks for fields of `octo/tool` and gives what came for them. */
async function tool(fields: string, variables?: readonly [string, object]): Promise<unknown> {
  const head = variables ? `query(${variables[0]})` : 'query'
  const query = `${head} { tool: repository(owner: "OCTO", name: "tool") { ${fields} } }`
  const answer = await ask(query, variables?.[1])
  expect(answer.errors).toBeUndefined()
  return answer.data
}

test('one bad alias spoils only itself', async () => {
  const answer = await ask(`{
    good: repository(owner: "octo", name: "tool") { nameWithOwner databaseId isArchived isPrivate }
    gone: repository(owner: "octo", name: "gone") { id }
    hidden: repository(owner: "octo", name: "hidden") { id }
    renamed: repository(owner: "octo", name: "old") { databaseId }
    fixed: repository(owner: "octo", name: "old", followRenames: false) { id }
    private: repository(owner: "octo", name: "private") { isPrivate }
    saml: repository(owner: "octo", name: "saml") { id }
  }`)
  expect(answer.data).toEqual({
    good: { nameWithOwner: 'Octo/tool', databaseId: 77, isArchived: true, isPrivate: false },
    gone: null,
    hidden: null,
    renamed: { databaseId: 77 },
    fixed: null,
    private: { isPrivate: true },
    saml: null,
  })
  expect(answer.errors).toEqual([
    notFound('gone', 'gone'),
    notFound('hidden', 'hidden'),
    notFound('fixed', 'old'),
    expect.objectContaining({
      type: 'FORBIDDEN',
      path: ['saml'],
      extensions: { saml_failure: true },
      message: expect.stringContaining('organization SAML enforcement'),
    }),
  ])
})

function notFound(alias: string, name: string): object {
  return {
    type: 'NOT_FOUND',
    path: [alias],
    locations: [{ line: expect.any(Number), column: 5 }],
    message: `Could not resolve to a Repository with the name 'octo/${name}'.`,
  }
}

test.each([
  ['refs/tags/v1', 'Tag', tagSha('v1')],
  ['refs/tags/v1^{tag}', 'Tag', tagSha('v1')],
  ['refs/tags/v1^{commit}', 'Commit', sha(3)],
  ['refs/tags/v1^{}', 'Commit', sha(3)],
  [`${tagSha('v1', 1)}^{commit}`, 'Commit', sha(3)],
  ['v1.0.0', 'Commit', sha(2)],
  ['refs/heads/v3^{commit}', 'Commit', sha(5)],
  ['HEAD', 'Commit', sha(1)],
  [sha(7), 'Commit', sha(7)],
  [sha(6).slice(0, 8), 'Commit', sha(6)],
  [`${sha(6).slice(0, 4)}^{commit}`, 'Commit', sha(6)],
  ['abcdef01^{commit}', 'Commit', 'abcdef01'.padEnd(40, '7')],
])('the expression %s names a %s', async (expression, type, oid) => {
  const fields = 'object(expression: $e) { __typename oid }'
  const data = await tool(fields, ['$e: String!', { e: expression }])
  expect(data).toEqual({ tool: { object: { __typename: type, oid } } })
})

test.each([
  'refs/tags/v9^{commit}',
  'refs/heads/v1',
  'refs/tags/V1',
  sha(99),
  sha(1).slice(0, 3),
  'abcdef0',
  'abcdef0^{commit}',
  'refs/tags/v1^{tree}',
  'main:nope.yml',
])('the expression %s names nothing', async (expression) => {
  const data = await tool('object(expression: $e) { oid }', ['$e: String!', { e: expression }])
  expect(data).toEqual({ tool: { object: null } })
})

test('a manifest comes by expression, by file and by tree', async () => {
  const data = await tool(`
    blob: object(expression: "v1:sub/action.yml") { ... on Blob { text byteSize isBinary } }
    commit: object(oid: "${sha(3)}") {
      ... on Commit {
        committedDate
        file(path: "action.yml") { type object { ... on Blob { text } } }
        missing: file(path: "action.yaml") { type }
        tree { entries { name type } }
      }
    }
    unrecorded: object(oid: "${sha(2)}") { ... on Commit { committedDate file(path: "action.yml") { type } } }
  `)
  expect(data).toEqual({
    tool: {
      blob: { text: 'name: sub\n', byteSize: 10, isBinary: false },
      commit: {
        committedDate: '2024-05-01T00:00:00Z',
        file: { type: 'blob', object: { text: 'name: tool\n' } },
        missing: null,
        tree: {
          entries: [
            { name: 'action.yml', type: 'blob' },
            { name: 'sub', type: 'tree' },
          ],
        },
      },
      unrecorded: { committedDate: '2024-03-01T08:00:00Z', file: null },
    },
  })
})

test('refs are filtered without case, ordered, paged and counted', async () => {
  const data = await tool(`
    newest: refs(refPrefix: "refs/tags/", query: "V1", first: 2,
        orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      totalCount
      nodes { name prefix target { __typename oid } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
    rest: refs(refPrefix: "refs/tags/", query: "v1", first: 2, after: "Mg",
        orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      edges { cursor node { name } }
      pageInfo { hasNextPage hasPreviousPage }
    }
    last: refs(refPrefix: "refs/heads/", last: 1) { nodes { name } }
    counted: refs(refPrefix: "refs/heads/") { totalCount }
    tag: ref(qualifiedName: "refs/tags/v1") { name target { ... on Tag { name target { oid } } } }
    branch: ref(qualifiedName: "v3") { prefix }
    none: ref(qualifiedName: "refs/tags/v3") { name }
    defaultBranchRef { name target { oid } }
  `)
  expect(data).toEqual({
    tool: {
      newest: {
        totalCount: 4,
        nodes: [
          { name: 'v1', prefix: 'refs/tags/', target: { __typename: 'Tag', oid: tagSha('v1') } },
          {
            name: 'v1.1.0',
            prefix: 'refs/tags/',
            target: { __typename: 'Tag', oid: tagSha('v1.1.0') },
          },
        ],
        pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: 'Mg' },
      },
      rest: {
        edges: [
          { cursor: 'Mw', node: { name: 'v1.0.0' } },
          { cursor: 'NA', node: { name: 'V1-old' } },
        ],
        pageInfo: { hasNextPage: false, hasPreviousPage: true },
      },
      last: { nodes: [{ name: 'v3' }] },
      counted: { totalCount: 2 },
      tag: { name: 'v1', target: { name: 'v1', target: { oid: tagSha('v1', 1) } } },
      branch: { prefix: 'refs/heads/' },
      none: null,
      defaultBranchRef: { name: 'main', target: { oid: sha(1) } },
    },
  })
})

test('a query GitHub would refuse is refused, before anything is looked up', async () => {
  expect(await ask('query Q { a: repository(owner: "octo", name: "tool") { nope } }')).toEqual({
    errors: [
      {
        path: ['query Q', 'a', 'nope'],
        extensions: { code: 'undefinedField', typeName: 'Repository', fieldName: 'nope' },
        locations: [{ line: 1, column: 56 }],
        message: "Field 'nope' doesn't exist on type 'Repository'",
      },
    ],
  })
  const broken = await ask('{ repository(')
  expect(broken.errors?.[0]).not.toHaveProperty('path')
  expect(broken).not.toHaveProperty('data')
  const unset = await ask('query($o: String!) { repository(owner: $o, name: "tool") { id } }')
  expect(unset.errors?.[0]).not.toHaveProperty('path')
})

test('a connection needs first or last, at most 100', async () => {
  expect(await ask(tagNames(''))).toMatchObject({
    data: { a: { refs: null } },
    errors: [{ type: 'MISSING_PAGINATION_BOUNDARIES', path: ['a', 'refs'] }],
  })
  expect(await ask(tagNames(', first: 101'))).toMatchObject({
    errors: [{ type: 'EXCESSIVE_PAGINATION', message: expect.stringContaining('101 records') }],
  })
})

function tagNames(args: string): string {
  const refs = `refs(refPrefix: "refs/tags/"${args}) { nodes { name } }`
  return `{ a: repository(owner: "octo", name: "tool") { ${refs} } }`
}

test('a query of more than 500,000 possible nodes is refused as a whole', async () => {
  const nested = `refs(refPrefix: "refs/heads/", first: 100) { nodes { associatedPullRequests(first: $n) {
    nodes { labels(first: 100) { nodes { name } } } } } }`
  const query = `query($n: Int = 100) { a: repository(owner: "octo", name: "tool") { ...F } }
    fragment F on Repository { ${nested} }`
  expect(await ask(query)).toEqual({
    errors: [
      {
        type: 'MAX_NODE_LIMIT_EXCEEDED',
        message:
          'This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.',
      },
    ],
  })
  const fewer = await ask(query, { n: 10 })
  expect(fewer.errors?.[0]).not.toHaveProperty('type', 'MAX_NODE_LIMIT_EXCEEDED')
})

test('a query costs points, which the headers and rateLimit tell', async () => {
  const refs = 'refs(refPrefix: "refs/tags/", first: 1) { totalCount }'
  const aliases = Array.from({ length: 200 }, (_, n) => `r${n}: ${refs}`).join(' ')
  const { headers, text } = await post(
    `{ repository(owner: "octo", name: "tool") { ${aliases} } rateLimit { cost limit remaining } }`,
  )
  const remaining = Number(headers.get('x-ratelimit-remaining'))
  expect(headers.get('x-ratelimit-resource')).toBe('graphql')
  expect(JSON.parse(text).data.rateLimit).toEqual({ cost: 2, limit: 5000, remaining })
})

test('no token and a wrong token are 401, worded apart', async () => {
  const query = '{ rateLimit { cost } }'
  const none = await post(query, {}, '')
  expect(none.status).toBe(401)
  expect(none.text).toContain('This endpoint requires you to be authenticated.')
  const wrong = await post(query, {}, 'wrong')
  expect(wrong.status).toBe(401)
  expect(JSON.parse(wrong.text)).toMatchObject({ message: 'Bad credentials' })
})

test('a field that GitHub has and we do not is an error that says so', async () => {
  const answer = await ask('{ repository(owner: "octo", name: "tool") { stargazerCount } }')
  expect(answer.errors).toMatchObject([
    { message: 'The local GitHub does not imitate Repository.stargazerCount' },
  ])
})

test('an exhausted quota is an error of the whole query', async () => {
  const poor = await startGitHub({ worlds: [], limits: { graphql: 0 } })
  const response = await fetch(poor.env['GITHUB_GRAPHQL_URL'] ?? '', {
    method: 'POST',
    headers: { authorization: `bearer ${poor.token}` },
    body: JSON.stringify({ query: '{ viewer { login } }' }),
  })
  expect(await response.json()).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] })
  await poor.close()
})
