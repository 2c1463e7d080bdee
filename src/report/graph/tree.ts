import type { Graph } from '../../walk/graph.ts'
import type { Verdict } from '../../walk/verdict.ts'
import { plantForest, type Row, type Tree } from './forest.ts'
import { referenceText } from './reference.ts'
import { rowMark, rowTail } from './row-words.ts'
import type { Palette } from '../palette.ts'
import { printable } from '../printable.ts'

/** The trees of a graph with box-drawing lines, one for each workflow, each line with its end. */
export function formatTrees(graph: Graph, verdict: Verdict, palette: Palette): string {
  const shown = new Set<string>()
  return plantForest(graph, verdict)
    .trees.map((tree) => formatTree(tree, shown, palette))
    .join('\n')
}

function formatTree({ file, rows }: Tree, shown: Set<string>, palette: Palette): string {
  shown.add(file.key)
  const nothing = rows.length === 0 ? palette.dim('  uses nothing') : ''
  const lines = [
    `${palette.bold(printable(file.path))}${nothing}`,
    ...formatRows(rows, '', true, shown, palette),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function formatRows(
  rows: readonly Row[],
  indent: string,
  isOwn: boolean,
  shown: Set<string>,
  palette: Palette,
): string[] {
  return rows.flatMap((row, index) => {
    const isLast = index === rows.length - 1
    const branch = palette.dim(`${indent}${isLast ? '└─' : '├─'} `)
    const line = `${branch}${formatRow(row, isOwn, shown, palette)}`
    if (row.below.kind !== 'rows') return [line]
    if (row.node !== undefined) shown.add(row.node.key)
    const below = `${indent}${isLast ? '   ' : '│  '}`
    const isFile = row.node?.kind === 'file'
    return [line, ...formatRows(row.below.rows, below, isFile, shown, palette)]
  })
}

function formatRow(
  row: Row,
  isOwn: boolean,
  shown: ReadonlySet<string>,
  { red, yellow, dim }: Palette,
): string {
  const mark = rowMark(row)
  const name = printable(referenceText(row.edge))
  // A line of somebody else's manifest is nowhere to go to.
  const tail = [rowTail(row), isOwn ? placesText(row) : ''].filter((part) => part !== '')
  const parts = tail.map((part) => dim(part))
  if (row.below.kind === 'elsewhere') parts.push(dim(elsewhere(row, row.below.cycle, shown)))
  switch (mark.kind) {
    case 'none':
      return [row.edge.target.kind === 'leaf' ? dim(name) : name, ...parts].join('  ')
    case 'unpinned': {
      const unknown = mark.unknown === undefined ? [] : [yellow(`? ${printable(mark.unknown)}`)]
      return [`${red('✗')} ${name}`, red('unpinned'), ...unknown, ...parts].join('  ')
    }
    case 'unknown':
      return [`${yellow('?')} ${name}`, yellow(printable(mark.why)), ...parts].join('  ')
  }
}

function elsewhere({ node }: Row, isCycle: boolean, shown: ReadonlySet<string>): string {
  if (isCycle) return '… (a cycle, shown above)'
  return node !== undefined && shown.has(node.key) ? '… (shown above)' : '… (shown below)'
}

/** The lines of the file, not too many. */
function placesText({ places }: Row): string {
  const lines = [...new Set(places.map(({ line }) => line))]
  const shown = lines.slice(0, MOST_LINES).map((line) => `:${line}`)
  return `${shown.join(' ')}${lines.length > MOST_LINES ? ` … ×${places.length}` : ''}`
}

const MOST_LINES = 4
