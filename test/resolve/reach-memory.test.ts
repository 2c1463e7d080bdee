import { expect, test } from 'vitest'
import type { Reach, ReachQuestion } from '../../src/resolve/connection.ts'
import { withReachMemory } from '../../src/resolve/reach-memory.ts'
import { commit } from '../support/known-refs.ts'

const BRANCH: Reach = { by: { kind: 'branch' }, after: new Set(), apart: new Set() }

function about(n: number, more: Partial<ReachQuestion> = {}): ReachQuestion {
  return { owner: 'acme', repo: 'tool', commit: commit(n), tags: [], tip: 'none', ...more }
}

function remember() {
  const asked: ReachQuestion[][] = []
  const { findReach } = withReachMemory({
    findReach: (questions) => {
      asked.push([...questions])
      return Promise.resolve({ kind: 'reaches', of: () => BRANCH })
    },
  })
  return { asked, findReach }
}

test('a commit is asked about once, whatever the case of its repository', async () => {
  const { asked, findReach } = remember()
  await findReach([about(1, { tags: ['v1', 'v2'] })])
  const found = await findReach([about(1, { owner: 'ACME', tags: ['v2'] }), about(2)])
  expect(asked.slice(1)).toEqual([[about(2)]])
  expect(found.kind === 'reaches' && found.of(about(1)).by).toEqual({ kind: 'branch' })
})

test('but where more is asked of it', async () => {
  const { asked, findReach } = remember()
  await findReach([about(1, { tags: ['v1'] })])
  await findReach([about(1, { tags: ['v2'] })])
  await findReach([about(1, { tags: ['v2'], deep: true })])
  await findReach([about(1, { tags: ['v2'], deep: true, pulls: true })])
  expect(asked).toHaveLength(4)
})

test('what was not asked is not known, and a failure is not kept', async () => {
  const failure = { kind: 'network', host: 'example.com', detail: 'gone' } as const
  let fails = true
  const { findReach } = withReachMemory({
    findReach: () => Promise.resolve(fails ? failure : { kind: 'reaches', of: () => BRANCH }),
  })
  expect(await findReach([about(1)])).toEqual(failure)
  fails = false
  const found = await findReach([about(1)])
  if (found.kind !== 'reaches') throw new Error(found.kind)
  expect(found.of(about(1)).by.kind).toBe('branch')
  expect(found.of(about(2)).by.kind).toBe('undetermined')
})

test('who asks for less at the same time takes nothing away from who asks for more', async () => {
  const { findReach } = withReachMemory({
    findReach: async (questions) => {
      const [{ tags } = about(1)] = questions
      // The lesser question is answered last.
      for (let turn = tags.length; turn < 3; turn++) await Promise.resolve()
      return { kind: 'reaches', of: () => ({ ...BRANCH, after: new Set(tags) }) }
    },
  })
  const both = [about(1, { tags: ['v1'] }), about(1)].map((question) => findReach([question]))
  const [more] = await Promise.all(both)
  const again = await findReach([about(1, { tags: ['v1'] })])
  for (const found of [more, again])
    expect(found?.kind === 'reaches' && [...found.of(about(1)).after]).toEqual(['v1'])
})
