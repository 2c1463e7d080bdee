import { afterEach, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, type World } from '../support/github/worlds.ts'
import { answersOf, manifest, portTo, question, refsOf } from './support/ports.ts'

let github: LocalGitHub
afterEach(() => github.close())

const many = (count: number): World[] =>
  Array.from({ length: count }, (_, n) =>
    makeWorld(`acme/tool-${n}`, {
      tags: { v1: { tag: n } },
      manifests: { [n]: { 'action.yml': `name: ${n}\n` } },
    }),
  )

test.each([1, 20, 21, 50])('%i references with manifests are ⌈n/20⌉ requests', async (count) => {
  github = await startGitHub({ worlds: many(count), rounds: true })
  const port = await portTo(github, 'api')
  const asked = many(count).map(({ owner, name }, n) =>
    question(`${owner}/${name}`, {
      names: ['v1'],
      manifests: [manifest(n % 2 === 0 ? 'v1' : sha(n))],
      tags: { kind: 'families', prefixes: ['v1.'] },
    }),
  )
  const answers = answersOf(await port.lookUp(asked))
  const texts = [...answers.values()].map(
    (refs) => refs.kind === 'refs' && [...refs.manifests.values()],
  )
  expect(texts).toEqual(
    texts.map((_, n) => [{ kind: 'text', file: 'action.yml', text: `name: ${n}\n` }]),
  )
  expect(github.requests.count()).toBe(Math.ceil(count / 20))
  expect(github.requests.rounds()).toBe(1)
})

test('each manifest of one ref counts, and the ref is asked for in each request', async () => {
  const paths = Array.from({ length: 45 }, (_, n) => `a${n}`)
  const files = Object.fromEntries(paths.map((path) => [`${path}/action.yml`, `${path}\n`]))
  const worlds = [makeWorld('acme/tool', { tags: { v1: 1 }, manifests: { 1: files } })]
  github = await startGitHub({ worlds })
  const port = await portTo(github, 'api')
  const manifests = paths.map((path) => manifest('v1', path))
  const refs = await refsOf(port, question('acme/tool', { names: ['v1'], manifests }))
  expect([...refs.manifests.values()].map(({ kind }) => kind)).toEqual(paths.map(() => 'text'))
  expect(github.requests.count()).toBe(3)
})

test('a manifest that is too long for GraphQL costs one request more', async () => {
  const text = 'x'.repeat(512_001)
  const manifests = { 1: { 'action.yml': text, 'fits/action.yml': text.slice(1) } }
  github = await startGitHub({ worlds: [makeWorld('acme/tool', { tags: { v1: 1 }, manifests })] })
  const port = await portTo(github, 'api')
  const asked = [manifest('v1'), manifest('v1', 'fits')]
  const refs = await refsOf(port, question('acme/tool', { manifests: asked }))
  expect([...refs.manifests.values()]).toMatchObject([{ text }, { text: text.slice(1) }])
  expect(github.requests.all().map(({ kind }) => kind)).toEqual(['graphql', 'rest'])
})

test('one that is too large for anybody costs none', async () => {
  const manifests = { 1: { 'action.yml': 'x'.repeat(5_000_001) } }
  github = await startGitHub({ worlds: [makeWorld('acme/tool', { tags: { v1: 1 }, manifests })] })
  const asked = question('acme/tool', { manifests: [manifest('v1')] })
  const refs = await refsOf(await portTo(github, 'api'), asked)
  expect([...refs.manifests.values()]).toMatchObject([{ kind: 'unreadable' }])
  expect(github.requests.count()).toBe(1)
})

test('git: the refs of all, then the manifests of all, side by side', async () => {
  github = await startGitHub({ worlds: many(12), rounds: true })
  const port = await portTo(github, 'git', { token: undefined })
  const asked = many(12).map(({ owner, name }) =>
    question(`${owner}/${name}`, { manifests: [manifest('v1')] }),
  )
  expect(answersOf(await port.lookUp(asked)).size).toBe(12)
  expect([github.requests.count('git'), github.requests.count('raw')]).toEqual([12, 12])
  expect(github.requests.rounds()).toBeLessThanOrEqual(2)
})
