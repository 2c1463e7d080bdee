import { expect, test } from 'vitest'
import { parseYaml } from '../../src/yaml/parse.ts'
import { usingOf, withoutComments } from '../../src/yaml/runs.ts'

function parse(text: string) {
  const parsed = parseYaml(text)
  if (parsed.kind === 'fault') throw new Error(parsed.detail)
  return parsed
}

test.each([
  ['runs: { using: composite }', 'composite'],
  ['runs:\n  using: "Node20"', 'node20'],
  ['runs: {}', undefined],
  ['runs: [using]', undefined],
  ['name: x', undefined],
  ['', undefined],
])('%j runs by %s', (text, using) => expect(usingOf(parse(text))).toBe(using))

test('comments become blanks of the same length; what only looks like one stays', () => {
  const text = '# one\na: b # two\nrun: |\n  # three\n  echo "#"\n'
  expect(withoutComments(parse(text))).toBe('     \na: b      \nrun: |\n  # three\n  echo "#"\n')
})
