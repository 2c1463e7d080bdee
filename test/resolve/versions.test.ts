import { expect, test } from 'vitest'
import { parseVersion, type Version } from '../../src/domain/version.ts'
import { mostExact } from '../../src/resolve/versions.ts'

function versions(...texts: readonly string[]): Version[] {
  return texts.flatMap((text) => parseVersion(text) ?? [])
}

test.each([
  [['v4', 'v4.2', 'v4.2.2'], 'v4.2.2'],
  [['v5', 'v4.2.2'], 'v4.2.2'],
  [['v4.9.0', 'v4.10.0'], 'v4.10.0'],
  [['v4.0.0-beta.2', 'v4.0.0-beta.10'], 'v4.0.0-beta.10'],
  [['v4.0.0-beta.2', 'v4.0.0'], 'v4.0.0'],
  [[], undefined],
])('of %j it is %s', (texts, expected) => {
  expect(mostExact(versions(...texts))?.text).toBe(expected)
  expect(mostExact(versions(...texts.toReversed()))?.text).toBe(expected)
})

test.each([
  'v1.0.0-beta.+x',
  'v1.0.0-.5',
  `v1.0.0-${'a.'.repeat(300)}a`,
  'v1.0.0-0.00',
  'v1.0.0--',
])('%j is a tag too, though no semantic version', (text) => {
  expect(mostExact(versions('v0.9.0', text, 'v1.0.0'))?.text).toBe('v1.0.0')
})
