import { describe, expect, test } from 'vitest'
import { codeSpan, prose } from '../../src/report/markdown.ts'
import { HOSTILE_TEXTS } from './finding-samples.ts'

/** One code span, and nothing else: no backtick in it ends it, no bar ends a cell, no line end a line. */
const SPAN = /^`[^`|\n\r]+`$/

/** Words that GitHub reads as words, and code spans. */
const PROSE =
  /^(?:[(“‘"']*`[^`|\n\r]+`[)”’"'.,;:!?…]*|(?!--?\w|www\.|GH-\d|\S*:\/\/)[\p{L}\p{M}\p{N}'’"“”‘.,;:()/…→–—%=+?!-]+)(?: +(?:[(“‘"']*`[^`|\n\r]+`[)”’"'.,;:!?…]*|(?!--?\w|www\.|GH-\d|\S*:\/\/)[\p{L}\p{M}\p{N}'’"“”‘.,;:()/…→–—%=+?!-]+))*$/u

describe('a code span', () => {
  test('is the text as it is', () => {
    expect(codeSpan('actions/checkout@v4')).toBe('`actions/checkout@v4`')
    expect(codeSpan('')).toBe('')
  })

  test('shows what would end it', () => {
    expect(codeSpan('a`b|c\nd')).toBe('`a\\u{60}b\\u{7c}c\\u{a}d`')
  })

  test.each(HOSTILE_TEXTS)('holds %j', (text) => {
    expect(codeSpan(text)).toMatch(SPAN)
  })

  test('is not endless', () => {
    expect(codeSpan('x'.repeat(1000))).toHaveLength(302)
    expect(codeSpan(`${'x'.repeat(298)}🚀🚀`)).toBe(`\`${'x'.repeat(298)}…\``)
  })
})

describe('prose', () => {
  test.each([
    ['words are words', "it's there, and (so) it is.", "it's there, and (so) it is."],
    ['a reference', 'use actions/cache@v4.', 'use `actions/cache@v4`.'],
    ['an option', 'give --locked, or not', 'give `--locked`, or not'],
    ['what is code already', 'write `with: tool: x` there', 'write `with: tool: x` there'],
    ['a mention', 'ask @octocat', 'ask `@octocat`'],
    ['a mention in quotes', 'ask "@octocat".', 'ask "`@octocat`".'],
    ['an address', 'see https://example.com/x.', 'see `https://example.com/x`.'],
    ['an issue', 'as #12, (GH-3)', 'as `#12`, (`GH-3`)'],
    ['markup', '<b>x</b> *y* _z_ ~~n~~', '`<b>x</b>` `*y*` `_z_` `~~n~~`'],
    ['a bar', 'a | b', 'a `\\u{7c}` b'],
    ['a backtick alone', 'a ` b', 'a `\\u{60}` b'],
    ['a line feed', 'a\n# b', '`a\\u{a}#` b'],
  ])('%s', (_, text, expected) => {
    expect(prose(text)).toBe(expected)
  })

  test.each(HOSTILE_TEXTS)('holds %j', (text) => {
    expect(prose(`the label says ${text}, but not so`)).toMatch(PROSE)
  })

  test('is not endless', () => {
    expect(prose('word '.repeat(1000)).length).toBeLessThanOrEqual(2000)
  })
})
