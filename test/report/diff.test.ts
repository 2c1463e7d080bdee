import picocolors from 'picocolors'
import { describe, expect, test } from 'vitest'
import { formatDiff, paintDiff, type FileChange } from '../../src/report/diff.ts'
import { git, putFiles, temporaryFolder } from '../support/temporary-folder.ts'
import { onWindows, textOf } from '../cli/support.ts'

const BEFORE = 'a\nb\nc\nd\nuses: x/y@v1\ne\nf\ng\nh\n'
const AFTER = BEFORE.replace('v1', '0123 # v1')

test('a file that does not change is not in the diff', () => {
  expect(formatDiff([])).toBe('')
  expect(formatDiff([{ path: 'a.yml', before: BEFORE, after: BEFORE }])).toBe('')
})

test('it is as git writes it', () => {
  expect(formatDiff([{ path: 'ci/a.yml', before: BEFORE, after: AFTER }])).toBe(
    [
      '--- a/ci/a.yml',
      '+++ b/ci/a.yml',
      '@@ -2,7 +2,7 @@',
      ' b',
      ' c',
      ' d',
      '-uses: x/y@v1',
      '+uses: x/y@0123 # v1',
      ' e',
      ' f',
      ' g',
      '',
    ].join('\n'),
  )
})

describe('git apply makes of the old bytes the new ones', () => {
  test.each([
    ['a plain name', 'ci.yml'],
    ['a folder', '.github/workflows/ci.yml'],
    ['blanks', 'my own/new ci.yml'],
    ['letters beyond ASCII', 'prüfung/größe-日本.yml'],
    ['an emoji and a blank', 'rocket 🚀.yml'],
    ['a name that begins like a header', '--- a'],
    ['a replacement pattern', '$1$&.yml'],
  ])('with %s in its name', async (_, path) => {
    const change = { path, before: BEFORE, after: AFTER }
    expect(await applied([change])).toEqual([AFTER])
  })

  test.skipIf(onWindows).each([
    ['a blank at the end', 'ci.yml '],
    ['quotes', 'it\'s "ci".yml'],
    ['a backslash', 'a\\nb.yml'],
    ['a tab', 'tab\there.yml'],
    ['a line feed', 'line\nfeed.yml'],
    ['a carriage return', 'carriage\rreturn.yml'],
    ['an escape character', '\u001b[31mred.yml'],
    ['what looks like a time', 'ci.yml 2024-01-01 00:00:00'],
  ])('with %s in its name', async (_, path) => {
    const change = { path, before: BEFORE, after: AFTER }
    expect(await applied([change])).toEqual([AFTER])
  })

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a lone CR', (text: string) => text.replace('\n', '\r')],
    ['mixed line ends', (text: string) => text.replace('\nuses', '\r\nuses')],
    ['no final line end', (text: string) => text.trimEnd()],
    ['no final line end behind the change', (text: string) => text.slice(0, text.indexOf('\ne'))],
    ['CRLF, no final line end', (text: string) => text.replaceAll('\n', '\r\n').trimEnd()],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['control characters', (text: string) => text.replace('d', '\u001b[2J\u0085\u2028')],
    ['astral characters', (text: string) => text.replace('d', '🚀👩‍💻')],
    ['lines that look like headers', (text: string) => text.replace('d', '-- d\n++ d\n@@ d')],
  ])('with %s', async (_, vary) => {
    const change = { path: 'ci.yml', before: vary(BEFORE), after: vary(AFTER) }
    expect(await applied([change])).toEqual([change.after])
  })

  test('with several files, some of which do not change', async () => {
    const changes = [
      { path: 'one.yml', before: BEFORE, after: AFTER },
      { path: 'same.yml', before: BEFORE, after: BEFORE },
      { path: 'two parts.yml', before: `${BEFORE}${BEFORE}`, after: `${AFTER}${AFTER}` },
      { path: 'three.yml', before: 'uses: a/b@v1', after: '# why\nuses: a/b@0123 # v1' },
    ]
    expect(await applied(changes)).toEqual(changes.map(({ after }) => after))
  })
})

/** What the files hold once git has applied the diff. */
async function applied(changes: readonly FileChange[]): Promise<string[]> {
  const folder = await temporaryFolder(
    Object.fromEntries(changes.map(({ path, before }) => [path, before])),
  )
  await putFiles(folder, { 'pins.diff': formatDiff(changes) })
  git(folder, 'apply', 'pins.diff')
  return Promise.all(changes.map(({ path }) => textOf(folder, path)))
}

describe('for eyes', () => {
  const colours = picocolors.createColors(true)
  const none = picocolors.createColors(false)

  test('lines have colours by what they are', () => {
    const diff = formatDiff([{ path: 'a.yml', before: BEFORE, after: AFTER }])
    const lines = paintDiff(diff, colours).split('\n')
    expect(lines).toContain(colours.bold('--- a/a.yml'))
    expect(lines).toContain(colours.bold('+++ b/a.yml'))
    expect(lines).toContain(colours.dim('@@ -2,7 +2,7 @@'))
    expect(lines).toContain(colours.red('-uses: x/y@v1'))
    expect(lines).toContain(colours.green('+uses: x/y@0123 # v1'))
    expect(lines).toContain(' e')
  })

  test('nothing in it steers the terminal', () => {
    const hostile = BEFORE.replace('d', '\u001b[2J\u009b1A\u202e\r\td')
    const diff = formatDiff([{ path: 'a.yml', before: hostile, after: `${hostile}x\n` }])
    const all = formatDiff([{ path: 'a.yml', before: hostile, after: hostile.toUpperCase() }])
    for (const shown of [diff, all].map((each) => paintDiff(each, none)))
      // oxlint-disable-next-line no-control-regex
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(paintDiff(all, none)).toContain('\\u{1b}[2J\\u{9b}1A\\u{202e}\\u{d}\td')
  })

  test('line ends of Windows are no news', () => {
    const diff = formatDiff([{ path: 'a.yml', before: 'a\r\n', after: 'b\r\n' }])
    expect(paintDiff(diff, none)).toBe(diff.replaceAll('\r', ''))
  })
})
