import type { Palette } from '../palette.ts'
import { printable } from '../printable.ts'
import type { Region } from '../finding/region.ts'

/**
 * The line that a region begins in, with its number, and the region underlined: what an editor would show.
 * @param line the line's text, without its end
 */
export function codeFrame(
  { line: number, column, endLine, endColumn }: Region,
  line: string,
  { dim }: Palette,
  paint: (text: string) => string,
): string[] {
  const hidden = line.startsWith('\ufeff') ? 1 : 0
  const start = hidden + column - 1
  const end = endLine === number ? hidden + endColumn - 1 : line.length
  const indent = Math.max(0, Math.min(/^\s*/.exec(line)?.[0].length ?? 0, start) - hidden)
  const before = show(line.slice(hidden + indent, start))
  const meant = show(line.slice(start, end))
  const after = show(line.slice(end))
  const text = before + meant + after
  const gutter = String(number).padStart(5)
  const shown = text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text
  const mark = '━'.repeat(Math.max(1, Math.min(meant.length, MOST - before.length)))
  const underline = before.length < MOST ? `${' '.repeat(before.length)}${paint(mark)}` : ''
  return [
    `${dim(`${gutter} ┃`)} ${shown}`,
    ...(underline === '' ? [] : [`${dim(`${' '.repeat(gutter.length)} ┃`)} ${underline}`]),
  ]
}

// Beyond that a terminal breaks the line, and nothing stands under what it is about.
const MOST = 110

function show(text: string): string {
  return printable(text.replaceAll('\t', '  '))
}
