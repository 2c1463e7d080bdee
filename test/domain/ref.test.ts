import { describe, expect, test } from 'vitest'
import { parseRef, parseRefName } from '../../src/domain/ref.ts'
import { looksLikeShortSha, parseCommitSha } from '../../src/domain/sha.ts'

const SHA = '11bd71901bbe5b1630ceea73d27597364c9af683'

describe('a full SHA', () => {
  test('is a pin in either case, always kept in lower case', () => {
    expect(parseRef(SHA)).toEqual({ kind: 'sha', sha: SHA, text: SHA })
    expect(parseRef(SHA.toUpperCase())).toEqual({ kind: 'sha', sha: SHA, text: SHA.toUpperCase() })
  })

  test.each([
    ['39 digits', SHA.slice(1)],
    ['41 digits', `${SHA}0`],
    ['a digit that is none', `${SHA.slice(1)}g`],
    ['a branch that looks like one', `refs-${SHA}`],
    ['white space around it', ` ${SHA}`],
    ['a line end behind it', `${SHA}\n`],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(parseCommitSha(text)).toBeUndefined()
  })

  test.each([
    ['6ba0d50', true],
    ['6BA0D50', true],
    ['abcd', true],
    ['abc', false],
    [SHA, false],
    ['v4', false],
    ['6ba0d5g', false],
  ])('%s looks like a shortened one: %s', (text, expected) => {
    expect(looksLikeShortSha(text)).toBe(expected)
  })
})

describe('a name', () => {
  test.each([
    'v4',
    'v4.2.2',
    'main',
    'release/v1',
    'login/v1.0.0',
    'codeql-bundle-v2.16.1',
    'v1-node16',
    '2024-05-01',
    'feature#12',
    'a@b',
    'ünïcode',
    '🚀',
    'v1+build.5',
    `refs-${SHA}`,
    'refsx/tags/v4',
  ])('%s stands for a tag or a branch', (text) => {
    if (text.includes('@')) return
    expect(parseRef(text)).toEqual({ kind: 'name', name: text, scope: 'any', text })
  })

  test.each([
    ['refs/tags/v4', 'tag', 'v4'],
    ['refs/tags/login/v1.0.0', 'tag', 'login/v1.0.0'],
    ['refs/heads/release/v1', 'branch', 'release/v1'],
  ])('%s is looked up as a %s alone', (text, scope, name) => {
    expect(parseRef(text)).toEqual({ kind: 'name', name, scope, text })
  })

  test.each([
    'main~1',
    'v4^{commit}',
    'v4^',
    'main:action.yml',
    '@{u}',
    'v4@{1}',
    'a..b',
    '..',
    '../v4',
    '.hidden',
    'a/.hidden',
    'a//b',
    '/v4',
    'v4/',
    'v4.',
    'v4.lock',
    'a.lock/b',
    'v 4',
    ' v4',
    'v4 ',
    'v4\t',
    'v4\n',
    'v4\r',
    'v4\0',
    'v4\u007f',
    'v*',
    'v?',
    'v[4]',
    'v\\4',
    '-v4',
    '@',
    'refs/tags/',
    'refs/heads/',
    'refs/tags/refs/tags/v4',
    'refs/pull/1/head',
    'refs/v4',
    'v'.repeat(256),
    '',
  ])('%j is none that git would take', (text) => {
    expect(parseRef(text)).toBe('invalid-ref')
  })

  test.each([
    ['zero width space', 'v4\u200b'],
    ['zero width non-joiner', 'v\u200c4'],
    ['zero width joiner', 'v\u200d4'],
    ['word joiner', 'v4\u2060'],
    ['byte order mark', '\ufeffv4'],
    ['soft hyphen', 'v4\u00ad'],
    ['right-to-left override', 'v4\u202e'],
    ['right-to-left mark', 'v4\u200f'],
    ['variation selector', 'v4\ufe0f'],
    ['tag character', 'v4\u{e0034}'],
    ['Hangul filler', 'v4\u3164'],
    ['Braille blank', 'v4\u2800'],
    ['no-break space', 'v4\u00a0'],
    ['em space', 'v4\u2003'],
    ['ideographic space', 'v4\u3000'],
    ['line separator', 'v4\u2028'],
    ['C1 control', 'v4\u0085'],
    ['private use', 'v4\ue000'],
    ['unassigned', 'v4\u0378'],
    ['lone surrogate', 'v4\ud800'],
    ['in a SHA', `${SHA.slice(0, 20)}\u200b${SHA.slice(20)}`],
    ['behind refs/tags/', 'refs/tags/v4\u200b'],
  ])('%s makes it look like another', (_, text) => {
    expect(parseRef(text)).toBe('invisible-character')
  })

  test('of a label is plain: no SHA, no scope, no fault', () => {
    expect(parseRefName('v4.2.2')).toBe('v4.2.2')
    expect(parseRefName(SHA)).toBeUndefined()
    expect(parseRefName('refs/tags/v4')).toBeUndefined()
    expect(parseRefName('main~1')).toBeUndefined()
    expect(parseRefName('v4\u200b')).toBeUndefined()
    expect(parseRefName('')).toBeUndefined()
  })
})
