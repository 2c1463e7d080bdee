import type { Span } from '../domain/span.ts'

/** A change to a text, which says what it expects to replace. An insertion replaces the empty text. */
export interface TextEdit {
  readonly span: Span
  readonly expected: string
  readonly replacement: string
}

/**
 * Makes the edited text. Bytes outside the spans stay what they are.
 * @throws {RangeError} where an edit does not find what it expects, or two overlap: the plan was not made for this text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let done = 0
  for (const { span, expected, replacement } of edits.toSorted(
    (a, b) => a.span.start - b.span.start,
  )) {
    if (span.start < done) throw new RangeError(`edits overlap at offset ${span.start}`)
    const found = text.slice(span.start, span.end)
    if (found !== expected)
      throw new RangeError(
        `expected ${JSON.stringify(expected)} at offset ${span.start}, found ${JSON.stringify(found)}`,
      )
    result += text.slice(done, span.start) + replacement
    done = span.end
  }
  return result + text.slice(done)
}
