import { expect, test } from 'vitest'
import { mostSimilar } from '../../src/domain/similar.ts'

const WORDS = ['ignore', 'levels', 'owners', 'branches', 'images', 'cooldown', 'comments']

test.each([
  ['ignore', 'ignore'],
  ['Ignore', 'ignore'],
  ['ingore', 'ignore'],
  ['ignor', 'ignore'],
  ['ignored', 'ignore'],
  ['level', 'levels'],
  ['branch', 'branches'],
  ['cool-down', 'cooldown'],
  ['', undefined],
  ['x', undefined],
  ['verbosity', undefined],
  ['i'.repeat(10_000), undefined],
])('%s: %s', (word, expected) => {
  expect(mostSimilar(word, WORDS)).toBe(expected)
})

test('nothing is similar to nothing', () => {
  expect(mostSimilar('ignore', [])).toBeUndefined()
})
