import { describe, expect, test } from 'vitest'
import { actionName, parseReference, repositoryKey } from '../../src/domain/reference.ts'

const SHA = '11bd71901bbe5b1630ceea73d27597364c9af683'

describe('in a step', () => {
  test.each([
    ['actions/checkout@v4', 'actions', 'checkout', '', 'v4'],
    ['github/codeql-action/init@v3', 'github', 'codeql-action', 'init', 'v3'],
    ['a/b/c/d/e@release/v1', 'a', 'b', 'c/d/e', 'release/v1'],
    ['Azure/k8s.deploy_it-2@v1', 'Azure', 'k8s.deploy_it-2', '', 'v1'],
    ['octocat_corp/.github@main', 'octocat_corp', '.github', '', 'main'],
    ['0xabc/x@1', '0xabc', 'x', '', '1'],
    [`actions/checkout@${SHA}`, 'actions', 'checkout', '', SHA],
    ['actions\\cache\\save@v4', 'actions', 'cache', 'save', 'v4'],
    ['actions//cache/save/@v4', 'actions', 'cache', 'save', 'v4'],
    ['a/b@refs/tags/v1', 'a', 'b', '', 'refs/tags/v1'],
    ['a/b/.github/workflows/x.yml@v1', 'a', 'b', '.github/workflows/x.yml', 'v1'],
  ])('%s is an action', (text, owner, repo, path, ref) => {
    expect(parseReference(text, 'step')).toMatchObject({
      kind: 'action',
      owner,
      repo,
      path,
      text,
      ref: { text: ref },
    })
  })

  test.each([
    ['./', ''],
    ['./action', 'action'],
    ['./.github/actions/setup', '.github/actions/setup'],
    ['.\\tools\\setup', 'tools/setup'],
    ['././a//b/./', 'a/b'],
    ['./folder@v1', 'folder@v1'],
  ])('%s is below the workspace', (text, path) => {
    expect(parseReference(text, 'step')).toEqual({ kind: 'local', path, leadsTo: 'action', text })
  })

  test('$/ is the same repository', () => {
    expect(parseReference('$/shared/env', 'step')).toEqual({
      kind: 'self',
      path: 'shared/env',
      leadsTo: 'action',
      text: '$/shared/env',
    })
  })

  test.each([
    'docker://alpine',
    'docker://alpine:3.20',
    `docker://ghcr.io/a/b@sha256:${'0'.repeat(64)}`,
  ])('%s is an image', (text) => {
    expect(parseReference(text, 'step')).toEqual({
      kind: 'image',
      image: text.slice('docker://'.length),
      text,
    })
  })

  test.each([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['${{ matrix.action }}', 'expression'],
    ['actions/checkout@${{ matrix.ref }}', 'expression'],
    ['docker://${{ matrix.image }}', 'expression'],
    ['./${{ matrix.folder }}', 'expression'],
    ['actions/checkout', 'missing-ref'],
    ['actions/checkout@', 'missing-ref'],
    ['actions/checkout@v1@x', 'two-ats'],
    ['a@b/c@v1', 'two-ats'],
    ['checkout@v4', 'not-owner-repo'],
    ['checkout', 'not-owner-repo'],
    ['@v4', 'not-owner-repo'],
    ['/@v4', 'not-owner-repo'],
    ['actions/@v4', 'not-owner-repo'],
    ['github.com/actions/checkout@v4', 'not-owner-repo'],
    ['https://github.com/actions/checkout@v4', 'not-owner-repo'],
    ['actions/..@v4', 'not-owner-repo'],
    ['actions/.@v4', 'not-owner-repo'],
    ['../action@v4', 'not-owner-repo'],
    ['-actions/checkout@v4', 'not-owner-repo'],
    ['actions /checkout@v4', 'not-owner-repo'],
    [' actions/checkout@v4', 'not-owner-repo'],
    ['actions/check\u200bout@v4', 'not-owner-repo'],
    ['аctions/checkout@v4', 'not-owner-repo'],
    ['a/b/../../c/d@v4', 'outside-repository'],
    ['a/b/./c@v4', 'outside-repository'],
    ['a/b\\..\\c@v4', 'outside-repository'],
    ['./../action', 'outside-repository'],
    ['./a/../b', 'outside-repository'],
    ['.\\..\\action', 'outside-repository'],
    ['$/../action', 'outside-repository'],
    ['$/action@v1', 'self-with-ref'],
    ['a/b@main~1', 'invalid-ref'],
    ['a/b@v4 ', 'invalid-ref'],
    ['a/b@../c', 'invalid-ref'],
    ['a/b@v4\u200b', 'invisible-character'],
  ])('%j is no reference: %s', (text, fault) => {
    expect(parseReference(text, 'step')).toBe(fault)
  })
})

describe("at a job's level", () => {
  test.each([
    ['octo/repo/.github/workflows/ci.yml@v1', 'workflow'],
    ['octo/repo/.github/workflows/ci.yaml@main', 'workflow'],
    ['./.github/workflows/ci.yml', 'local'],
    ['$/.github/workflows/ci.yml', 'self'],
  ])('%s is a %s', (text, kind) => {
    expect(parseReference(text, 'job')).toMatchObject({ kind, text })
  })

  test.each([
    'octo/repo@v1',
    'octo/repo/workflows/ci.yml@v1',
    'octo/repo/.github/workflows/deep/ci.yml@v1',
    'octo/repo/.github/workflows/ci.json@v1',
    './.github/workflows/ci.yml@v1',
    './workflows/ci.yml',
    '$/ci.yml',
    'docker://alpine',
  ])('%s is no workflow', (text) => {
    expect(parseReference(text, 'job')).toBe('not-a-workflow')
  })
})

test('repositories compare without case and keep their spelling', () => {
  const reference = parseReference('Actions/CheckOut/Sub@v4', 'step')
  if (typeof reference === 'string' || !('ref' in reference)) throw new Error('not read')
  expect(repositoryKey(reference)).toBe('actions/checkout')
  expect(actionName(reference)).toBe('Actions/CheckOut/Sub')
})
