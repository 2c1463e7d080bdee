import { expect, test } from 'vitest'
import { massOfTags } from '../../src/check/mass-move.ts'
import { commit, knownRefs } from '../support/known-refs.ts'

function mass(...names: readonly string[]): readonly string[] | undefined {
  const tags = Object.fromEntries(names.map((name) => [name, 1]))
  return massOfTags(commit(1), knownRefs({ tags: { ...tags, 'v9.9.9': 2, v9: 2 } }))
}

test('five full versions of more than one minor, in an order of their own', () => {
  expect(mass('v2.0.0', 'v1.0.0', 'v1.1.0', 'v1.1.1', 'v1.2.0')).toEqual([
    'v1.0.0',
    'v1.1.0',
    'v1.1.1',
    'v1.2.0',
    'v2.0.0',
  ])
})

test.each([
  ['four', ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0']],
  ['patches of one minor', ['v1.0.0', 'v1.0.1', 'v1.0.2', 'v1.0.3', 'v1.0.4']],
  ['moving tags', ['v1', 'v1.1', 'v2', 'v2.1', 'v3', 'latest']],
  ['packages of one repository', ['a/v1.0.0', 'b/v1.1.0', 'c/v1.2.0', 'd/v1.3.0', 'e/v1.4.0']],
  [
    'one version and its candidates',
    ['v1.0.0', 'v1.0.0-rc.1', 'v1.0.0-rc.2', 'v1.0.0-rc.3', 'v1.1.0'],
  ],
])('%s are none', (_, names) => {
  expect(mass(...names)).toBeUndefined()
})
