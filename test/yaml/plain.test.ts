import { describe, expect, test } from 'vitest'
import { plainValue, readPlain } from '../../src/yaml/plain.ts'
import { dedent } from '../support/dedent.ts'

function valueOf(text: string): unknown {
  const { root, faults } = readPlain(text)
  expect(faults).toEqual([])
  return root === undefined ? undefined : JSON.parse(JSON.stringify(plainValue(root)))
}

test('reads maps, lists and scalars by the core schema', () => {
  const text = dedent`
    text: on
    day: 2027-01-31
    numbers: [3, -4, 1.5, 2e3, 0x1F, 0o17, .5]
    no numbers: [1_000, 1:30, .inf, '3', "4", !!str 5]
    truth: [true, False, yes, off]
    nothing: [~, null, ]
    folded: >-
      two
      lines
    empty:
  `
  expect(valueOf(text)).toEqual({
    text: 'on',
    day: '2027-01-31',
    numbers: [3, -4, 1.5, 2000, 31, 15, 0.5],
    'no numbers': ['1_000', '1:30', '.inf', '3', '4', '5'],
    truth: [true, false, 'yes', 'off'],
    nothing: [null, null],
    folded: 'two lines',
    empty: null,
  })
})

test.each([[''], ['# a comment\n'], ['---\n'], ['\ufeff# a comment\r\n']])(
  'holds nothing: %j',
  (text) => {
    expect(readPlain(text)).toEqual({ root: undefined, faults: [] })
  },
)

test('places every key and value', () => {
  const { root } = readPlain('\ufeff# first\r\na:\r\n  - b: "c"\r\n')
  expect(root).toEqual({
    kind: 'map',
    position: { line: 2, column: 1 },
    entries: [
      {
        key: 'a',
        position: { line: 2, column: 1 },
        value: {
          kind: 'list',
          position: { line: 3, column: 3 },
          items: [
            {
              kind: 'map',
              position: { line: 3, column: 5 },
              entries: [
                {
                  key: 'b',
                  position: { line: 3, column: 5 },
                  value: { kind: 'scalar', value: 'c', position: { line: 3, column: 8 } },
                },
              ],
            },
          ],
        },
      },
    ],
  })
})

test('keys that objects have by nature are only keys', () => {
  const { root } = readPlain('__proto__: 1\nconstructor: 2\n')
  const value = root && plainValue(root)
  expect(Object.entries(value ?? {})).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ])
})

test('aliases mean what they point to', () => {
  expect(valueOf('a: &x [1, {b: 2}]\nc: *x\n')).toEqual({ a: [1, { b: 2 }], c: [1, { b: 2 }] })
})

describe('faults', () => {
  test('a key that stands twice: both places, and the rest is read', () => {
    const { root, faults } = readPlain('a: 1\nb: 2\na: 3\n')
    expect(faults).toEqual([
      {
        code: 'duplicate-key',
        key: 'a',
        position: { line: 3, column: 1 },
        first: { line: 1, column: 1 },
      },
    ])
    expect(root && plainValue(root)).toEqual(Object.assign(Object.create(null), { a: 1, b: 2 }))
  })

  const bomb = ['a: &a [1,1,1,1,1,1,1,1,1]', 'b', 'c', 'd', 'e', 'f', 'g'].reduce(
    (text, letter) => {
      const above = String.fromCharCode(letter.charCodeAt(0) - 1)
      return `${text}\n${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${above}`).join(',')}]`
    },
  )

  test.each([
    ['a second document', 'a: 1\n---\nb: 2\n', '2:1', 'a second document begins here'],
    ['an unknown tag', 'a: !secret x\n', '1:4', 'Unresolved tag: !secret'],
    ['a tag of another schema', 'a: !!set {b}\n', '1:10', 'the tag tag:yaml.org,2002:set'],
    ['a key that is no text', '[a]: b\n', '1:1', 'keys must be strings'],
    ['an alias as a key', 'a: &x b\n*x : c\n', '2:1', 'keys must be strings'],
    ['an alias of nothing', 'a: *x\n', '1:4', 'no anchor before this is called x'],
    ['an alias in itself', 'a: &x [*x]\n', '1:8', 'stands in what it is an alias of'],
    ['aliases of aliases', bomb, '1:1', 'its aliases make it too long to read'],
    ['an open quote', 'a: "b\n', '2:1', 'Missing closing'],
    ['a tab', 'a:\n\tb: 1\n', '2:1', 'Tabs are not allowed'],
    ['brackets beyond measure', '['.repeat(20_000), '1:101', 'nested too deeply'],
    ['maps beyond measure', '{a: '.repeat(20_000), '1:398', 'nested too deeply'],
    ['lists beyond measure', '- '.repeat(3_000), '1:201', 'nested too deeply'],
  ])('%s', (_, text, place, detail) => {
    const { faults } = readPlain(text)
    const [first] = faults
    expect(first?.code === 'yaml' ? first.detail : '').toContain(detail)
    expect(`${first?.position.line}:${first?.position.column}`).toBe(place)
    expect(faults.length).toBeLessThanOrEqual(5)
  })
})
