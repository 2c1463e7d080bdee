import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { escapeData, escapeHtml } from '../../src/report/html/escape.ts'
import { SCRIPT_HASH, STYLE_HASH } from '../../src/report/html/hashes.ts'
import { formatGraphHtml } from '../../src/report/html/page.ts'
import { SCRIPT } from '../../src/report/html/script.ts'
import { STYLE } from '../../src/report/html/style.ts'
import { graphOf, reportOf } from './graph-builder.ts'
import { bigGraph, cleanGraph, hostileGraph, mixedGraph } from './graph-samples.ts'

const broken = { code: 'symlink', file: '.github/workflows/<link>.yml' } as const
const pages = {
  mixed: formatGraphHtml(reportOf(mixedGraph(), [broken])),
  clean: formatGraphHtml(reportOf(cleanGraph())),
  hostile: formatGraphHtml(reportOf(hostileGraph())),
  big: formatGraphHtml(reportOf(bigGraph())),
  empty: formatGraphHtml(reportOf(graphOf({}))),
}

test('the policy names the page’s own style and script', () => {
  expect({ STYLE_HASH, SCRIPT_HASH }).toEqual({
    STYLE_HASH: hashOf(STYLE),
    SCRIPT_HASH: hashOf(SCRIPT),
  })
  expect(pages.mixed).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'">`,
  )
})

test('the script makes no HTML of texts', () => {
  expect(SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(/,
  )
})

describe.each(Object.entries(pages))('the page is whole: %s', (_, page) => {
  // What is in them is held against the policy, and the index below.
  const markup = page.replace(/(<(style|script)[^>]*>)[^]*?<\/\2>/g, '$1</$2>')

  test('every element is closed by its own tag', () => {
    const open: string[] = []
    const wrong: string[] = []
    for (const [, slash, name = ''] of markup.matchAll(/<(\/?)([a-z]\w*)(?=[\s>])[^>]*>/g)) {
      if (VOID.has(name)) continue
      if (slash === '') open.push(name)
      else if (open.pop() !== name) wrong.push(name)
    }
    expect([...open, ...wrong]).toEqual([])
  })

  test('there are no elements and attributes but those that are meant', () => {
    const attributes = [...markup.matchAll(/<[a-z]\w*((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/g)]
    const tags = [...markup.matchAll(/<[a-z!]/g)]
    // The doctype is the one tag without.
    expect(attributes.length).toBe(tags.length - 1)
    const names = attributes.flatMap(([, text = '']) =>
      [...text.matchAll(/([a-z-]+)(?:="[^"]*")?/g)].map(([, name = '']) => name),
    )
    expect(names.filter((name) => name.startsWith('on') || name === 'style')).toEqual([])
    expect(markup.match(/<script/g)).toHaveLength(2)
    expect(/<(?:img|link|iframe|object|embed|base|form)\b/.exec(markup)).toBeNull()
  })

  test('nothing leads out of the page, and every link to a place that is there', () => {
    expect(/<[^>]*\s(?:src|action|data|srcset|poster)="/.exec(markup)).toBeNull()
    const ids = [...markup.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, href = ''] of markup.matchAll(/\shref="([^"]*)"/g)) {
      expect(href).toMatch(/^#r\d+$/)
      expect(ids).toContain(href.slice(1))
    }
  })

  test('every row is in the search index', () => {
    const [, text = ''] =
      /<script type="application\/json" id="index">(.*?)<\/script>/.exec(page) ?? []
    const index: unknown = JSON.parse(text)
    const rows = [...markup.matchAll(/class="row" id="r(\d+)"/g)].map(([, number]) => number)
    expect(Object.keys(index ?? {})).toEqual(rows)
  })
})

test('the verdict stands on top, with counts', () => {
  expect(pages.mixed).toContain('Blocked by GitHub’s SHA policy')
  expect(pages.mixed).toContain('4 references that are not pinned would stop 2 of 4 workflows.')
  expect(pages.mixed).toContain('<div class="count bad"><dd>4</dd><dt>unpinned</dt></div>')
  expect(pages.clean).toContain('Passes GitHub’s SHA policy')
  expect(pages.clean).not.toContain('class="group')
})

test('what leads to trouble is open, the rest of an action’s references closed', () => {
  expect(pages.mixed).toMatch(
    /<details open><summary class="row" id="r\d+"><span class="name">extractions\/setup-just/,
  )
  expect(pages.mixed).toMatch(
    /<details><summary class="row" id="r\d+"><span class="name">\.\/\.github\/actions\/setup/,
  )
})

test('text becomes text', () => {
  expect(escapeHtml(`<a href='x'>"&"</a>`)).toBe(
    '&#60;a href=&#39;x&#39;&#62;&#34;&#38;&#34;&#60;/a&#62;',
  )
  expect(escapeHtml('a\u202eb\0')).toBe(String.raw`a\u{202e}b\u{0}`)
  const data = { a: '</script><!--\u2028' }
  expect(escapeData(data)).not.toMatch(/[<\u2028]/)
  expect(JSON.parse(escapeData(data))).toEqual(data)
})

const VOID: ReadonlySet<string> = new Set(['meta', 'input'])

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
