import { describe, expect, test } from 'vitest'
import { isExact, isWithin, parseVersion } from '../../src/domain/version.ts'

describe('parseVersion', () => {
  test.each([
    ['v4', 'v', [4], ''],
    ['4', '', [4], ''],
    ['4.2', '', [4, 2], ''],
    ['v4.2', 'v', [4, 2], ''],
    ['v4.2.2', 'v', [4, 2, 2], ''],
    ['V1.0.0', 'V', [1, 0, 0], ''],
    ['login/v1.0.0', 'login/v', [1, 0, 0], ''],
    ['release/v1', 'release/v', [1], ''],
    ['codeql-bundle-v2.16.1', 'codeql-bundle-v', [2, 16, 1], ''],
    ['@scope/pkg@1.2.3', '@scope/pkg@', [1, 2, 3], ''],
    ['v1-node16', 'v', [1], 'node16'],
    ['v5.0.0-beta.1', 'v', [5, 0, 0], 'beta.1'],
    ['v1.0.0rc1', 'v', [1, 0, 0], 'rc1'],
    ['v1.0.0+build.5', 'v', [1, 0, 0], ''],
    ['v1.0.0-rc.1+build', 'v', [1, 0, 0], 'rc.1'],
    ['v2024.11.05', 'v', [2024, 11, 5], ''],
  ])('%s', (text, prefix, parts, prerelease) => {
    expect(parseVersion(text)).toEqual({ prefix, parts, prerelease, text })
  })

  test.each([
    'main',
    'v',
    '',
    'stable',
    'v1.2.3.4',
    'v1.',
    'v1x',
    'version1',
    'vv1',
    'v1.2.3-',
    'v12345678901234567890',
  ])('%j is none', (text) => {
    expect(parseVersion(text)).toBeUndefined()
  })
})

test.each([
  ['v4', false],
  ['v4.2', false],
  ['v4.2.2', true],
  ['v5.0.0-beta.1', true],
  ['v1-node16', false],
])('%s says all three numbers: %s', (text, expected) => {
  const version = parseVersion(text)
  expect(version && isExact(version)).toBe(expected)
})

test.each([
  ['v4.2.2', 'v4', true],
  ['v4.2.2', 'v4.2', true],
  ['v4.2.2', 'v4.1', false],
  ['v40.0.0', 'v4', false],
  ['v3.9.9', 'v4', false],
  ['v4', 'v4.2', false],
  ['v4.0.0-beta.1', 'v4', false],
  ['v4.0.0-beta.2', 'v4-beta', true],
  ['v4.0.0', 'v4-beta', false],
  ['v1.2.3-node16', 'v1-node16', true],
])('%s lies within %s: %s', (inner, outer, expected) => {
  const version = parseVersion(inner)
  const wanted = parseVersion(outer)
  expect(version && wanted && isWithin(version, wanted)).toBe(expected)
})
