import { expect, test } from 'vitest'
import { parseTarget } from '../../src/domain/repository-target.ts'

test.each([
  ['acme/tool', 'acme', 'tool', undefined],
  ['Acme/tool.js', 'Acme', 'tool.js', undefined],
  ['acme/tool@v1', 'acme', 'tool', 'v1'],
  ['acme/tool@release/v1', 'acme', 'tool', 'release/v1'],
  [`acme/tool@${'a'.repeat(40)}`, 'acme', 'tool', 'a'.repeat(40)],
])('%s', (text, owner, repo, ref) => {
  const target = parseTarget(text)
  expect(typeof target === 'object' && { ...target, ref: target.ref?.text }).toEqual({
    owner,
    repo,
    ref,
    text,
  })
})

test.each([
  ['', 'not-owner-repo'],
  ['acme', 'not-owner-repo'],
  ['./acme', 'not-owner-repo'],
  ['$/acme', 'self-with-ref'],
  ['docker://alpine', 'not-owner-repo'],
  ['https://github.com/acme/tool', 'not-owner-repo'],
  ['acme/tool/sub', 'has-path'],
  ['acme/tool/sub@v1', 'has-path'],
  ['acme/tool@', 'missing-ref'],
  ['acme/tool@v1@v2', 'two-ats'],
  ['acme/tool@v1~1', 'invalid-ref'],
])('%j is none: %s', (text, fault) => {
  expect(parseTarget(text)).toBe(fault)
})
