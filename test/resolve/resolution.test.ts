import { expect, test } from 'vitest'
import { parseRef } from '../../src/domain/ref.ts'
import { resolveRef, type Preference } from '../../src/resolve/resolution.ts'
import { commit, knownRefs } from '../support/known-refs.ts'

const refs = knownRefs({
  tags: { v1: 1, both: 3, same: 4, abcd: 5 },
  branches: { main: 2, both: 6, same: 4, V1: 7 },
  tagObjects: { [commit(100)]: 1 },
})

function resolve(text: string, prefer?: Preference): unknown {
  const ref = parseRef(text)
  if (typeof ref === 'string') throw new Error(ref)
  return resolveRef(ref, refs, prefer)
}

const ambiguous = { kind: 'ambiguous', tag: commit(3), branch: commit(6) }

test.each<[string, Preference, object]>([
  ['v1', undefined, { kind: 'commit', commit: commit(1), through: 'tag' }],
  ['V1', undefined, { kind: 'commit', commit: commit(7), through: 'branch' }],
  ['main', undefined, { kind: 'commit', commit: commit(2), through: 'branch' }],
  ['same', undefined, { kind: 'commit', commit: commit(4), through: 'tag' }],
  ['both', undefined, ambiguous],
  ['both', 'tag', { kind: 'commit', commit: commit(3), through: 'tag' }],
  ['both', 'branch', { kind: 'commit', commit: commit(6), through: 'branch' }],
  ['main', 'tag', { kind: 'commit', commit: commit(2), through: 'branch' }],
  ['refs/tags/both', undefined, { kind: 'commit', commit: commit(3), through: 'tag' }],
  ['refs/heads/both', undefined, { kind: 'commit', commit: commit(6), through: 'branch' }],
  ['refs/heads/v1', undefined, { kind: 'ref-not-found' }],
  ['refs/tags/main', undefined, { kind: 'ref-not-found' }],
  ['nope', undefined, { kind: 'ref-not-found' }],
  ['Main', undefined, { kind: 'ref-not-found' }],
  ['abcd', undefined, { kind: 'commit', commit: commit(5), through: 'tag' }],
  [commit(1).slice(0, 7), undefined, { kind: 'short-sha', tips: [commit(1)] }],
  [commit(1).slice(0, 7).toUpperCase(), undefined, { kind: 'short-sha', tips: [commit(1)] }],
  ['0000000', undefined, { kind: 'short-sha', tips: [] }],
  [`refs/heads/${commit(1).slice(0, 7)}`, undefined, { kind: 'ref-not-found' }],
  ['refs/tags/0000000', undefined, { kind: 'ref-not-found' }],
  [commit(50), undefined, { kind: 'commit', commit: commit(50), through: 'sha' }],
  [commit(50).toUpperCase(), undefined, { kind: 'commit', commit: commit(50), through: 'sha' }],
  [commit(100), undefined, { kind: 'tag-object', commit: commit(1) }],
  [commit(100).toUpperCase(), undefined, { kind: 'tag-object', commit: commit(1) }],
])('%s, preferring %s', (text, prefer, expected) => {
  expect(resolve(text, prefer)).toEqual(expected)
})
