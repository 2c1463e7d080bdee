import { expect, test } from 'vitest'
import { splitLines } from '../../src/yaml/lines.ts'

test('spans leave out line ends, and every line has its own', () => {
  const text = 'a\r\nbb\n\nccc'
  const lines = splitLines(text)
  const spans = [0, 1, 2, 3].map((line) => lines.span(line))
  expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['a', 'bb', '', 'ccc'])
  expect([0, 1, 2, 3].map((line) => lines.eol(line))).toEqual(['\r\n', '\n', '\n', '\r\n'])
})

test('every offset has its line and column', () => {
  const lines = splitLines('a\r\nbb\n')
  const positions = [0, 1, 2, 3, 5, 6].map((offset) => lines.position(offset))
  expect(positions.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '1:1',
    '1:2',
    '1:3',
    '2:1',
    '2:3',
    '3:1',
  ])
  expect(splitLines('\ufeffab').position(1)).toEqual({ line: 1, column: 1 })
  expect(splitLines('').position(0)).toEqual({ line: 1, column: 1 })
})

test('a text without line ends gets the usual one', () => {
  expect(splitLines('a').eol(0)).toBe('\n')
})
