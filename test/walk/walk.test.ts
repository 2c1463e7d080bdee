import { afterEach, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha, type World } from '../support/github/worlds.ts'
import { CI, composite, walkFrom, workflow } from './support.ts'

let github: LocalGitHub
afterEach(() => github.close())

const LEAF = 'runs: { using: node20, main: index.js }\n'
const action = (name: string, text: string, n = 1, file = 'action.yml'): World =>
  makeWorld(name, { tags: { v1: n }, manifests: { [n]: { [file]: text } } })
const pin = (name: string, n = 1): string => `${name}@${sha(n)}`

async function start(...worlds: readonly World[]): Promise<void> {
  github = await startGitHub({ worlds })
}

describe.each(['api', 'git'] as const)('by %s', (how) => {
  test('a tree that is pinned to its leaves passes', async () => {
    await start(
      action('a/top', composite(pin('a/middle'), './local')),
      action('a/middle', composite(pin('a/leaf')), 1, 'action.yaml'),
      action('a/leaf', LEAF),
    )
    const files = { [CI]: workflow([pin('a/top')]), 'local/action.yml': composite(pin('a/leaf')) }
    const { verdict, graph } = await walkFrom(github, files, how)
    expect(verdict).toEqual({ kind: 'passes', blocked: [], unknown: [] })
    expect([...graph.nodes.keys()].toSorted()).toEqual(
      [
        CI,
        'local/action.yml',
        ...['a/leaf', 'a/middle', 'a/top'].map((name) => pin(name)),
      ].toSorted(),
    )
  })

  test('an unpinned reference is blamed with every chain that leads to it', async () => {
    await start(
      action('a/one', composite(pin('a/shared'))),
      action('a/two', composite(pin('a/shared'))),
      action('a/shared', composite('a/leaf@v1')),
      action('a/leaf', LEAF),
    )
    const { verdict, chains } = await walkFrom(
      github,
      { [CI]: workflow([pin('a/one'), pin('a/two'), 'a/leaf@v1']) },
      how,
    )
    expect(verdict.kind).toBe('blocked')
    expect(chains).toEqual([
      [CI, pin('a/one'), pin('a/shared'), 'a/leaf@v1'],
      [CI, pin('a/two'), pin('a/shared'), 'a/leaf@v1'],
      [CI, 'a/leaf@v1'],
    ])
  })

  test('below an unpinned reference the walk goes on', async () => {
    await start(action('a/top', composite('a/leaf@v1')), action('a/leaf', LEAF))
    const { chains } = await walkFrom(github, { [CI]: workflow(['a/top@v1']) }, how)
    expect(chains).toEqual([
      [CI, 'a/top@v1'],
      [CI, 'a/top@v1', 'a/leaf@v1'],
    ])
  })

  test.each<[string, World[], string]>([
    ['a repository that is not there', [], pin('a/none')],
    ['a private one', [makeWorld('a/secret', { tags: { v1: 1 }, hidden: true })], pin('a/secret')],
    [
      'a commit without a manifest',
      [makeWorld('a/empty', { tags: { v1: 1 }, manifests: {} })],
      pin('a/empty'),
    ],
    ['a manifest that is not YAML', [action('a/bad', 'runs: [\n')], pin('a/bad')],
    ['a manifest that is none', [action('a/bad', 'name: x\n')], pin('a/bad')],
    ['a reference that is not understood', [action('a/odd', composite('a/b@v1@x'))], pin('a/odd')],
    [
      'a place in the workspace where nothing is',
      [action('a/lost', composite('./nowhere'))],
      pin('a/lost'),
    ],
  ])('unknown, never passed: %s', async (_, worlds, uses) => {
    await start(...worlds)
    const { verdict, unknown } = await walkFrom(github, { [CI]: workflow([uses]) }, how)
    expect(verdict.kind).toBe('unknown')
    expect(unknown).toHaveLength(1)
    expect(unknown[0]?.slice(0, 2)).toEqual([CI, uses])
  })

  test('what is blocked outranks what is unknown', async () => {
    await start()
    const { verdict } = await walkFrom(
      github,
      { [CI]: workflow([pin('a/none'), 'a/none@v1']) },
      how,
    )
    expect(verdict.kind).toBe('blocked')
    expect(verdict.unknown).toHaveLength(1)
  })

  test('Dockerfiles, images and descriptions are no references', async () => {
    const text = `description: "- uses: 'a/b@v1'"\nruns: { using: docker, image: 'docker://alpine:3' }\n`
    await start(
      makeWorld('a/file', { tags: { v1: 1 }, manifests: {}, dockerfiles: { 1: ['Dockerfile'] } }),
      action('a/image', text),
    )
    const steps = [pin('a/file'), pin('a/image'), 'docker://alpine:3']
    const { verdict } = await walkFrom(github, { [CI]: workflow(steps) }, how)
    expect(verdict.kind).toBe('passes')
  })
})

test('cycles end: two actions that use each other, and one that uses itself', async () => {
  await start(
    action('a/one', composite('a/two@v1')),
    action('a/two', composite('a/one@v1')),
    action('a/self', composite('a/self@v1')),
  )
  const { chains, graph } = await walkFrom(github, {
    [CI]: workflow([pin('a/one'), pin('a/self')]),
  })
  expect(graph.nodes.size).toBe(4)
  expect(chains).toEqual([
    [CI, pin('a/one'), 'a/two@v1'],
    [CI, pin('a/one'), 'a/two@v1', 'a/one@v1'],
    [CI, pin('a/self'), 'a/self@v1'],
  ])
})

test('ten levels are walked, the eleventh is not', async () => {
  const chain = (depth: number): World[] =>
    Array.from({ length: depth }, (_, n) =>
      action(`a/level${n + 1}`, n + 1 === depth ? LEAF : composite(pin(`a/level${n + 2}`))),
    )
  await start(...chain(11))
  const deep = await walkFrom(github, { [CI]: workflow([pin('a/level1')]) })
  expect(deep.verdict.unknown[0]?.reason).toEqual({ kind: 'too-deep' })
  const shallow = await walkFrom(github, { [CI]: workflow([pin('a/level2')]) })
  expect(shallow.verdict.kind).toBe('passes')
})

test('a level costs one round trip, and each manifest is read once', async () => {
  const wide = Array.from({ length: 12 }, (_, n) =>
    action(`a/wide${n}`, composite(pin('a/shared'), pin(`b/leaf${n}`))),
  )
  const leaves = Array.from({ length: 12 }, (_, n) => action(`b/leaf${n}`, LEAF))
  github = await startGitHub({
    worlds: [...wide, ...leaves, action('a/shared', LEAF)],
    rounds: true,
  })
  await walkFrom(github, { [CI]: workflow(wide.map(({ name }) => pin(`a/${name}`))) })
  expect(github.requests.count()).toBe(2)
  expect(github.requests.rounds()).toBe(2)
})

test('called workflows: by tag exempt, by branch open, and their own jobs and steps count', async () => {
  const called = '.github/workflows/called.yml'
  const inner = '.github/workflows/inner.yml'
  const manifests = {
    [called]: workflow(['a/leaf@v1'], [`./${inner}`]),
    [inner]: workflow([pin('a/leaf')]),
  }
  await start(
    makeWorld('a/flows', { tags: { v1: 1 }, heads: { main: 1 }, manifests: { 1: manifests } }),
    action('a/leaf', LEAF),
  )
  const at = (ref: string): string => `a/flows/${called}@${ref}`
  const { chains, unknown, graph } = await walkFrom(github, {
    [CI]: workflow([], [at('v1'), at('main')]),
  })
  expect(chains).toEqual([
    [CI, at('v1'), 'a/leaf@v1'],
    [CI, at('main'), 'a/leaf@v1'],
  ])
  expect(unknown).toEqual([[CI, at('main')]])
  expect([...graph.nodes.keys()]).toContain(`a/flows/${inner}@${sha(1)}`)
})

test('$/ is the repository of the file, ./ the workspace', async () => {
  const manifests = { 'top/action.yml': composite('$/inner', './inner'), 'inner/action.yml': LEAF }
  await start(makeWorld('a/mono', { tags: { v1: 1 }, manifests: { 1: manifests } }))
  const files = {
    [CI]: workflow([pin('a/mono/top'), '$/inner']),
    'inner/action.yml': composite('x/y@v1'),
  }
  const { chains, graph } = await walkFrom(github, files)
  expect([...graph.nodes.keys()]).toEqual(
    expect.arrayContaining([pin('a/mono/inner'), 'inner/action.yml']),
  )
  expect(chains).toEqual([
    [CI, pin('a/mono/top'), './inner', 'x/y@v1'],
    [CI, '$/inner', 'x/y@v1'],
  ])
})

test('shortened SHAs block; the id of a tag leads to its commit', async () => {
  await start(
    makeWorld('a/tool', { tags: { v1: { tag: 1 } }, manifests: { 1: { 'action.yml': LEAF } } }),
  )
  const short = `a/tool@${sha(1).slice(0, 8)}`
  expect((await walkFrom(github, { [CI]: workflow([short]) })).chains).toEqual([[CI, short]])
  const tagged = await walkFrom(github, { [CI]: workflow([`a/tool@${tagSha('v1')}`]) })
  expect(tagged.verdict.kind).not.toBe('blocked')
})

test('a repository renamed between levels, CRLF manifests, and one of two megabytes', async () => {
  const large = `${composite(pin('a/leaf'))}# ${'x'.repeat(2_000_000)}\n`
  await start(
    action('a/top', composite(pin('old/name'), pin('a/large')).replaceAll('\n', '\r\n')),
    makeWorld('new/name', {
      renamedFrom: ['old/name'],
      tags: { v1: 1 },
      manifests: { 1: { 'action.yml': LEAF } },
    }),
    action('a/large', large),
    action('a/leaf', LEAF),
  )
  const { verdict } = await walkFrom(github, { [CI]: workflow([pin('a/top')]) })
  expect(verdict).toEqual({ kind: 'passes', blocked: [], unknown: [] })
})

test('a graph with more paths than anybody could list is judged all the same', async () => {
  const level = (n: number): World =>
    action(
      `a/level${n}`,
      n === 9
        ? composite('x/y@v1')
        : composite(...Array.from({ length: 9 }, () => pin(`a/level${n + 1}`))),
    )
  await start(...Array.from({ length: 9 }, (_, n) => level(n + 1)))
  const { verdict } = await walkFrom(github, { [CI]: workflow([pin('a/level1')]) })
  expect(verdict.kind).toBe('blocked')
  expect(verdict.blocked.length).toBeLessThanOrEqual(10_000)
})
