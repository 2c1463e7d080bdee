import { describe, expect, test } from 'vitest'
import { parseVersion, type Version } from '../../../src/domain/version.ts'
import {
  currentVersion,
  isMassTagged,
  newerReleases,
} from '../../../src/remedy/release/newer-releases.ts'
import { commit, knownRefs } from '../../support/known-refs.ts'

type Tags = Readonly<Record<string, number>>

function version(text: string): Version {
  const read = parseVersion(text)
  if (read === undefined) throw new Error(`no version: ${text}`)
  return read
}

const newer = (from: string, at: number, tags: Tags): string[] =>
  newerReleases({ version: version(from), commit: commit(at) }, knownRefs({ tags }).tags).map(
    (release) => release.version.text,
  )

const current = (
  labels: readonly (string | undefined)[],
  at: number,
  tags: Tags,
  path = '',
): string | undefined => currentVersion(labels, commit(at), knownRefs({ tags }).tags, path)?.text

describe('the releases after a version', () => {
  test('are those of its major, ascending, then those of later majors', () => {
    const tags = { 'v3.0.0': 30, 'v2.10.0': 22, 'v2.0.0': 20, 'v2.9.0': 21, 'v1.9.0': 19, v2: 22 }
    expect(newer('v2.0.0', 20, tags)).toEqual(['v2.9.0', 'v2.10.0', 'v3.0.0'])
  })

  test('are never pre-releases, not even after one', () => {
    const tags = {
      'v2.0.0-rc.1': 1,
      'v2.0.0-rc.2': 2,
      'v2.0.0': 3,
      'v2.1.0-beta': 4,
      'v2.1.0rc1': 5,
    }
    expect(newer('v2.0.0-rc.1', 1, tags)).toEqual(['v2.0.0'])
    expect(newer('v2.0.0', 3, tags)).toEqual([])
  })

  test('are of the same family of tags', () => {
    const tags = {
      'login/v1.0.0': 1,
      'login/v1.1.0': 2,
      'logout/v9.0.0': 3,
      'v9.0.0': 4,
      '9.0.1': 5,
    }
    expect(newer('login/v1.0.0', 1, tags)).toEqual(['login/v1.1.0'])
    expect(newer('v1.0.0', 9, tags)).toEqual(['v9.0.0'])
    expect(newer('1.0.0', 9, tags)).toEqual(['9.0.1'])
  })

  test('are no tags that move: those that others lie within', () => {
    expect(newer('v1.0.0', 1, { 'v1.0.0': 1, v2: 2, 'v2.1': 3, 'v2.1.0': 4 })).toEqual(['v2.1.0'])
    expect(newer('v1.0', 1, { 'v1.0': 1, v1: 2, 'v1.1': 3, v2: 4 })).toEqual(['v1.1', 'v2'])
    expect(newer('v1', 1, { v1: 1, v2: 2, v3: 3 })).toEqual(['v2', 'v3'])
  })

  test('are those of shorter names, too, where a repository has gone on with such', () => {
    const tags = { 'v1.0.0': 1, 'v1.0.1': 2, 'v2.0': 3, 'v2.1': 4, v2: 4, v3: 5 }
    expect(newer('v1.0.0', 1, tags)).toEqual(['v1.0.1', 'v2.0', 'v2.1', 'v3'])
  })

  test('do not lie within a version that is not exact: it may be ahead of them', () => {
    const tags = { v4: 1, 'v4.0.0': 2, 'v4.1.0': 3, 'v5.0.0': 4 }
    expect(newer('v4', 1, tags)).toEqual(['v5.0.0'])
    expect(newer('v4.1', 1, { ...tags, 'v4.2.0': 5 })).toEqual(['v4.2.0', 'v5.0.0'])
  })

  test('are other commits, each once, by its lowest version', () => {
    const tags = { 'v1.0.0': 1, 'v1.0.1': 1, 'v1.1.0': 2, 'v1.1.1': 2, 'v1.2.0': 3 }
    expect(newer('v1.0.0', 1, tags)).toEqual(['v1.1.0', 'v1.2.0'])
  })

  test('can be written as a label', () => {
    expect(newer('a/b@1.0.0', 1, { 'a/b@1.0.0': 1, 'a/b@1.1.0': 2 })).toEqual([])
  })
})

describe('the version that a pin is', () => {
  test('is what its label says, where that is true', () => {
    expect(current(['v1.2.3'], 1, { 'v1.2.3': 1, 'v1.2.4': 1 })).toBe('v1.2.3')
    expect(current([undefined, 'v1'], 1, { v1: 1 })).toBe('v1')
    expect(current(['v1', 'v1.2.3'], 1, { v1: 1, 'v1.2.3': 1 })).toBe('v1.2.3')
  })

  test('is else the most exact version tag on it, of the nearest family', () => {
    expect(current(['v9.9.9'], 1, { 'v9.9.9': 2, 'v1.2.3': 1, v1: 1 })).toBe('v1.2.3')
    expect(current(['main'], 1, { 'v1.2.3': 1 })).toBe('v1.2.3')
    expect(current([], 1, { 'login/v2.0.0': 1, 'v1.0.0': 1 }, 'login')).toBe('login/v2.0.0')
  })

  test('is not known where no tag names it', () => {
    expect(current(['v4'], 1, { 'v4.0.0': 2 })).toBeUndefined()
    expect(current(['v1.0.0-rc.1'], 2, { 'v1.0.0-rc.1': 1 })).toBeUndefined()
  })
})

test('many different versions on one commit are as after an attack, a release with its moving tags is not', () => {
  const release = { version: version('v1.4.0'), commit: commit(1) }
  const moved = { 'v1.0.0': 1, 'v1.1.0': 1, 'v1.2.0': 1, 'v1.3.0': 1, 'v1.4.0': 1 }
  expect(isMassTagged(release, knownRefs({ tags: moved }).tags)).toBe(true)
  const honest = {
    v1: 1,
    'v1.4': 1,
    'v1.4.0': 1,
    'v1.3.0': 2,
    'a/v1.0.0': 1,
    'b/v1.0.0': 1,
    '1.4.0': 1,
  }
  expect(isMassTagged(release, knownRefs({ tags: honest }).tags)).toBe(false)
})
