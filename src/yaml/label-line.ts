import type { Span } from '../domain/span.ts'
import type { ParsedText } from './parse.ts'

/** The line that takes the label of the references on it. */
export interface LabelLine {
  /** From 0. */
  readonly line: number
  /** Where the line's text begins and ends, the blanks that it begins with, and its line end. */
  readonly start: number
  readonly end: number
  readonly indent: string
  readonly eol: string
  /** Behind the last thing on the line that is neither blank nor comment; a comment may be put there… */
  readonly codeEnd: number
  /** …unless the line ends inside a text of several lines. */
  readonly takesComment: boolean
  /** Whether a line of comment may be put before it: not where it begins inside such a text. */
  readonly takesCommentAbove: boolean
  readonly comment: { readonly start: number; readonly text: string } | undefined
  /** The comment on a line of its own right above. */
  readonly commentAbove: string | undefined
}

/** Finds the label line for the code that ends at the offset. */
export function findLabelLine(parsed: ParsedText, offset: number): LabelLine {
  const { text, lines } = parsed
  const { comments, multiline } = parsed.trivia()
  const line = lines.lineAt(offset)
  const span = lines.span(line)
  const comment = commentIn(comments, span)
  const code = text.slice(span.start, comment?.start ?? span.end)
  // A byte order mark begins the text, not its first line.
  const start = span.start + (text.startsWith('\ufeff', span.start) ? 1 : 0)
  const inText = (at: number): boolean =>
    multiline.some(({ start: from, end }) => from < at && at < end)
  return {
    line,
    start,
    end: span.end,
    indent: /^[ \t]*/.exec(code.slice(start - span.start))?.[0] ?? '',
    eol: lines.eol(line),
    codeEnd: span.start + trimmedLength(code),
    takesComment: !inText(span.end),
    takesCommentAbove: !inText(start),
    comment: comment && { start: comment.start, text: text.slice(comment.start, span.end) },
    commentAbove: line === 0 ? undefined : ownLineComment(parsed, line - 1),
  }
}

// Only what YAML takes for blanks is left off: a no-break space belongs to the value.
function trimmedLength(code: string): number {
  let length = code.length
  while (code[length - 1] === ' ' || code[length - 1] === '\t') length -= 1
  return length
}

function ownLineComment({ text, lines, trivia }: ParsedText, line: number): string | undefined {
  const span = lines.span(line)
  const comment = commentIn(trivia().comments, span)
  if (comment === undefined || text.slice(span.start, comment.start).trim() !== '') return undefined
  return text.slice(comment.start, span.end)
}

// At most one comment stands on a line, and it ends the line. The list is sorted.
function commentIn(comments: readonly Span[], { start, end }: Span): Span | undefined {
  let low = 0
  let high = comments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((comments[middle]?.start ?? end) < start) low = middle + 1
    else high = middle
  }
  const comment = comments[low]
  return comment !== undefined && comment.start < end ? comment : undefined
}
