import type { Finding } from '../../check/finding.ts'
import type { Span } from '../../domain/span.ts'
import { splitLines, type Lines } from '../../yaml/lines.ts'

/** A stretch of a file. Lines and columns count from 1, columns in UTF-16 code units; `endColumn` is the one after the last. */
export interface Region {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** What stands there; empty where the file's text is not at hand. */
  readonly text: string
}

/** Tells the stretches that findings and fixes are about. */
export interface Regions {
  /** What a finding points at; where that has no known length, the rest of the line, and for a whole file its first line. */
  readonly ofFinding: (finding: Finding) => Region
  /** `undefined` where the file's text is not at hand. */
  readonly ofSpan: (file: string, span: Span) => Region | undefined
  /** A line's text without its end, by its number from 1; `undefined` where the file's text is not at hand. */
  readonly lineOf: (file: string, line: number) => string | undefined
}

/** @param texts by the path that findings name */
export function makeRegions(texts: ReadonlyMap<string, string>): Regions {
  const known = new Map<string, Lines>()

  function linesOf(file: string, text: string): Lines {
    const lines = known.get(file) ?? splitLines(text)
    known.set(file, lines)
    return lines
  }

  function ofSpan(file: string, { start, end }: Span): Region | undefined {
    const text = texts.get(file)
    if (text === undefined) return undefined
    const { position } = linesOf(file, text)
    const { line, column } = position(start)
    const last = position(end)
    return {
      line,
      column,
      endLine: last.line,
      endColumn: last.column,
      text: text.slice(start, end),
    }
  }

  function lineOf(file: string, line: number): string | undefined {
    const text = texts.get(file)
    if (text === undefined) return undefined
    const { start, end } = linesOf(file, text).span(line - 1)
    return text.slice(start, end)
  }

  return {
    ofSpan,
    lineOf,
    ofFinding: ({ file, position, length }) => {
      const { line, column } = position ?? { line: 1, column: 1 }
      const bare = { line, column, endLine: line, endColumn: column + length, text: '' }
      const text = file === undefined ? undefined : texts.get(file)
      if (file === undefined || text === undefined) return bare
      const lines = linesOf(file, text)
      const whole = lines.span(line - 1)
      // A byte order mark has no column.
      const hidden = line === 1 && text.startsWith('\ufeff') ? 1 : 0
      const start = whole.start + hidden + column - 1
      // A report must not fail over a place that is not in the text.
      if (start > text.length) return bare
      const end = length === 0 ? Math.max(start, whole.end) : Math.min(start + length, text.length)
      return ofSpan(file, { start, end }) ?? bare
    },
  }
}
