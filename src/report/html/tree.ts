import type { Forest, Row, Tree, Trouble } from '../graph/forest.ts'
import { shortenReference } from '../graph/reference.ts'
import { rowMark, rowTail } from '../graph/row-words.ts'
import { escapeHtml } from './escape.ts'

/**
 * The trees as lists of `details`, which open and close without a script. Open at first is what leads to trouble, and what
 * workflows use themselves.
 */
export function treesHtml(forest: Forest): string {
  const trees = forest.trees.map((tree) => treeHtml(tree, forest))
  return `<ul class="tree" id="tree">${trees.join('')}
</ul>`
}

function treeHtml({ number, file, rows, trouble }: Tree, forest: Forest): string {
  const text = `<span class="name file">${escapeHtml(file.path)}</span>${rows.length === 0 ? ` ${chip('tail', 'uses nothing')}` : ''}`
  return itemHtml(number, text, rows, true, trouble, true, forest)
}

function rowHtml(row: Row, isOwn: boolean, forest: Forest): string {
  const { number, node, below, trouble } = row
  const rows = below.kind === 'rows' ? below.rows : []
  const text = [
    nameHtml(row),
    markHtml(row),
    chip('tail', rowTail(row)),
    isOwn ? chip('places', placesText(row)) : '',
    below.kind === 'elsewhere' ? elsewhereHtml(row, below.cycle, forest) : '',
  ]
  return itemHtml(
    number,
    text.filter((part) => part !== '').join(' '),
    rows,
    trouble !== 'none',
    trouble,
    node?.kind === 'file',
    forest,
  )
}

function itemHtml(
  number: number,
  text: string,
  rows: readonly Row[],
  isOpen: boolean,
  trouble: Trouble,
  isOwn: boolean,
  forest: Forest,
): string {
  const item = `<li${trouble === 'none' ? '' : ` class="${trouble}"`}>`
  if (rows.length === 0)
    return `
${item}<div class="row" id="r${number}" tabindex="-1">${text}</div></li>`
  return `
${item}<details${isOpen ? ' open' : ''}><summary class="row" id="r${number}">${text} <span class="inside">${rows.length}</span></summary>
<ul>${rows.map((row) => rowHtml(row, isOwn, forest)).join('')}
</ul></details></li>`
}

/** `owner/repo` stands out from what follows it. */
function nameHtml(row: Row): string {
  const { edge } = row
  const written = shortenReference(edge.written)
  const at = written.lastIndexOf('@')
  const isImage = edge.target.kind === 'leaf' && edge.target.what === 'image'
  const [name, ref] =
    at === -1 || isImage ? [written, ''] : [written.slice(0, at), written.slice(at)]
  const label = edge.label
  const mood = { none: isImage ? ' image' : '', unpinned: ' bad', unknown: ' odd' }[
    rowMark(row).kind
  ]
  return [
    `<span class="name${mood}">${escapeHtml(name)}${ref === '' ? '' : `<span class="ref">${escapeHtml(ref)}</span>`}</span>`,
    ...(label === undefined ? [] : [`<span class="label">${escapeHtml(label)}</span>`]),
  ].join(' ')
}

function markHtml(row: Row): string {
  const mark = rowMark(row)
  switch (mark.kind) {
    case 'none':
      return ''
    case 'unpinned':
      return `${chip('bad', '✗ unpinned')} ${chip('reason', mark.unknown ?? '')}`.trim()
    case 'unknown':
      return `${chip('odd', '? unknown')} ${chip('reason', mark.why)}`
  }
}

function elsewhereHtml({ node, number }: Row, isCycle: boolean, { homeOf }: Forest): string {
  const home = node === undefined ? undefined : homeOf(node.key)
  if (home === undefined) return ''
  const text = isCycle ? '↺ a cycle' : home < number ? '↑ shown above' : '↓ shown below'
  return `<a class="elsewhere" href="#r${home}">${text}</a>`
}

function placesText({ places }: Row): string {
  const lines = [...new Set(places.map(({ line }) => line))]
  const shown = lines.slice(0, MOST_LINES).join(', ')
  return `line${lines.length === 1 ? '' : 's'} ${shown}${lines.length > MOST_LINES ? ', …' : ''}`
}

const MOST_LINES = 6

function chip(kind: string, text: string): string {
  return text === '' ? '' : `<span class="chip ${kind}">${escapeHtml(text)}</span>`
}
