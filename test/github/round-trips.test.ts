import { afterEach, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, type World } from '../support/github/worlds.ts'
import { answersOf, commitSha, portTo, question } from './support/ports.ts'

let github: LocalGitHub
afterEach(() => github.close())

const many = (count: number): World[] =>
  Array.from({ length: count }, (_, n) => makeWorld(`acme/tool-${n}`, { tags: { v1: n } }))

test.each([1, 20, 21, 50])('%i references are ⌈n/20⌉ GraphQL requests at once', async (count) => {
  github = await startGitHub({ worlds: many(count), rounds: true })
  const port = await portTo(github, 'api')
  const asked = many(count).map(({ owner, name }) =>
    question(`${owner}/${name}`, { names: ['v1'] }),
  )
  const answers = answersOf(await port.lookUp(asked))
  expect([...answers.values()].every(({ kind }) => kind === 'refs')).toBe(true)
  expect(github.requests.count()).toBe(Math.ceil(count / 20))
  expect(github.requests.count('graphql')).toBe(Math.ceil(count / 20))
  expect(github.requests.rounds()).toBe(1)
})

test('a repository with more than 20 references is cut', async () => {
  const names = Array.from({ length: 45 }, (_, n) => `v${n}`)
  const tags = Object.fromEntries(names.map((name, n) => [name, n]))
  github = await startGitHub({ worlds: [makeWorld('acme/tool', { tags })] })
  const port = await portTo(github, 'api')
  const shas = [sha(1), sha(2)]
  const refs = answersOf(await port.lookUp([question('acme/tool', { names, shas })])).get(
    'acme/tool',
  )
  expect(refs?.kind === 'refs' && refs.tags.size).toBe(45)
  expect(github.requests.count()).toBe(3)
})

test('awkward sizes fit too, and a label counts with its pin', async () => {
  const tags = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`v1.0.${n}`, n]))
  const names = Object.keys(tags)
  const worlds = ['a', 'b', 'c', 'd'].map((name) => makeWorld(`acme/${name}`, { tags }))
  github = await startGitHub({ worlds })
  const port = await portTo(github, 'api')
  const shas = names.map((_, n) => sha(n))
  const asked = worlds.map(({ name }) => question(`acme/${name}`, { names, shas }))
  const answers = answersOf(await port.lookUp(asked))
  expect([...answers.values()].map((refs) => refs.kind === 'refs' && refs.tags.size)).toEqual([
    11, 11, 11, 11,
  ])
  expect(github.requests.count()).toBe(3) // 44 references
})

test('git asks each repository once', async () => {
  github = await startGitHub({ worlds: many(30), rounds: true })
  const port = await portTo(github, 'git')
  const asked = many(30).map(({ owner, name }) =>
    question(`${owner}/${name}`, {
      names: ['v1', 'main'],
      shas: [sha(1)],
      tags: { kind: 'newest', prefixes: ['v1.'] },
    }),
  )
  expect(answersOf(await port.lookUp(asked)).size).toBe(30)
  expect(github.requests.count()).toBe(30)
  expect(github.requests.count('git')).toBe(30)
  expect(new Set(github.requests.all().map(({ path }) => path)).size).toBe(30)
  expect(github.requests.rounds()).toBeLessThan(10)
})

test('a chain of tags deeper than the query reaches costs another round', async () => {
  type Nested = number | { readonly tag: Nested }
  const nest = (depth: number): Nested => (depth === 0 ? 7 : { tag: nest(depth - 1) })
  const tags = { four: nest(4), five: nest(5), eleven: nest(11) }
  github = await startGitHub({ worlds: [makeWorld('acme/tool', { tags })] })
  const port = await portTo(github, 'api')
  const asked = question('acme/tool', { names: ['four', 'five', 'eleven'] })
  const refs = answersOf(await port.lookUp([asked])).get('acme/tool')
  if (refs?.kind !== 'refs') throw new Error('no refs')
  expect([...refs.tags]).toEqual(expect.arrayContaining(Object.keys(tags).map((t) => [t, sha(7)])))
  expect(github.requests.count()).toBe(3)
})

test('a list of all tags is read to its last page, and a cut one knows what it may lack', async () => {
  const names = Array.from({ length: 250 }, (_, n) => `v1.0.${n}`)
  const tags = Object.fromEntries(names.map((name, n) => [name, n + 1]))
  github = await startGitHub({
    worlds: [makeWorld('acme/tool', { tags, heads: { main: 500, old: 2 } })],
  })
  const port = await portTo(github, 'api')
  const ask = async (kind: 'all' | 'newest') => {
    github.requests.clear()
    const list = kind === 'all' ? { kind } : { kind, prefixes: [] }
    const asked = question('acme/tool', { names: ['main', 'old'], tags: list })
    const refs = answersOf(await port.lookUp([asked])).get('acme/tool')
    if (refs?.kind !== 'refs') throw new Error('no refs')
    return refs
  }
  const all = await ask('all')
  expect(all.tags.size).toBe(250)
  expect(all.mayHaveMoreTags(commitSha(sha(2)))).toBe(false)
  expect(github.requests.count()).toBe(3)

  const newest = await ask('newest')
  expect(github.requests.count()).toBe(1)
  expect(newest.tags.size).toBe(100)
  expect(newest.mayHaveMoreTags(commitSha(sha(500)))).toBe(false) // younger than the last listed
  expect(newest.mayHaveMoreTags(commitSha(sha(250)))).toBe(false) // listed
  expect(newest.mayHaveMoreTags(commitSha(sha(2)))).toBe(true) // older than all listed
  expect(newest.mayHaveMoreTags(commitSha(sha(777)))).toBe(true) // of unknown age
})
