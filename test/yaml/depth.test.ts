import { expect, test } from 'vitest'
import { parseYaml } from '../../src/yaml/parse.ts'

const nested = (levels: number): string => `jobs: ${'['.repeat(levels)}${']'.repeat(levels)}\n`

test('what somebody may have nested is read', () => {
  expect(parseYaml(nested(90)).kind).toBe('parsed')
})

test('what is nested to do harm is a fault with its place, after any other text', () => {
  // The engine compiles an expression when it is used again: out of stack it does not throw then, but aborts.
  parseYaml('a:\n\tb: 1\n')
  for (const levels of [200, 1_000, 20_000])
    expect(parseYaml(nested(levels))).toEqual({
      kind: 'fault',
      position: { line: 1, column: 106 },
      detail: 'it is nested too deeply',
    })
})
