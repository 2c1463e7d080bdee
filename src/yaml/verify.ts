import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml'
import { parseYaml, type ParsedText } from './parse.ts'
import type { TextEdit } from './edit.ts'

/** An edited text, which differs from the old one as its edits say and in nothing else; or what else differs, in words. */
export type Verified =
  | { readonly kind: 'verified'; readonly parsed: ParsedText }
  | { readonly kind: 'refused'; readonly detail: string }

/**
 * Parses an edited text again and holds it against the old one: the documents must be the same, node by
 * node, but for the scalars in which an edit lies, and those must have changed as the edit says.
 */
export function verifyEdits(
  before: ParsedText,
  edited: string,
  edits: readonly TextEdit[],
): Verified {
  const after = parseYaml(edited)
  if (after.kind === 'fault')
    return { kind: 'refused', detail: `it would no longer parse: ${after.detail}` }
  const detail = findDifference(before, after, edits)
  return detail === undefined ? { kind: 'verified', parsed: after } : { kind: 'refused', detail }
}

function findDifference(
  before: ParsedText,
  after: ParsedText,
  edits: readonly TextEdit[],
): string | undefined {
  if (after.documents.length !== before.documents.length)
    return 'the number of documents would change'
  for (const [index, document] of before.documents.entries()) {
    const offset = firstDifference(document.contents, after.documents[index]?.contents, edits)
    if (offset === undefined) continue
    const { line, column } = before.lines.position(offset)
    return `the value at ${line}:${column} would change`
  }
  return undefined
}

/** The offset of the first node of the old tree that is not what it should be in the new one. */
function firstDifference(
  before: unknown,
  after: unknown,
  edits: readonly TextEdit[],
): number | undefined {
  if (isPair(before) && isPair(after))
    return (
      firstDifference(before.key, after.key, edits) ??
      firstDifference(before.value, after.value, edits)
    )
  if (isScalar(before) && isScalar(after)) {
    const [start = 0, end = start] = before.range ?? []
    const inside = edits.filter(
      ({ span }) => start <= span.start && span.end <= end && span.start < span.end,
    )
    const value = inside.reduce(
      (text, { expected, replacement }) => replaceEnd(text, expected, replacement),
      before.value,
    )
    const same =
      value === after.value && before.type === after.type && sameProperties(before, after)
    return same ? undefined : start
  }
  if (isAlias(before) && isAlias(after))
    return before.source === after.source ? undefined : offsetOf(before)
  if ((isMap(before) && isMap(after)) || (isSeq(before) && isSeq(after))) {
    if (before.items.length !== after.items.length || !sameProperties(before, after))
      return offsetOf(before)
    for (const [index, item] of before.items.entries()) {
      const offset = firstDifference(item, after.items[index], edits)
      if (offset !== undefined) return offset
    }
    return undefined
  }
  return before === after ? undefined : offsetOf(before)
}

// A reference ends with its ref; a block scalar may have its line end behind it.
function replaceEnd(value: unknown, expected: string, replacement: string): unknown {
  if (typeof value !== 'string') return value
  const text = value.replace(/\n+$/, '')
  if (!text.endsWith(expected)) return undefined
  return text.slice(0, text.length - expected.length) + replacement + value.slice(text.length)
}

function sameProperties(before: Properties, after: Properties): boolean {
  return before.anchor === after.anchor && before.tag === after.tag && before.flow === after.flow
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0
}

interface Properties {
  readonly anchor?: string | undefined
  readonly tag?: string | undefined
  readonly flow?: boolean | undefined
}
