import { expect, test } from 'vitest'
import { readLockedWorkflows } from '../../src/yaml/lockfile.ts'
import { dedent } from '../support/dedent.ts'

test('the workflows that the lockfile lists', () => {
  const text = dedent`
    version: v0.0.1
    workflows:
      .github/workflows/ci.yml:
        - actions/checkout@v4
      ".github/workflows/release.yml": []
    dependencies:
      actions/checkout@v4: {ref: refs/tags/v4, commit: sha1-72823e925d4ac3708d51c4f8c1f593409913a04b}
  `
  expect(readLockedWorkflows(text)).toEqual(
    new Set(['.github/workflows/ci.yml', '.github/workflows/release.yml']),
  )
  expect(readLockedWorkflows('{"version":"1","workflows":{"a.yml":[]}}')).toEqual(
    new Set(['a.yml']),
  )
  expect(readLockedWorkflows('version: 1\nworkflows: {}\n')).toEqual(new Set())
})

test.each(['', 'version: 1\n', 'workflows: [a.yml]\n', '- x\n', 'workflows: {\n', '\0\u0001'])(
  '%j cannot be read as one',
  (text) => {
    expect(readLockedWorkflows(text)).toBeUndefined()
  },
)
