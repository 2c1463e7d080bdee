import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { formatDot } from '../../../src/report/graph/dot.ts'
import { reportOf } from '../graph-builder.ts'
import { bigGraph, cleanGraph, HOSTILE, hostileGraph, mixedGraph } from '../graph-samples.ts'
import { printable } from '../../../src/report/printable.ts'

const graphs = {
  mixed: mixedGraph(),
  clean: cleanGraph(),
  hostile: hostileGraph(),
  big: bigGraph(),
}

const VALUE = String.raw`(?:"(?:[^"\\\n]|\\.)*"|[\w.]+)`
const ATTRIBUTES = String.raw`\[\w+=${VALUE}(?:, \w+=${VALUE})*\]`
const LINE = new RegExp(String.raw`^  (?:graph|node|edge|n\d+|n\d+ -> n\d+)(?: ${ATTRIBUTES})?$`)

test.each(Object.entries(graphs))('every line is a statement: %s', (_, graph) => {
  const lines = formatDot(graph).trimEnd().split('\n')
  expect(lines[0]).toBe('digraph pinsmith {')
  expect(lines.at(-1)).toBe('}')
  expect(lines.slice(1, -1).filter((line) => !LINE.test(line))).toEqual([])
})

test('unpinned arrows are marked, and boxes tell what they are', () => {
  const { graph } = reportOf(mixedGraph())
  const text = formatDot(graph)
  expect(text).toContain(String.raw`label="extractions/setup-just\nv2.0.0 · 9b1d2f9b1d2f"`)
  expect(text.match(/label="✗ @v\d"/g)).toHaveLength(5)
})

const dot = spawnSync('dot', ['-V']).status === 0

test.skipIf(!dot).each(Object.entries(graphs).filter(([name]) => name !== 'big'))(
  'Graphviz draws it (needs dot): %s',
  (name, graph) => {
    const { status, stdout, stderr } = spawnSync('dot', ['-Tsvg'], {
      input: formatDot(graph),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    if (name !== 'hostile') return
    const texts = [...stdout.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
      text
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .replaceAll('\u00a0', ' '),
    )
    for (const each of HOSTILE) expect(texts).toContain(`docker://${printable(each)}`)
  },
)
