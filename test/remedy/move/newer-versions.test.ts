import { describe, expect, test } from 'vitest'
import { parseCommitSha, type CommitSha } from '../../../src/domain/sha.ts'
import { parseVersion, type Version } from '../../../src/domain/version.ts'
import {
  isWithinLimit,
  prefixesOfNewer,
  versionsAfter,
} from '../../../src/remedy/move/newer-versions.ts'
import { sha } from '../../support/github/worlds.ts'

function version(text: string): Version {
  const parsed = parseVersion(text)
  if (parsed === undefined) throw new Error(`not a version: ${text}`)
  return parsed
}

function commit(n: number): CommitSha {
  const parsed = parseCommitSha(sha(n))
  if (parsed === undefined) throw new Error(`not a commit: ${n}`)
  return parsed
}

/** The names after one, the newest first; each tag is a commit of its own unless its commit is told. */
function after(current: string, ...tags: readonly (string | readonly [string, number])[]) {
  const named = tags.map((tag, n) => (typeof tag === 'string' ? ([tag, n] as const) : tag))
  const map = new Map(named.map(([name, n]) => [name, commit(n)]))
  return versionsAfter(version(current), map).map((release) => release.version.text)
}

describe('the versions after one', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'the newest first',
      'v1.2.0',
      ['v1.3.0', 'v1.10.0', 'v2.0.0'],
      ['v2.0.0', 'v1.10.0', 'v1.3.0'],
    ],
    ['none before it, and not itself', 'v1.2.0', ['v1.1.9', 'v1.2.0'], []],
    ['of its family alone', 'v1.0.0', ['cli/v2.0.0', 'bundle-v3.0.0', '2.0.0'], []],
    ['in a family of its own', 'cli/v1.0.0', ['v2.0.0', 'cli/v1.1.0'], ['cli/v1.1.0']],
    ['with a v where there was none', '1.0.0', ['1.1.0', 'v1.2.0'], ['v1.2.0', '1.1.0']],
    ['never a tag that moves', 'v1.0.0', ['v2', 'v2.0', 'v2.0.1'], ['v2.0.1']],
    ['short ones where there is no more', 'v1', ['v2', 'v3'], ['v3', 'v2']],
    ['nothing within what is not exact', 'v1', ['v1.2.0', 'v2.0.0'], ['v2.0.0']],
    ['no pre-release', 'v1.0.0', ['v2.0.0-rc.1'], []],
    [
      'pre-releases of its kind, and releases',
      'v2.0.0-rc.1',
      ['v2.0.0-rc.2', 'v2.0.0-beta.3', 'v2.0.0'],
      ['v2.0.0', 'v2.0.0-rc.2'],
    ],
    ['with what is attached', 'v2.0.0-rc1', ['v2.0.0-rc2'], ['v2.0.0-rc2']],
    [
      'variants of its kind alone',
      'v1.0.0-node16',
      ['v2.0.0', 'v2.0.0-node20', 'v2.1.0-node16'],
      ['v2.1.0-node16'],
    ],
    ['nothing that cannot be a label', 'v1.0.0', ['acme/kit@v2.0.0', 'v2.0.0 '], []],
  ])('%s', (_, current, tags, expected) => {
    expect(after(current, ...tags)).toEqual(expected)
  })

  test('each commit once, by its highest name', () => {
    expect(after('v1.0.0', ['v1.1.0', 1], ['v1.2.0', 1], ['v1.1.1', 2])).toEqual([
      'v1.2.0',
      'v1.1.1',
    ])
    expect(after('1.0.0', ['v1.1.0', 1], ['1.1.0', 1])).toEqual(['1.1.0'])
  })
})

test.each([
  ['v1.2.3', { patch: true, minor: true, major: true }],
  ['v1.3.0', { patch: false, minor: true, major: true }],
  ['v2.0.0', { patch: false, minor: false, major: true }],
])('whether %s is within the limits of v1.2.0', (text, limits) => {
  const isWithin = (limit: 'patch' | 'minor' | 'major'): boolean =>
    isWithinLimit(version(text), version('v1.2.0'), limit)
  expect({ patch: isWithin('patch'), minor: isWithin('minor'), major: isWithin('major') }).toEqual(
    limits,
  )
})

test('a limit that nothing is known for is kept', () => {
  expect(isWithinLimit(version('v2'), version('v1'), 'patch')).toBe(false)
  expect(isWithinLimit(version('v1.3.0'), version('v1'), 'patch')).toBe(false)
})

test.each([
  ['v1.2.3', 'minor', ['v1.']],
  ['v1.2.3', 'patch', ['v1.2.']],
  ['v1', 'patch', ['v1.']],
  ['1.2.3', 'minor', ['1.', 'v1.']],
  ['cli/v1.2.3', 'minor', ['cli/v1.']],
  ['v1.2.3', 'major', undefined],
] as const)('what may begin newer names than %s, to %s', (text, limit, expected) => {
  expect(prefixesOfNewer(version(text), limit)).toEqual(expected)
})
