import type { CST } from 'yaml'
import type { Span } from '../domain/span.ts'

/** What the editor must know of a text beside its values. */
export interface Trivia {
  /** Every comment, from its `#` to the end of its line, in the order of the text. */
  readonly comments: readonly Span[]
  /** Scalars that go over more than one line: inside them a `#` is no comment. */
  readonly multiline: readonly Span[]
}

/** Gathers comments and multi-line scalars from the concrete syntax tree of a text, where alone their spans are true. */
export function gatherTrivia(text: string, tokens: readonly CST.Token[]): Trivia {
  const comments: Span[] = []
  const multiline: Span[] = []

  function takeAll(sources: readonly CST.SourceToken[] | undefined): void {
    if (sources !== undefined)
      for (const source of sources) if (source.type === 'comment') comments.push(spanOf(source))
  }

  function take(token: CST.Token | null | undefined): void {
    if (!token) return
    if (token.type === 'document') {
      takeAll(token.start)
      take(token.value)
    } else if (token.type === 'block-scalar') {
      token.props.forEach(take)
      multiline.push(blockBody(token))
    } else if (token.type === 'comment') comments.push(spanOf(token))
    else if ('items' in token) token.items.forEach(takeItem)
    else if ('source' in token && isFlowScalar(token.type)) takeScalar(spanOf(token))
    if ('end' in token) takeAll(token.end)
  }

  function takeScalar(span: Span): void {
    if (text.slice(span.start, span.end).includes('\n')) multiline.push(span)
  }

  function takeItem({ start, key, sep, value }: CST.CollectionItem): void {
    takeAll(start)
    take(key)
    takeAll(sep)
    take(value)
  }

  for (const token of tokens) take(token)
  return { comments: comments.toSorted((a, b) => a.start - b.start), multiline }
}

/** Where a block scalar's text stands; its own `offset` is its header's. */
export function blockBody(token: CST.BlockScalar): Span {
  const last = token.props.at(-1)
  const start =
    last !== undefined && 'source' in last ? last.offset + last.source.length : token.offset
  return { start, end: start + token.source.length }
}

function spanOf({ offset, source }: { readonly offset: number; readonly source: string }): Span {
  return { start: offset, end: offset + source.length }
}

function isFlowScalar(type: string): boolean {
  return type === 'scalar' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar'
}
