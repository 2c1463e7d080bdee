import type { Position, Span } from '../domain/span.ts'

/** A text's lines. Line ends are `\n`, with or without `\r` before it. */
export interface Lines {
  readonly position: (offset: number) => Position
  /** The line that holds the offset, from 0. */
  readonly lineAt: (offset: number) => number
  /** The line's text, without its end. */
  readonly span: (line: number) => Span
  /** The line's end; for the last, that of the first. */
  readonly eol: (line: number) => string
}

export function splitLines(text: string): Lines {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const startOf = (line: number): number => starts[line] ?? text.length

  function lineAt(offset: number): number {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (startOf(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  function span(line: number): Span {
    const start = startOf(line)
    const next = starts[line + 1]
    if (next === undefined) return { start, end: text.length }
    const crlf = next - 2 >= start && text[next - 2] === '\r'
    return { start, end: crlf ? next - 2 : next - 1 }
  }

  function eol(line: number): string {
    const next = starts[line + 1] ?? starts[1]
    return next !== undefined && text[next - 2] === '\r' ? '\r\n' : '\n'
  }

  return {
    lineAt,
    span,
    eol,
    position: (offset) => {
      const line = lineAt(offset)
      // A byte order mark shows as nothing.
      const hidden = line === 0 && text.startsWith('\ufeff') ? 1 : 0
      return { line: line + 1, column: offset - startOf(line) + 1 - hidden }
    },
  }
}
