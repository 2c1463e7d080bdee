import { describe, expect, test } from 'vitest'
import { parseComment, type SiteComment } from '../../src/domain/comment.ts'
import { parseRefName, type RefName } from '../../src/domain/ref.ts'
import { labelForName, labelForPin } from '../../src/resolve/label.ts'
import { commit, knownRefs, type KnownRefs } from '../support/known-refs.ts'

function name(text: string): RefName {
  const parsed = parseRefName(text)
  if (parsed === undefined) throw new Error(`no name: ${text}`)
  return parsed
}

function comment(text: string): SiteComment {
  const parsed = parseComment(text)
  if (parsed.kind === 'several') throw new Error('for one reference')
  return parsed
}

function label(ref: string, through: 'tag' | 'branch', known: KnownRefs, path = ''): string {
  return labelForName(name(ref), through, commit(1), knownRefs(known), path)
}

describe('the label for a ref, all on commit 1', () => {
  test.each<[string, string, string[], string]>([
    ['the exact version of a major', 'v4', ['v4', 'v4.2', 'v4.2.2', 'v4.2.1'], 'v4.2.2'],
    ['the exact version of a minor', 'v4.2', ['v4', 'v4.2', 'v4.2.2', 'v4.3.0'], 'v4.2.2'],
    ['the highest by number, not by text', 'v4', ['v4', 'v4.9.0', 'v4.10.0'], 'v4.10.0'],
    ['a minor where there is no patch', 'v4', ['v4', 'v4.2'], 'v4.2'],
    ['an exact one is its own', 'v4.2.1', ['v4.2.1', 'v4.2.2'], 'v4.2.1'],
    ['none but itself', 'v4', ['v4'], 'v4'],
    ['not one of another major', 'v4', ['v4', 'v5.0.0', 'v3.1.0', 'v40.0.0'], 'v4'],
    ['not one of another prefix', 'v4', ['v4', '4.2.2', 'x/v4.2.2', 'bundle-v4.1.1'], 'v4'],
    ['without a v', '4', ['4', '4.2.2', 'v4.3.0'], '4.2.2'],
    [
      'of a monorepo',
      'login/v1',
      ['login/v1', 'login/v1.1.0', 'v1.2.0', 'out/v1.9.0'],
      'login/v1.1.0',
    ],
    ['not a pre-release', 'v5', ['v5', 'v5.0.0-beta.1', 'v5.0.0rc1'], 'v5'],
    ['a release before its pre-releases', 'v5', ['v5', 'v5.0.0', 'v5.0.0-beta.1'], 'v5.0.0'],
    ['a pre-release where one was named', 'v5-beta', ['v5-beta', 'v5.0.0-beta.2'], 'v5.0.0-beta.2'],
    ['of a variant', 'v1-node16', ['v1-node16', 'v1.7.0-node16', 'v1.8.0'], 'v1.7.0-node16'],
    ['a tag that is no version', 'stable', ['stable', 'v1.0.0'], 'stable'],
    ['a tag that is a tool', 'cargo-hack', ['cargo-hack', 'v2.1.0'], 'cargo-hack'],
    ['a date', '2024-05-01', ['2024-05-01', 'v1.0.0'], '2024-05-01'],
  ])('tag: %s', (_, ref, tags, expected) => {
    const known = { tags: Object.fromEntries([...tags.map((tag) => [tag, 1]), ['v4.99.0', 2]]) }
    expect(label(ref, 'tag', known)).toBe(expected)
  })

  test.each<[string, string, string[], string, string]>([
    ['a major that is a branch', 'v4', ['v4.1.0', 'v5.0.0'], '', 'v4.1.0'],
    ['such a major between releases', 'v4', [], '', 'v4'],
    ['a release branch', 'release/v1', ['v1.14.0', 'v2.0.0'], '', 'v1.14.0'],
    [
      'a release branch with tags of its own',
      'release/v1',
      ['release/v1.1.0', 'v1.14.0'],
      '',
      'release/v1.1.0',
    ],
    ['main on a release', 'main', ['v4', 'v4.2.2'], '', 'v4.2.2'],
    ['main on a moving tag alone', 'main', ['v4', 'latest'], '', 'main'],
    ['main on a pre-release alone', 'main', ['v5.0.0-beta.1'], '', 'main'],
    ['main between releases', 'main', [], '', 'main'],
    ["main on another action's release", 'main', ['logout/v1.0.0'], 'login', 'main'],
    [
      "main on the action's release",
      'main',
      ['logout/v1.0.0', 'login/v2.0.0', 'v9.0.0'],
      'login',
      'login/v2.0.0',
    ],
    [
      "main on a release of the action's, dashed",
      'main',
      ['login-v2.0.0'],
      'actions/login',
      'login-v2.0.0',
    ],
    ['main of a sub-folder on a plain release', 'main', ['v9.0.0'], 'login', 'v9.0.0'],
    ['a toolchain', '1.80.0', ['v1.0.0'], '', '1.80.0'],
    ['a toolchain of two numbers', '1.80', ['1.80.1'], '', '1.80.1'],
    ['stable', 'stable', [], '', 'stable'],
  ])('branch: %s', (_, ref, tags, path, expected) => {
    const known = { tags: Object.fromEntries(tags.map((tag) => [tag, 1])) }
    expect(label(ref, 'branch', known, path)).toBe(expected)
  })

  test.each([
    'v1.0.0-beta.+x',
    'v1.0.0-.5',
    `v1.0.0-${'a'.repeat(300)}`,
    'v1.0.0--',
    'v1.0.0-0.00',
  ])('a strange tag beside it, %j, does no harm', (strange) => {
    expect(label('main', 'branch', { tags: { [strange]: 1, 'v1.0.0': 1 } })).toBe('v1.0.0')
    const both = { [strange]: 1, 'v1.0.1-beta.1': 1, 'v1.0.2-beta.1': 1 }
    expect(label('v1-beta', 'tag', { tags: both })).toBe('v1.0.2-beta.1')
  })
})

test('of equal versions the same one is taken in whatever order they come', () => {
  const tags = ['1.0.0', 'v1.0.0', 'v1.0.0+build']
  for (const order of [tags, tags.toReversed()]) {
    const refs = knownRefs({ tags: Object.fromEntries(order.map((tag) => [tag, 1])) })
    expect(labelForName(name('main'), 'branch', commit(1), refs, '')).toBe('v1.0.0')
  }
})

describe('the label of a pin to commit 1', () => {
  const known: KnownRefs = {
    tags: {
      'v4.2.2': 1,
      'v4.2': 1,
      v4: 1,
      'v4.2.1': 2,
      'v3.6.0': 3,
      v3: 3,
      latest: 1,
      edge: 2,
    },
    branches: { main: 9, 'releases/v4': 1 },
  }

  test.each<[string, string, object]>([
    ['none yet', '', { kind: 'write', label: 'v4.2.2', corrects: undefined }],
    ["a person's words", '# keep me', { kind: 'write', label: 'v4.2.2', corrects: undefined }],
    ["a person's word", '# keep', { kind: 'write', label: 'v4.2.2', corrects: undefined }],
    ['the exact one', '# v4.2.2', { kind: 'keep', label: 'v4.2.2' }],
    ['the exact one of a tool', '# tag=v4.2.2', { kind: 'keep', label: 'v4.2.2' }],
    ['the major', '# v4', { kind: 'write', label: 'v4.2.2', corrects: undefined }],
    ['the minor', '# v4.2', { kind: 'write', label: 'v4.2.2', corrects: undefined }],
    ['the exact one in front of words', '# v4.2.2 as agreed', { kind: 'keep', label: 'v4.2.2' }],
    [
      'the major in front of words',
      '# v4 as agreed',
      { kind: 'write', label: 'v4.2.2', corrects: undefined },
    ],
    [
      'an untrue one in front of words',
      '# v4.2.1 as agreed',
      { kind: 'write', label: 'v4.2.2', corrects: undefined },
    ],
    ['a moving tag on it', '# latest', { kind: 'keep', label: 'latest' }],
    ['a moving tag that moved on', '# edge', { kind: 'keep', label: 'edge' }],
    ['a branch', '# main', { kind: 'keep', label: 'main' }],
    [
      'another version',
      '# v4.2.1',
      { kind: 'write', label: 'v4.2.2', corrects: { label: 'v4.2.1', actual: commit(2) } },
    ],
    [
      'another major',
      '# v3',
      { kind: 'write', label: 'v4.2.2', corrects: { label: 'v3', actual: commit(3) } },
    ],
    [
      'the exact one, without its v',
      '# 4.2.2',
      { kind: 'write', label: 'v4.2.2', corrects: undefined },
    ],
    [
      'the minor, with another v',
      '# V4.2',
      { kind: 'write', label: 'v4.2.2', corrects: undefined },
    ],
    [
      'a pre-release of it, without its v',
      '# 4.2.2-rc.1',
      { kind: 'untrue', untrue: { label: '4.2.2-rc.1', actual: undefined } },
    ],
    [
      'a version that is gone',
      '# v9.9.9',
      { kind: 'untrue', untrue: { label: 'v9.9.9', actual: undefined } },
    ],
    [
      "a tool's that is gone",
      '# pin@v9',
      { kind: 'untrue', untrue: { label: 'v9', actual: undefined } },
    ],
  ])('%s', (_, text, expected) => {
    expect(labelForPin(commit(1), comment(text), knownRefs(known), '')).toEqual(expected)
  })

  test.each<[string, string, object]>([
    ['none yet', '', { kind: 'none' }],
    ["a person's words", '# keep me', { kind: 'none' }],
    ["a person's word", '# keep', { kind: 'none' }],
    ['a major that moved on', '# v4', { kind: 'keep', label: 'v4' }],
    ['a branch', '# main', { kind: 'keep', label: 'main' }],
    ['a branch that looks like a version', '# releases/v4', { kind: 'keep', label: 'releases/v4' }],
    [
      'another version',
      '# v4.2.1',
      { kind: 'untrue', untrue: { label: 'v4.2.1', actual: commit(2) } },
    ],
    [
      'a version that is gone',
      '# v9.9.9',
      { kind: 'untrue', untrue: { label: 'v9.9.9', actual: undefined } },
    ],
    ['an untrue one in front of words', '# v4.2.1 as agreed', { kind: 'none' }],
  ])('where no version names it: %s', (_, text, expected) => {
    expect(labelForPin(commit(7), comment(text), knownRefs(known), '')).toEqual(expected)
  })

  test('a pre-release is labelled so only where it was', () => {
    const beta = knownRefs({ tags: { 'v5.0.0-beta.1': 1 } })
    expect(labelForPin(commit(1), comment(''), beta, '')).toEqual({ kind: 'none' })
    expect(labelForPin(commit(1), comment('# v5.0.0-beta.1'), beta, '')).toEqual({
      kind: 'keep',
      label: 'v5.0.0-beta.1',
    })
  })

  test('in a repository of several actions its own family comes first', () => {
    const refs = knownRefs({ tags: { 'login/v1.0.0': 1, 'logout/v3.0.0': 1, 'v9.0.0': 1 } })
    expect(labelForPin(commit(1), comment(''), refs, 'login')).toMatchObject({
      label: 'login/v1.0.0',
    })
    expect(labelForPin(commit(1), comment(''), refs, '')).toMatchObject({ label: 'v9.0.0' })
    expect(labelForPin(commit(1), comment('# logout/v3.0.0'), refs, 'login')).toEqual({
      kind: 'keep',
      label: 'logout/v3.0.0',
    })
  })

  test('a family of another kind is better than none', () => {
    const refs = knownRefs({ tags: { 'codeql-bundle-v2.16.1': 1 } })
    expect(labelForPin(commit(1), comment(''), refs, '')).toMatchObject({
      label: 'codeql-bundle-v2.16.1',
    })
  })
})

test('a tag whose name reads as another tool’s label is none', () => {
  const refs = knownRefs({ tags: { 'acme/kit@1.0.0': 1 } })
  const sha = commit(1)
  expect(labelForPin(sha, { kind: 'prose' }, refs, '')).toEqual({ kind: 'none' })
})
