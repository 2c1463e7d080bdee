import { expect, test } from 'vitest'
import type { FoundObject } from '../../src/github/graphql/answer.ts'
import { gatherFacts } from '../../src/github/repository-facts.ts'
import { createTagHorizon } from '../../src/github/tag-horizon.ts'
import { sha, tagSha } from '../support/github/worlds.ts'
import { commitSha, question } from './support/ports.ts'

const light = (date: number): FoundObject => object(false, date, undefined)
const annotated = (date: number, taggedAt?: number): FoundObject => object(true, date, taggedAt)

test.each<[string, readonly FoundObject[], number | undefined, boolean]>([
  ['younger than the last', [light(9), light(5)], 6, false],
  ['as old as the last', [light(9), light(5)], 5, true],
  ['older than the last', [light(9), light(5)], 4, true],
  ['of unknown age', [light(9), light(5)], undefined, true],
  ['after an old commit that was tagged late', [light(9), annotated(2, 8)], 6, true],
  ['as old as that tag', [light(9), annotated(2, 8)], 8, true],
  ['younger than that tag', [light(9), annotated(2, 8)], 9, false],
  ['after tags of unknown age', [annotated(5), annotated(4)], 99, true],
  ['with a lightweight tag among them', [annotated(5), light(4)], 6, false],
  ['in an empty list that goes on', [], 99, true],
])('a cut list may hide a commit or not: %s', (_, listed, date, hides) => {
  const horizon = createTagHorizon()
  horizon.take({ prefix: 'v1.', after: undefined }, listed, 'cursor')
  expect(horizon.mayHide(date)).toBe(hides)
})

test('complete lists hide nothing, and a complete list of all makes up for cut ones', () => {
  const horizon = createTagHorizon()
  horizon.take({ prefix: 'v1.', after: undefined }, [light(5)], undefined)
  expect(horizon.mayHide(1)).toBe(false)
  horizon.take({ prefix: 'v2.', after: undefined }, [light(5)], 'cursor')
  expect(horizon.mayHide(1)).toBe(true)
  horizon.take({ prefix: undefined, after: undefined }, [light(5)], undefined)
  expect(horizon.mayHide(1)).toBe(false)
  expect(createTagHorizon().mayHide(undefined)).toBe(false)
})

test('a tag whose chain ends in nothing makes its repository broken, not the tag missing', () => {
  const facts = gatherFacts(question('acme/tool', { names: ['v1'] }))
  const [name] = question('acme/tool', { names: ['v1'] }).names
  const oid = commitSha(tagSha('v1', 5))
  const end = { kind: 'deeper', oid } as const
  const tags = name === undefined ? [] : ([[name, { ...light(1), end }]] as const)
  const none = { tags: [], branches: [], objects: [], lists: [], manifests: [] }
  const unasked = { isArchived: false, defaultBranch: undefined }
  const empty = { nameWithOwner: 'acme/tool', isPublic: true, ...unasked, ...none }
  facts.take({ ...empty, tags })
  expect(facts.next()).toMatchObject([{ oids: [oid] }])
  facts.take({ ...empty, objects: [[oid, undefined]] })
  expect(facts.refs().kind).toBe('broken')
})

function object(isTag: boolean, date: number, taggedAt: number | undefined): FoundObject {
  const end = { kind: 'commit', commit: commitSha(sha(date)), date } as const
  return { oid: sha(date), isTag, taggedAt, end }
}
