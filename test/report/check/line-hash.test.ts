import { expect, test } from 'vitest'
import { hashLines } from '../../../src/report/check/line-hash.ts'

// What GitHub's own implementation makes of these texts.
test.each<[string, string, readonly string[]]>([
  ['nothing', '', ['c129715d7a2bc9a3:1']],
  [
    'blanks do not count',
    ' a\nb\n  \t\tc\n d',
    ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
  ],
])('%s', (_, text, expected) => {
  const hashOf = hashLines(text)
  expect(expected.map((_hash, index) => hashOf(index + 1))).toEqual(expected)
  expect(hashOf(expected.length + 1)).toBeUndefined()
})

test.each(['\r\n', '\r'])('line ends are all alike: %j', (eol) => {
  const lines = ['hello; ', 'world!!!', '', '', '  Greetings', ' End', '']
  const [unix, other] = [hashLines(lines.join('\n')), hashLines(lines.join(eol))]
  for (let line = 1; line <= lines.length; line++) expect(other(line)).toBe(unix(line))
})

test('the same hundred characters again are counted', () => {
  const hashOf = hashLines('Lorem ipsum dolor sit amet.\n'.repeat(10))
  expect([1, 2, 6, 7].map(hashOf)).toEqual([
    'a7f2ff13bc495cf2:1',
    'a7f2ff13bc495cf2:2',
    'a7f2ff13bc495cf2:6',
    'a7f2ff1481e87703:1',
  ])
})

test('what stands above does not matter', () => {
  expect(hashLines('above\n\nname: x\n')(3)).toBe(hashLines('name: x\n')(1))
})
