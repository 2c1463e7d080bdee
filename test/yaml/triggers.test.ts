import { expect, test } from 'vitest'
import { parseYaml } from '../../src/yaml/parse.ts'
import { isCallable } from '../../src/yaml/triggers.ts'

test.each([
  ['on: workflow_call', true],
  ['on: [push, workflow_call]', true],
  ['on:\n  push:\n  workflow_call:\n', true],
  ['on:\n  workflow_call:\n    inputs: {}\n', true],
  ['"on": workflow_call', true],
  ['x: &call workflow_call\non: *call', true],
  ['x: &all [workflow_call]\non: *all', true],
  ['on: push', false],
  ['on: [push]', false],
  ['on:\n  push:\n    workflow_call: 1\n', false],
  ['on:', false],
  ['jobs: {}', false],
  ['- workflow_call', false],
  ['name: workflow_call', false],
  ['true: workflow_call', false],
])('%j: %s', (text, expected) => {
  const parsed = parseYaml(text)
  expect(parsed.kind === 'parsed' && isCallable(parsed)).toBe(expected)
})
