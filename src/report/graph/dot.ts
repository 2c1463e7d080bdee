import type { Graph } from '../../walk/graph.ts'
import { draw, linksOf, type Arrow, type Box } from './drawing.ts'
import { printable } from '../printable.ts'

/** A graph in Graphviz's language, for `dot -Tsvg`. */
export function formatDot(graph: Graph): string {
  const { boxes, arrows } = draw(linksOf(graph), graph)
  return [
    'digraph pinsmith {',
    '  graph [rankdir=LR, bgcolor="transparent", nodesep=0.2, ranksep=0.7]',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=11, color="#8c959f", fillcolor="#ffffff"]',
    '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10, color="#8c959f", arrowsize=0.7]',
    ...boxes.map(writeBox),
    ...arrows.map(writeArrow),
    '}',
  ]
    .map((line) => `${line}\n`)
    .join('')
}

const BOXES: Record<Box['kind'], string> = {
  workflow: 'fillcolor="#ddf4ff", color="#0969da", fontcolor="#0a3069"',
  action: '',
  image: 'style="rounded,filled,dashed", fontcolor="#57606a"',
  unpinned: 'fillcolor="#ffebe9", color="#cf222e", fontcolor="#82071e", penwidth=1.5',
  unknown:
    'fillcolor="#fff8c5", color="#9a6700", fontcolor="#4d2d00", style="rounded,filled,dashed"',
}

const ARROWS: Record<Arrow['kind'], string> = {
  plain: '',
  unpinned: 'color="#cf222e", fontcolor="#cf222e", penwidth=1.5',
  unknown: 'color="#9a6700", fontcolor="#9a6700", style=dashed',
}

function writeBox({ id, kind, lines }: Box): string {
  return `  ${id} ${attributes([`label="${lines.map(escapeLabel).join('\\n')}"`, BOXES[kind]])}`
}

function writeArrow({ from, to, kind, text }: Arrow): string {
  const label = text === undefined ? '' : `label="${escapeLabel(text)}"`
  return `  ${from} -> ${to}${label === '' && ARROWS[kind] === '' ? '' : ` ${attributes([label, ARROWS[kind]])}`}`
}

function attributes(parts: readonly string[]): string {
  return `[${parts.filter((part) => part !== '').join(', ')}]`
}

/** In a quoted label a backslash begins an escape, and `&` an HTML entity. */
function escapeLabel(text: string): string {
  return printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')
}
