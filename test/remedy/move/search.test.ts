import { expect, test } from 'vitest'
import type { RemoteReference } from '../../../src/domain/reference.ts'
import type { Mover, MoveTarget } from '../../../src/remedy/move/move.ts'
import {
  findTargets,
  passOver,
  startMoveSearch,
  type MoveSearch,
} from '../../../src/remedy/move/search.ts'
import type { CommitDates } from '../../../src/resolve/connection.ts'
import { locate } from '../../../src/yaml/locate.ts'
import { commit } from '../../support/known-refs.ts'

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 0, 100)
const cooldown = { cooldown: 3 * DAY, now: NOW }

const mover = moverOf(`acme/tool@${commit(0)}`)

function moverOf(uses: string): Mover {
  const located = locate(`runs:\n  steps:\n    - uses: ${uses}\n`)
  const site = located.kind === 'located' ? located.sites[0] : undefined
  const reference = site?.reference
  if (site === undefined || typeof reference !== 'object' || !('ref' in reference))
    throw new Error('not a reference')
  const remote: RemoteReference = reference
  const sites = [{ file: 'action.yml', site, reference: remote }] as const
  return { owner: 'acme', repo: 'tool', from: { commit: commit(0), label: 'v1.0.0' }, sites }
}

/** Targets, the newest first. */
function targets(count: number): MoveTarget[] {
  return Array.from({ length: count }, (_, n) => {
    return { commit: commit(count - n), label: `v1.${count - n}.0`, isNewMajor: false }
  })
}

/** A host that tells ages in days, by the number of a commit, and what it was asked. */
function host(ageOf: (n: number) => number | string) {
  const asked: number[] = []
  const numbers = new Map(Array.from({ length: 300 }, (_, n) => [commit(n), n] as const))
  const github: CommitDates = {
    readDates: (commits) => {
      asked.push(commits.length)
      return Promise.resolve({
        kind: 'dates',
        of: (at) => {
          const age = ageOf(numbers.get(at.commit) ?? 0)
          return typeof age === 'string' ? age : NOW - age * DAY
        },
      })
    },
  }
  return { github, asked }
}

async function search(ageOf: (n: number) => number | string, count: number, rules = cooldown) {
  const { github, asked } = host(ageOf)
  const found = await findTargets([startMoveSearch(mover, targets(count))], github, rules)
  if ('kind' in found) throw new Error(found.detail)
  return { asked, search: found[0], github }
}

const labelOf = (found: MoveSearch | undefined): string | undefined =>
  found?.kind === 'found' ? found.target.label : undefined

test('the newest alone is asked for its age, where that is enough', async () => {
  const { asked, search: found } = await search(() => 3, 50)
  expect([labelOf(found), asked]).toEqual(['v1.50.0', [1]])
  expect(found?.sought.passed).toBeUndefined()
})

test('more and more at once, where they are young; the newest of those is told', async () => {
  const { asked, search: found } = await search((n) => (n > 20 ? 2.9 : 3), 50)
  expect([labelOf(found), asked]).toEqual(['v1.20.0', [1, 4, 20, 25]])
  expect(found?.sought.passed).toMatchObject({
    target: { label: 'v1.50.0', date: NOW - 2.9 * DAY },
    reason: { kind: 'too-young' },
  })
})

test('no more than a hundred', async () => {
  const { asked, search: found } = await search(() => 1, 250)
  expect([found?.kind, asked]).toEqual(['exhausted', [1, 4, 20, 75]])
  const many = await search(() => 1, 100)
  expect([many.search?.kind, many.asked]).toEqual(['exhausted', [1, 4, 20, 75]])
})

test('one that tells no age stands in the way, unless age does not matter', async () => {
  const { search: found } = await search((n) => (n === 9 ? 'the host was busy' : 1), 10)
  expect(found).toMatchObject({ kind: 'exhausted' })
  expect(found?.sought.passed).toMatchObject({ target: { label: 'v1.10.0' } })
  const ageless = await search(() => 'the host was busy', 10)
  expect(ageless.search?.sought.passed).toMatchObject({
    target: { label: 'v1.10.0', date: undefined },
    reason: { kind: 'no-date', detail: 'the host was busy' },
  })
  const anyAge = await search(() => 'the host was busy', 10, { cooldown: 0, now: NOW })
  expect(anyAge.search).toMatchObject({
    kind: 'found',
    target: { label: 'v1.10.0', date: undefined },
  })
})

test('what is passed over is followed by the next that is old enough', async () => {
  const { search: found, github } = await search((n) => (n === 8 ? 1 : 9), 10)
  const labels: (string | undefined)[] = []
  for (let open = found; open?.kind === 'found';) {
    labels.push(open.target.label)
    const next = await findTargets([passOver(open)], github, cooldown)
    open = 'kind' in next ? undefined : next[0]
  }
  expect(labels).toEqual([10, 9, 7, 6, 5, 4, 3, 2, 1].map((n) => `v1.${n}.0`))
})
