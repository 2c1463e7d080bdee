import { afterEach, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, type World } from '../support/github/worlds.ts'
import { CI, composite, walkFrom, workflow, type WalkResult } from './support.ts'

let github: LocalGitHub
afterEach(() => github.close())

const TOP = `a/top@${sha(1)}`

/** Walks a workflow that uses one composite, which uses these. */
async function walkComposite(
  uses: readonly string[],
  worlds: readonly World[],
  how: 'api' | 'git',
): Promise<WalkResult> {
  const top = makeWorld('a/top', {
    tags: { v1: 1 },
    manifests: { 1: { 'action.yml': composite(...uses) } },
  })
  github = await startGitHub({ worlds: [top, ...worlds] })
  return walkFrom(github, { [CI]: workflow([TOP]) }, how)
}

/** The chains below the composite. */
function below(chains: WalkResult['chains']): (readonly string[])[] {
  return chains.map(([file, top, ...rest]) => {
    expect([file, top]).toEqual([CI, TOP])
    return rest
  })
}

// Shapes that real actions have, one level down from the repository that runs them.
describe.each(['api', 'git'] as const)('nested, by %s', (how) => {
  test('a tag and a branch of one name, different commits: unpinned, and what it runs is not guessed', async () => {
    const world = makeWorld('t/reporter', { heads: { main: 1, v1: 2 }, tags: { v1: 1 } })
    const { verdict, chains, graph } = await walkComposite(['t/reporter@v1'], [world], how)
    expect(verdict.kind).toBe('blocked')
    expect(below(chains)).toEqual([['t/reporter@v1']])
    const targets = [...graph.nodes.values()].flatMap(({ edges }) =>
      edges.map(({ target }) => target),
    )
    expect(targets).toContainEqual({
      kind: 'unknown',
      reason: {
        kind: 'unresolved',
        resolution: { kind: 'ambiguous', tag: sha(1), branch: sha(2) },
      },
    })
  })

  test('the same, pinned to either commit: pinned', async () => {
    const world = makeWorld('t/reporter', { heads: { main: 1, v1: 2 }, tags: { v1: 1 } })
    const uses = [`t/reporter@${sha(1)}`, `t/reporter@${sha(2)}`]
    const { verdict } = await walkComposite(uses, [world], how)
    expect(verdict.kind).toBe('passes')
  })

  test('a tag of a tag leads to the manifest at the commit', async () => {
    const world = makeWorld('g/actions', {
      tags: { v4: { tag: { tag: 3 } } },
      manifests: { 3: { 'setup/action.yml': composite('x/leaf@v1') } },
    })
    const leaf = makeWorld('x/leaf', { tags: { v1: 4 } })
    const { chains } = await walkComposite(['g/actions/setup@v4'], [world, leaf], how)
    expect(below(chains)).toEqual([['g/actions/setup@v4'], ['g/actions/setup@v4', 'x/leaf@v1']])
  })

  test('a branch as a version: unpinned, and walked at its tip', async () => {
    const world = makeWorld('d/toolchain', {
      heads: { main: 1, stable: 2 },
      manifests: { 2: { 'action.yml': composite('x/leaf@main') } },
    })
    const leaf = makeWorld('x/leaf', { heads: { main: 3 } })
    const { chains } = await walkComposite(['d/toolchain@stable'], [world, leaf], how)
    expect(below(chains)).toEqual([['d/toolchain@stable'], ['d/toolchain@stable', 'x/leaf@main']])
  })

  test('a tag that is the name of a tool: unpinned, and walked', async () => {
    const world = makeWorld('t/install', { tags: { nextest: 1, 'cargo-deny': 2 } })
    const { verdict, chains } = await walkComposite(['t/install@nextest'], [world], how)
    expect(verdict.unknown).toEqual([])
    expect(below(chains)).toEqual([['t/install@nextest']])
  })

  test('a commit that nothing of its repository reaches: pinned, as far as the policy looks', async () => {
    const world = makeWorld('q/setup', { tags: { v2: 1 }, unreachable: [7] })
    const { verdict } = await walkComposite([`q/setup@${sha(7)}`], [world], how)
    expect(verdict.kind).toBe('passes')
  })

  test('an action that became clean at a release: blocked before it, passed from it on', async () => {
    const world = makeWorld('u/artifact', {
      tags: { 'v3.0.0': 3, 'v4.0.0': 4 },
      manifests: {
        3: { 'action.yml': composite('x/upload@v4') },
        4: { 'action.yml': composite(`x/upload@${sha(5)}`) },
      },
    })
    const upload = makeWorld('x/upload', { tags: { v4: 5 } })
    const worlds = [world, upload]
    const before = await walkComposite([`u/artifact@${sha(3)}`], worlds, how)
    expect(below(before.chains)).toEqual([[`u/artifact@${sha(3)}`, 'x/upload@v4']])
    await github.close()
    const after = await walkComposite([`u/artifact@${sha(4)}`], worlds, how)
    expect(after.verdict.kind).toBe('passes')
  })

  test('an action of several in one repository that uses its sibling by $/ and another by a tag', async () => {
    const world = makeWorld('m/actions', {
      tags: { v1: 1 },
      manifests: {
        1: {
          'run/action.yml': composite('$/setup', 'm/actions/report@v1'),
          'setup/action.yml': composite('x/leaf@v1'),
          'report/action.yml': 'runs: { using: node20, main: index.js }\n',
        },
      },
    })
    const leaf = makeWorld('x/leaf', { tags: { v1: 4 } })
    const run = `m/actions/run@${sha(1)}`
    const { chains } = await walkComposite([run], [world, leaf], how)
    expect(below(chains)).toEqual([
      [run, '$/setup', 'x/leaf@v1'],
      [run, 'm/actions/report@v1'],
    ])
  })

  test('a private repository in the middle: unknown below it, and all else is still judged', async () => {
    const secret = makeWorld('s/secret', { tags: { v1: 1 }, hidden: true })
    const leaf = makeWorld('x/leaf', { tags: { v1: 4 } })
    const uses = [`s/secret@${sha(1)}`, 'x/leaf@v1']
    const { verdict, chains, unknown } = await walkComposite(uses, [secret, leaf], how)
    expect(verdict.kind).toBe('blocked')
    expect(below(chains)).toEqual([['x/leaf@v1']])
    expect(unknown).toEqual([[CI, TOP, `s/secret@${sha(1)}`]])
  })

  test('both names of a manifest: action.yml is the one that runs', async () => {
    const world = makeWorld('b/both', {
      tags: { v1: 1 },
      manifests: {
        1: {
          'action.yml': composite(`x/leaf@${sha(4)}`),
          'action.yaml': composite('x/leaf@v1'),
        },
      },
    })
    const leaf = makeWorld('x/leaf', { tags: { v1: 4 } })
    const { verdict } = await walkComposite([`b/both@${sha(1)}`], [world, leaf], how)
    expect(verdict.kind).toBe('passes')
  })

  test('quoted values, anchors and comments in a manifest of others', async () => {
    const text = `runs:
  using: "composite"
  steps:
    - uses: &leaf 'x/leaf@v1' # pin@v1
    - "uses": "x/leaf@${sha(4)}" # tag=v1
    - uses: *leaf
`
    const world = makeWorld('c/quoted', {
      tags: { v1: 1 },
      manifests: { 1: { 'action.yml': text } },
    })
    const leaf = makeWorld('x/leaf', { tags: { v1: 4 } })
    const { chains } = await walkComposite([`c/quoted@${sha(1)}`], [world, leaf], how)
    expect(new Set(below(chains).map((chain) => chain.join(' ')))).toEqual(
      new Set([`c/quoted@${sha(1)} x/leaf@v1`]),
    )
  })
})
