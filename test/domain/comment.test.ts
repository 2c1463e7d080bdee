import { describe, expect, test } from 'vitest'
import { formatLabels, parseComment } from '../../src/domain/comment.ts'

const SHA = '11bd71901bbe5b1630ceea73d27597364c9af683'

describe('a label', () => {
  test.each([
    ['# v4.2.2', 'v4.2.2'],
    ['#v4', 'v4'],
    ['#\tv4', 'v4'],
    ['#   4.2.0', '4.2.0'],
    ['# v4.2.2   ', 'v4.2.2'],
    ['# login/v1.0.0', 'login/v1.0.0'],
    ['# codeql-bundle-v2.16.1', 'codeql-bundle-v2.16.1'],
    ['# v1-node16', 'v1-node16'],
    ['# v1.0.0rc1', 'v1.0.0rc1'],
    ['# release/v1', 'release/v1'],
  ])('%j is ours', (text, label) => {
    expect(parseComment(text)).toEqual({
      kind: 'label',
      label,
      form: 'plain',
      certain: true,
      of: undefined,
      length: text.trimEnd().length,
    })
  })

  test.each([
    ['# tag=v4.1.0', 'v4.1.0'],
    ['# renovate: tag=v4', 'v4'],
    ['# renovate:tag=v4', 'v4'],
    ['# pin@v4', 'v4'],
    ['# pin @v4', 'v4'],
    ['# pin@main', 'main'],
    ['# ratchet:actions/checkout@v4', 'v4'],
    ['# ratchet:github/codeql-action/init@codeql-bundle-v2', 'codeql-bundle-v2'],
    ['# actions/checkout@v4', 'v4'],
    ['# frozen: v4', 'v4'],
  ])("%j is another tool's", (text, label) => {
    expect(parseComment(text)).toMatchObject({
      kind: 'label',
      label,
      form: 'other-tool',
      certain: true,
      length: text.length,
    })
  })

  test('that names its action says so: of another it would be no label', () => {
    expect(parseComment('# actions/checkout@v4')).toMatchObject({ of: 'actions/checkout' })
    expect(parseComment('# ratchet:actions/checkout@v4')).toMatchObject({ of: undefined })
  })

  test.each([
    '# main',
    '# stable',
    '# keep',
    '# TODO',
    '# @octocat',
    '# docs',
    '# feature,x',
    '# a#b',
  ])('%j may be a word of a person', (text) => {
    expect(parseComment(text)).toMatchObject({ kind: 'label', certain: false, form: 'plain' })
  })

  test.each([
    '# 2024-05-01',
    '# ubuntu-22.04',
    '# issue-123',
    '# node20',
    '# step-2',
    '# 3',
    '# 3.11',
    '# v4,',
  ])('%j is no certain one, though it has numbers', (text) => {
    const comment = parseComment(text)
    expect(comment.kind === 'label' && comment.certain).toBe(false)
  })

  test("ends where a person's comment begins", () => {
    expect(parseComment('# v4.2.2 # keep: needs full clone')).toMatchObject({
      kind: 'label',
      label: 'v4.2.2',
      length: '# v4.2.2'.length,
    })
    expect(parseComment('# pin@v4\t#no space')).toMatchObject({ kind: 'label', length: 8 })
    expect(parseComment('# main # keep')).toMatchObject({ kind: 'label', label: 'main', length: 6 })
  })
})

describe('a version in front of words', () => {
  test.each([
    ['# v4 because of #123', 'v4'],
    ['# v4.2.2 (latest)', 'v4.2.2'],
    ['#v4 pinned', 'v4'],
    ['# 4.2 is enough', '4.2'],
  ])("%j is a person's", (text, label) => {
    expect(parseComment(text)).toEqual({ kind: 'leading', label })
  })
})

describe('prose', () => {
  test.each([
    '',
    '#',
    '# ',
    '##',
    '# keep me',
    '# 3rd party',
    '#no space',
    '# thanks @octocat',
    '# zizmor: ignore[unpinned-uses]',
    '# pinsmith: ignore',
    '# pinsmith:ignore',
    '# ratchet:exclude',
    '# renovate: datasource=github-releases depName=a/b',
    '# see https://example.com/v4',
    '# https://example.com/v4',
    '# actions/checkout, v4',
    '# v4: the last one',
    `# ${SHA}`,
    '# main~1',
    '# ..',
    '# v4\u200b',
  ])('%j', (text) => {
    expect(parseComment(text)).toEqual({ kind: 'prose' })
  })
})

describe('the labels of several references', () => {
  test('are read back as they are written', () => {
    const labels = [
      { name: 'actions/checkout', label: 'v4.2.2' },
      { name: 'github/codeql-action/init', label: 'v3.1.0' },
    ]
    const text = formatLabels(labels)
    expect(text).toBe('# actions/checkout v4.2.2, github/codeql-action/init v3.1.0')
    expect(parseComment(text)).toEqual({ kind: 'several', labels, length: text.length })
    expect(parseComment(`${text} # keep`)).toEqual({ kind: 'several', labels, length: text.length })
  })

  test.each(['# a/b v1 and c/d v2', '# a/b v1,c/d v2', '# a/b v1, keep'])('%j are none', (text) => {
    expect(parseComment(text)).toEqual({ kind: 'prose' })
  })
})
