import { expect, test } from 'vitest'
import { printable } from '../../src/report/printable.ts'

test.each([
  ['plain', 'actions/checkout@v4'],
  ['letters beyond ASCII', 'größer, 日本, Ελλάδα'],
  ['combining marks', 'e\u0301'],
  ['emoji', '🚀'],
  ['colons and brackets', 'a::b [c] #[d] C::D'],
  ['nothing', ''],
])('what can be seen stays: %s', (_, text) => {
  expect(printable(text)).toBe(text)
})

test.each([
  ['an escape character', '\u001b[31m', '\\u{1b}[31m'],
  ['a line feed', 'a\nb', 'a\\u{a}b'],
  ['a carriage return', 'a\rb', 'a\\u{d}b'],
  ['a tab', 'a\tb', 'a\\u{9}b'],
  ['NUL', '\0', '\\u{0}'],
  ['DEL', '\u007f', '\\u{7f}'],
  ['a C1 control character', '\u009b1A', '\\u{9b}1A'],
  ['a zero-width space', 'v4\u200b', 'v4\\u{200b}'],
  ['a soft hyphen', 'v\u00ad4', 'v\\u{ad}4'],
  ['text turned around', '\u202e4v', '\\u{202e}4v'],
  ['an isolate', '\u2066v4', '\\u{2066}v4'],
  ['a byte order mark', '\ufeffv4', '\\u{feff}v4'],
  ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
  ['a no-break space', 'a\u00a0b', 'a\\u{a0}b'],
  ['a blank Braille cell', '\u2800', '\\u{2800}'],
  ['a tag character', '\u{e0041}', '\\u{e0041}'],
  ['a character for private use', '\ue000', '\\u{e000}'],
  ['half a surrogate pair', '\ud800', '\\u{d800}'],
])('what steers a terminal or hides is shown: %s', (_, text, shown) => {
  expect(printable(text)).toBe(shown)
  expect(printable(shown)).toBe(shown)
})

test.each([
  ['a command', '::add-mask::x', '\\u{3a}:add-mask::x'],
  ['a command behind blanks', '  ::add-mask::x', '  \\u{3a}:add-mask::x'],
  ['a command of the older form', 'a ##[add-mask]x', 'a ##\\u{5b}add-mask]x'],
])('what steers the runner of GitHub Actions is shown: %s', (_, text, shown) => {
  expect(printable(text)).toBe(shown)
  expect(printable(shown)).toBe(shown)
})
