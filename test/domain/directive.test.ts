import { describe, expect, test } from 'vitest'
import { isBoundToLine, parseIgnore } from '../../src/domain/directive.ts'

describe('parseIgnore', () => {
  test.each([
    ['# pinsmith: ignore', ''],
    ['# pinsmith:ignore', ''],
    ['#pinsmith: ignore', ''],
    ['# pinsmith: ignore needs the tag', 'needs the tag'],
    ['# pinsmith: ignore (needs the tag)', 'needs the tag'],
    ['# pinsmith: ignore(needs the tag)', 'needs the tag'],
    ['# pinsmith: ignore - needs the tag', 'needs the tag'],
    ['# pinsmith: ignore: needs the tag', 'needs the tag'],
    ['# v4 # pinsmith: ignore needs the tag', 'needs the tag'],
    ['# pinsmith: ignore needs the tag # and more', 'needs the tag'],
    ['# pinsmith: ignore because of #123', 'because of #123'],
  ])('%j: ours, reason %j', (comment, reason) => {
    expect(parseIgnore(comment)).toEqual({ by: 'pinsmith', reason })
  })

  test.each([
    '# zizmor: ignore[unpinned-uses]',
    '#zizmor:ignore[unpinned-uses]',
    '# zizmor: ignore[artipacked, unpinned-uses]',
    '# zizmor: ignore[unpinned-uses,artipacked] as agreed',
    '# v4 # zizmor: ignore[unpinned-uses]',
  ])("%j: zizmor's", (comment) => {
    expect(parseIgnore(comment)).toMatchObject({ by: 'zizmor' })
  })

  test.each(['# ratchet:exclude', '# v4 # ratchet:exclude'])("%j: ratchet's", (comment) => {
    expect(parseIgnore(comment)).toMatchObject({ by: 'ratchet' })
  })

  test.each([
    '',
    '# ignore',
    '# pinsmith',
    '# pinsmith: ignored',
    '# pinsmith: ignores',
    '# zizmor: ignore[artipacked]',
    '# zizmor: ignore[unpinned-uses-too]',
    '# zizmor: ignore',
    '# ratchet:excluded',
    '# ratchet:actions/checkout@v4',
    '# see pinsmith: ignore',
  ])('%j is none', (comment) => {
    expect(parseIgnore(comment)).toBeUndefined()
  })
})

test.each([
  ['# zizmor: ignore[artipacked]', true],
  ['# yamllint disable-line rule:line-length', true],
  ['# pinsmith: ignore', true],
  ['# renovate: datasource=github-tags', true],
  ['# keep me', false],
  ['# see the zizmor docs', false],
])('%j means something only where it stands: %s', (comment, expected) => {
  expect(isBoundToLine(comment)).toBe(expected)
})
