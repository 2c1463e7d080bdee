import type { Graph } from '../../walk/graph.ts'
import type { Verdict } from '../../walk/verdict.ts'
import { count } from '../count.ts'
import { draw, linksOf, type Arrow, type Box, type Link } from './drawing.ts'
import { printable } from '../printable.ts'

/**
 * A graph as a Mermaid flowchart that GitHub draws. Of one that is larger than Mermaid allows, what is clean is left out
 * first, and a comment says how much.
 */
export function formatMermaid(graph: Graph, verdict: Verdict): string {
  const all = linksOf(graph)
  const blamed = new Set(verdict.blocked.flatMap(({ references }) => references))
  const troubled = new Set([...blamed, ...verdict.unknown.flatMap(({ references }) => references)])
  const roots = new Set(graph.roots)
  const choices = [
    all,
    all.filter(({ edge, from }) => troubled.has(edge) || roots.has(from.key)),
    ...(troubled.size > 0 ? [all.filter(({ edge }) => troubled.has(edge))] : []),
    ...(blamed.size > 0 ? [all.filter(({ edge }) => blamed.has(edge))] : []),
  ]
  for (const links of choices) {
    const text = write(links, all, graph)
    if (fits(links, text)) return text
  }
  return cut(choices.at(-1) ?? all, all, graph)
}

// Mermaid's own defaults, which GitHub keeps: https://mermaid.js.org/config/schema-docs/config.html (maxTextSize, maxEdges)
const MOST_CHARACTERS = 50_000
const MOST_ARROWS = 500

function fits(links: readonly Link[], text: string): boolean {
  return links.length <= MOST_ARROWS && text.length <= MOST_CHARACTERS
}

/** As many of the links as fit, the ones nearest to a workflow first. */
function cut(links: readonly Link[], all: readonly Link[], graph: Graph): string {
  let fitting = 0
  let tooMany = Math.min(links.length, MOST_ARROWS) + 1
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2)
    if (write(links.slice(0, middle), all, graph).length <= MOST_CHARACTERS) fitting = middle
    else tooMany = middle
  }
  return write(links.slice(0, fitting), all, graph)
}

function write(links: readonly Link[], all: readonly Link[], graph: Graph): string {
  const missing = all.length - links.length
  // Workflows from which nothing is drawn would be in the way.
  const used = new Set(links.map(({ from }) => from.key))
  const roots = missing === 0 ? graph.roots : graph.roots.filter((key) => used.has(key))
  const { boxes, arrows } = draw(links, { ...graph, roots })
  return [
    'flowchart LR',
    ...(missing > 0
      ? [
          `  %% Left out, since the diagram would be too large to draw: ${count(missing, 'reference')}.`,
        ]
      : []),
    ...boxes.map(writeBox),
    ...arrows.map(writeArrow),
    ...writeStyles(boxes, arrows),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function writeBox({ id, kind, lines }: Box): string {
  const [open, close] = SHAPES[kind]
  return `  ${id}${open}"${lines.map(escapeLabel).join('<br>')}"${close}:::${kind}`
}

const SHAPES: Record<Box['kind'], readonly [string, string]> = {
  workflow: ['([', '])'],
  action: ['[', ']'],
  image: ['[/', '/]'],
  unpinned: ['[', ']'],
  unknown: ['[', ']'],
}

function writeArrow({ from, to, kind, text }: Arrow): string {
  const line = kind === 'unknown' ? '-.->' : '-->'
  return text === undefined
    ? `  ${from} ${line} ${to}`
    : `  ${from} ${line}|"${escapeLabel(text)}"| ${to}`
}

/** Fills come with their own text colours, so that they can be read on light and on dark; the rest keeps the page's. */
const STYLES: Record<Box['kind'], string> = {
  workflow: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069',
  action: 'stroke:#8c959f',
  image: 'stroke:#8c959f,stroke-dasharray:4 3',
  unpinned: 'fill:#ffebe9,stroke:#cf222e,stroke-width:2px,color:#82071e',
  unknown: 'fill:#fff8c5,stroke:#9a6700,stroke-dasharray:4 3,color:#4d2d00',
}

function writeStyles(boxes: readonly Box[], arrows: readonly Arrow[]): string[] {
  const kinds = new Set(boxes.map(({ kind }) => kind))
  const classes = [...kinds].map((kind) => `  classDef ${kind} ${STYLES[kind]}`)
  return [
    ...classes,
    ...styleArrows('unpinned', 'stroke:#cf222e,stroke-width:2px', arrows),
    ...styleArrows('unknown', 'stroke:#9a6700', arrows),
  ]
}

function styleArrows(kind: Arrow['kind'], style: string, arrows: readonly Arrow[]): string[] {
  const numbers = arrows.flatMap((arrow, index) => (arrow.kind === kind ? [index] : []))
  return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} ${style}`]
}

/**
 * What is neither a letter nor a digit nor one of a few signs becomes an entity code: quotes and backticks end or change a
 * label, `#` and `&` begin an entity, `<` begins markup, `%%{` a directive, and a colon can make the line look like a style.
 */
function escapeLabel(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{M}\p{N} ./@$(),·✗…?+=-]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  )
}
