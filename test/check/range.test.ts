import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInRange, parseRange } from '../../src/check/range.ts'
import { parseVersion, type Version } from '../../src/domain/version.ts'

function version(text: string): Version {
  const parsed = parseVersion(text)
  if (parsed === undefined) throw new Error(text)
  return parsed
}

function place(text: string, range: string): string {
  const parsed = parseRange(range)
  return parsed === undefined ? 'unreadable' : isInRange(version(text), parsed)
}

describe('a full version', () => {
  test.each([
    ['v40.9.9', '< 41', 'inside'],
    ['v41.0.0', '< 41', 'outside'],
    ['v41.0.0', '<= 41', 'inside'],
    ['v41.0.1', '<= 41', 'outside'],
    ['v87.0.0', '>= 87, < 90', 'inside'],
    ['v89.9.9', '>= 87, < 90', 'inside'],
    ['v86.9.9', '>= 87, < 90', 'outside'],
    ['v90.0.0', '>= 87, < 90', 'outside'],
    ['v1.0.0', '= 1', 'inside'],
    ['v1.3.2', '= 1', 'outside'],
    ['1.0.0', '=1.0.0', 'inside'],
    ['v2.0.0', '> 1.9.9', 'inside'],
    ['v1.10.0', '> 1.9.9', 'inside'],
    ['v2.0.0-beta.1', '< 2.0.0', 'inside'],
    ['v2.0.0-beta.1', '>= 2.0.0', 'outside'],
    ['login/v1.0.0', '< 2', 'inside'],
  ])('%s in %s: %s', (text, range, expected) => {
    expect(place(text, range)).toBe(expected)
  })
})

describe('a version that leaves something open', () => {
  test.each([
    ['v40', '< 41', 'inside'],
    ['v41', '< 41', 'outside'],
    ['v4', '< 4.1.3', 'partly'],
    ['v4.1', '< 4.1.3', 'partly'],
    ['v4.2', '< 4.1.3', 'outside'],
    ['v4', '>= 4.1', 'partly'],
    ['v4', '> 4', 'partly'],
    ['v4', '>= 4', 'inside'],
    ['v4', '<= 4', 'partly'],
    ['v1', '= 1', 'inside'],
    ['v1', '= 1.2.0', 'partly'],
    ['v2', '= 1', 'outside'],
    ['v88', '>= 87, < 90', 'inside'],
    ['v88', '>= 88.1, < 89', 'partly'],
  ])('%s in %s: %s', (text, range, expected) => {
    expect(place(text, range)).toBe(expected)
  })
})

test.each(['', 'all', '41', '< ', '~> 4', '^4', '< 4 || > 5', '< 4,', '< login/v4', '=> 4', '< *'])(
  '%j is no range',
  (text) => {
    expect(parseRange(text)).toBeUndefined()
  },
)

test('a full version is never partly in a range, and in either half of a cut once', () => {
  const number = fc.nat({ max: 30 })
  const full = fc.tuple(number, number, number).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(full, full, (one, cut) => {
      const below = place(one, `< ${cut}`)
      const above = place(one, `>= ${cut}`)
      expect([below, above].toSorted()).toEqual(['inside', 'outside'])
    }),
  )
  expect.hasAssertions()
})

test('what is said of a short version holds for each that it stands for', () => {
  const number = fc.nat({ max: 5 })
  const operator = fc.constantFrom('<', '<=', '>', '>=')
  const parts = fc.array(number, { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(number, number, number, operator, parts, (major, minor, patch, bound, of) => {
      const range = `${bound} ${of.join('.')}`
      const short = place(`v${major}`, range)
      expect(['partly', place(`v${major}.${minor}.${patch}`, range)]).toContain(short)
    }),
  )
  expect.hasAssertions()
})
