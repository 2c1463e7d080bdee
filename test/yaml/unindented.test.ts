import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../src/yaml/edit.ts'
import { locate, type LocatedFile, type Site } from '../../src/yaml/locate.ts'
import { verifyEdits } from '../../src/yaml/verify.ts'
import { dedent } from '../support/dedent.ts'

function located(text: string): LocatedFile {
  const result = locate(text)
  if (result.kind !== 'located') throw new Error(`not located: ${result.kind}`)
  return result
}

/** The references of a manifest with their lines. */
function sitesIn(text: string): string[] {
  return located(text).sites.map((site) => `${site.position.line} ${site.text}`)
}

const manifest = (description: string): string => dedent`
  inputs:
    extra:
      description: ${description}
      default: 'none'
  runs:
    using: composite
    steps:
      - uses: acme/tool@v1
`

describe('quoted text whose further lines are not indented is read as GitHub reads it', () => {
  const cases: readonly (readonly [string, string, string[]])[] = [
    ['one line', `'as you see\nhere.'`, ['9 acme/tool@v1']],
    ['several, in double quotes', `"as you\nsee\n\nhere: - uses: x/y@v1"`, ['11 acme/tool@v1']],
    ['with a quote in it', `'it''s\n''here'''`, ['9 acme/tool@v1']],
    ['with an escaped quote in it', `"as \\"you\nsee\\" \\\nhere"`, ['10 acme/tool@v1']],
    ['with a comment that is none', `'as you # see\n# here'`, ['9 acme/tool@v1']],
    ['first indented, then not', `'as you\n      see\nhere'`, ['10 acme/tool@v1']],
    ['a hundred lines', `'${'x\n'.repeat(100)}'`, ['108 acme/tool@v1']],
  ]
  test.each(cases)('%s', (_, description, sites) => {
    const text = manifest('X').replace('X', () => description)
    expect(sitesIn(text)).toEqual(sites)
    expect(sitesIn(text.replaceAll('\n', '\r\n'))).toEqual(sites)
    expect(sitesIn(text.replace(`'none'`, `'no\nne'`))).toHaveLength(1)
  })
})

describe('its file is edited like any other', () => {
  const text = manifest(`'as you # see\nhere'`).replace('uses: acme', '"uses": acme')
  const edits = [{ span: refSpanOf(text), expected: 'v1', replacement: 'v2' }]
  const edited = text.replace('tool@v1', 'tool@v2')

  test.each([
    ['LF', text, edited],
    ['CRLF', text.replaceAll('\n', '\r\n'), edited.replaceAll('\n', '\r\n')],
  ])('%s', (_, before, after) => {
    const file = located(before)
    const span = refSpanOf(before)
    expect(applyEdits(before, [{ span, expected: 'v1', replacement: 'v2' }])).toBe(after)
    const verified = verifyEdits(file.parsed, after, [{ span, expected: 'v1', replacement: 'v2' }])
    expect(verified).toMatchObject({ kind: 'verified', parsed: { text: after } })
  })

  test('a change anywhere else is seen', () => {
    const { parsed } = located(text)
    for (const broken of [edited.replace('you', 'You'), edited.replace('none', 'None')])
      expect(verifyEdits(parsed, broken, edits).kind).toBe('refused')
  })
})

test('a reference that is written like this is told, and not edited', () => {
  const text = manifest('fine').replace('acme/tool@v1', `'acme/tool@v1\n'`)
  expect(located(text).sites.map(({ refSpan, textSpan }) => [refSpan, textSpan])).toEqual(
    located(text.replace(`\n'`, `\n          '`)).sites.map((site) => [
      site.refSpan,
      site.textSpan,
    ]),
  )
  expect(onlySite(text)).toMatchObject({ textSpan: 'escaped' })
})

test('a # behind it on its last line is a comment, one within is not', () => {
  const { comments, multiline } = located(manifest(`'as # you\nsee' # here`)).parsed.trivia()
  expect(comments).toHaveLength(1)
  expect(multiline).toHaveLength(1)
})

describe('anything else that is wrong stays so, and is told of the text as it is', () => {
  test.each([
    ['a quote that nobody closes', manifest('"open'), 9],
    ['a quote that the next one closes', manifest(`'open`), 3],
    ['a list that nobody closes', 'runs: [\n', 2],
    ['a document that begins inside', manifest(`'open\n---\nuses'`), 3],
    [
      'more of them than anybody writes',
      manifest('X').replace('X', `[${`'x\ny',`.repeat(30)}]`),
      3,
    ],
  ])('%s', (_, text, line) => {
    expect(locate(text)).toMatchObject({ kind: 'yaml', position: { line } })
  })
})

function onlySite(text: string): Site {
  const [site, second] = located(text).sites
  if (site === undefined || second !== undefined) throw new Error('not one site')
  return site
}

function refSpanOf(text: string): { readonly start: number; readonly end: number } {
  const { refSpan } = onlySite(text)
  if (typeof refSpan !== 'object') throw new Error('no span')
  return refSpan
}
