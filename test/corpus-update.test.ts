import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { CI, workflow } from './support/check.ts'
import { corpusNeeded, loadCorpus } from './support/corpus.ts'
import { startGitHub } from './support/github/server.ts'
import type { World } from './support/github/worlds.ts'
import { movesIn, updateAs, updateFiles, type ReportedMove } from './support/update.ts'

const { isReady, worlds, apps, textsOf } = await loadCorpus()
const plenty = { anonymous: 1e6, core: 1e6, graphql: 1e6 }
const github = await startGitHub({ worlds, limits: plenty })
afterAll(() => github.close())
beforeEach(() => github.requests.clear())

test.skipIf(isReady)(`updates of real repositories: ${corpusNeeded}`, () => {
  expect(apps).toEqual([])
})

describe.skipIf(!isReady)('updates of real repositories', { timeout: 120_000 }, () => {
  test.each(apps)('%s: with a token and without, and a second time nothing', async (app) => {
    const { moves, held } = await updateFiles(github, textsOf(app))
    expect(held.filter(({ reason }) => reason === 'no-date')).toEqual([])
    for (const move of moves) expectNewest(move, held)
  })

  test('every version of an action moves to the newest of its major version, or is held back', async () => {
    const [owner, name] = ['actions', 'checkout']
    const world = worlds.find((each) => each.owner === owner && each.name === name)
    const pins = plainTags(world).map(({ tag, commit }) => `${owner}/${name}@${commit} # ${tag}`)
    const files = { [CI]: workflow(...pins) }
    const { moves, held } = await updateAs(github, files, true)
    expect(movesIn({ moves }).length).toBeGreaterThan(10)
    for (const move of moves) expectNewest(move, held)
  })
})

interface PlainTag {
  readonly tag: string
  readonly commit: string
  readonly parts: readonly [number, number, number]
}

/** Holds a move from one full version to another against the recorded tags, read by other means. */
function expectNewest(move: ReportedMove, held: readonly ReportedMove[]): void {
  const [owner = '', repo = ''] = move.action.toLowerCase().split('/')
  const world = worlds.find(
    (each) => each.owner.toLowerCase() === owner && each.name.toLowerCase() === repo,
  )
  const tags = plainTags(world)
  const from = tags.find(({ tag }) => tag === move.from.label)
  const to = tags.find(({ tag }) => tag === move.to?.label)
  if (from === undefined || to === undefined) return
  expect([to.commit, from.commit]).toEqual([move.to?.commit, move.from.commit])
  const isOf = ({ parts }: PlainTag): boolean => parts[0] === from.parts[0]
  const newer = tags.filter((tag) => isOf(tag) && isAfter(tag, to) && tag.commit !== to.commit)
  const reasons = held.flatMap(({ action, to: target }) =>
    action === move.action && target !== undefined ? [target.label] : [],
  )
  expect([isOf(to), isAfter(to, from)]).toEqual([true, true])
  expect(newer.map(({ tag }) => tag).filter((tag) => !reasons.includes(tag))).toEqual([])
}

function plainTags(world: World | undefined): PlainTag[] {
  return Object.entries(world?.tags ?? {}).flatMap(([tag, { commit }]) => {
    const [, major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag) ?? []
    return major === undefined
      ? []
      : [{ tag, commit, parts: [Number(major), Number(minor), Number(patch)] as const }]
  })
}

function isAfter(a: PlainTag, b: PlainTag): boolean {
  const [first] = a.parts.flatMap((part, n) =>
    part === b.parts[n] ? [] : [part - (b.parts[n] ?? 0)],
  )
  return (first ?? 0) > 0
}
