import { expect, test } from 'vitest'
import { readLockedCommits, readLockfile } from '../../src/yaml/lockfile.ts'
import { dedent } from '../support/dedent.ts'

test('the workflows that the lockfile lists, and what they use', () => {
  const text = dedent`
    version: v0.0.1
    workflows:
      .github/workflows/ci.yml:
        - actions/checkout@v4
      ".github/workflows/release.yml": []
    dependencies:
      actions/checkout@v4: {ref: refs/tags/v4, commit: sha1-72823e925d4ac3708d51c4f8c1f593409913a04b}
  `
  expect(readLockfile(text)).toEqual(
    new Map([
      ['.github/workflows/ci.yml', ['actions/checkout@v4']],
      ['.github/workflows/release.yml', []],
    ]),
  )
  expect(readLockfile('{"version":"1","workflows":{"a.yml":[]}}')).toEqual(new Map([['a.yml', []]]))
  expect(readLockfile('version: 1\nworkflows: {}\n')).toEqual(new Map())
})

test('the commits that it has for what it lists, with their places', () => {
  const text = dedent`
    version: v0.0.3
    dependencies:
      actions/checkout@v4: {ref: refs/tags/v4, commit: sha1-72823e925d4ac3708d51c4f8c1f593409913a04b}
      'a/b@main':
        commit: sha1-0123
      c/d@v1: {ref: v1}
      e/f@v1: sha1-4567
  `
  expect(readLockedCommits(text)).toEqual([
    {
      key: 'actions/checkout@v4',
      commit: 'sha1-72823e925d4ac3708d51c4f8c1f593409913a04b',
      position: { line: 3, column: 3 },
    },
    { key: 'a/b@main', commit: 'sha1-0123', position: { line: 4, column: 3 } },
  ])
  for (const other of ['', 'dependencies: [a]\n', 'dependencies: {\n', '- x\n'])
    expect(readLockedCommits(other)).toEqual([])
})

test.each(['', 'version: 1\n', 'workflows: [a.yml]\n', '- x\n', 'workflows: {\n', '\0\u0001'])(
  '%j cannot be read as one',
  (text) => {
    expect(readLockfile(text)).toBeUndefined()
  },
)
