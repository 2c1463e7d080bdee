import type { Forest, Row } from '../graph/forest.ts'
import { nodeName } from '../graph/reference.ts'
import { printable } from '../printable.ts'
import { rowMark } from '../graph/row-words.ts'

/** What each row is found by, by its number: beside what it shows, whole commits too. */
export function searchIndex({ trees }: Forest): Readonly<Record<number, string>> {
  const index: Record<number, string> = {}
  function add(rows: readonly Row[]): void {
    for (const row of rows) {
      index[row.number] = searchable(wordsOf(row).join(' '))
      if (row.below.kind === 'rows') add(row.below.rows)
    }
  }
  for (const { number, file, rows } of trees) {
    index[number] = searchable(file.path)
    add(rows)
  }
  return index
}

// What is searched is what is shown.
function searchable(text: string): string {
  return printable(text).toLowerCase()
}

function wordsOf(row: Row): string[] {
  const { edge, node } = row
  const mark = rowMark(row)
  return [
    edge.written,
    edge.label ?? '',
    ...(node === undefined ? [] : [nodeName(node)]),
    ...(node?.kind === 'remote' ? [node.commit] : []),
    ...(edge.target.kind === 'leaf' ? [edge.target.what] : []),
    mark.kind === 'none' ? '' : mark.kind,
  ].filter((word) => word !== '')
}
