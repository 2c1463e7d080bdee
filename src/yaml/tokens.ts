import type { CST } from 'yaml'
import type { Span } from '../domain/span.ts'

/** What the editor must know of a text beside its values. */
export interface Trivia {
  /** Every comment, from its `#` to the end of its line, in the order of the text. */
  readonly comments: readonly Span[]
  /** Scalars that go over more than one line: inside them a `#` is no comment. */
  readonly multiline: readonly Span[]
}

/** Gathers comments and multi-line scalars from the concrete syntax tree, where alone their spans are true. */
export function gatherTrivia(tokens: readonly CST.Token[]): Trivia {
  const comments: Span[] = []
  const multiline: Span[] = []
  const open: (CST.Token | CST.SourceToken | CST.CollectionItem)[] = [...tokens]
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    if ('start' in token && Array.isArray(token.start)) open.push(...token.start)
    if ('key' in token && token.key) open.push(token.key)
    if ('sep' in token && token.sep) open.push(...token.sep)
    if ('value' in token && token.value) open.push(token.value)
    if ('items' in token) open.push(...token.items)
    if ('props' in token) open.push(...token.props)
    if ('end' in token && token.end) open.push(...token.end)
    if (!('source' in token)) continue
    const span = { start: token.offset, end: token.offset + token.source.length }
    if (token.type === 'comment') comments.push(span)
    else if (token.type === 'block-scalar') multiline.push(blockBody(token))
    else if (isFlowScalar(token.type) && token.source.includes('\n')) multiline.push(span)
  }
  return { comments: comments.toSorted((a, b) => a.start - b.start), multiline }
}

/** Where a block scalar's text stands; its own `offset` is its header's. */
export function blockBody(token: CST.BlockScalar): Span {
  const last = token.props.at(-1)
  const start =
    last !== undefined && 'source' in last ? last.offset + last.source.length : token.offset
  return { start, end: start + token.source.length }
}

function isFlowScalar(type: string): boolean {
  return type === 'scalar' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar'
}
