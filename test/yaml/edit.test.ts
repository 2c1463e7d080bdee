import { expect, test } from 'vitest'
import { applyEdits } from '../../src/yaml/edit.ts'

const text = 'one two three'

test('edits are made in any order, and all else stays', () => {
  const edits = [
    { span: { start: 8, end: 13 }, expected: 'three', replacement: '3' },
    { span: { start: 3, end: 3 }, expected: '', replacement: ',' },
    { span: { start: 0, end: 3 }, expected: 'one', replacement: '$1 $& 1' },
  ]
  expect(applyEdits(text, edits)).toBe('$1 $& 1, two 3')
  expect(applyEdits(text, [])).toBe(text)
})

test('an edit that does not find what it expects is refused', () => {
  const edit = { span: { start: 4, end: 7 }, expected: 'TWO', replacement: '2' }
  expect(() => applyEdits(text, [edit])).toThrow(RangeError)
})

test('edits that overlap are refused', () => {
  const edits = [
    { span: { start: 0, end: 7 }, expected: 'one two', replacement: '' },
    { span: { start: 4, end: 7 }, expected: 'two', replacement: '' },
  ]
  expect(() => applyEdits(text, edits)).toThrow(RangeError)
})
