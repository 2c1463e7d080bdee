import { CST, isScalar } from 'yaml'
import { parseIgnore, type IgnoreDirective } from '../domain/directive.ts'
import type { EditObstacle, UsesFault } from '../domain/problem.ts'
import {
  parseActionImage,
  parseImage,
  parseReference,
  type Reference,
} from '../domain/reference.ts'
import type { Position, Span } from '../domain/span.ts'
import { findLabelLine, type LabelLine } from './label-line.ts'
import { parseYaml, type ParsedText } from './parse.ts'
import { blockBody } from './tokens.ts'
import { visitUses, type UsesNode } from './visit-uses.ts'

/** One place where a reference stands, or something that its author may take for one. */
export interface Site {
  readonly position: Position
  /** The reference as it reads, without quotes, folds and escapes. */
  readonly text: string
  readonly reference: Reference | UsesFault
  /** Where the whole of it stands in the text, or why it cannot be edited. */
  readonly textSpan: Span | EditObstacle
  /** The same of its ref; `undefined` where it has none. */
  readonly refSpan: Span | EditObstacle | undefined
  /** The line that takes its label. */
  readonly labelLine: LabelLine
  readonly ignore: IgnoreDirective | undefined
  /** The keys of the `with:` beside it. */
  readonly inputs: readonly string[]
}

/** A file's sites, in the order of the text. */
export interface LocatedFile {
  readonly kind: 'located'
  readonly sites: readonly Site[]
  readonly parsed: ParsedText
}

/** What came of looking for sites in a text. */
export type Located =
  | LocatedFile
  | { readonly kind: 'yaml'; readonly position: Position; readonly detail: string }
  | { readonly kind: 'not-a-workflow' }

/** Finds every site of a workflow or an action manifest. Nothing else that looks like a `uses:` is one. */
export function locate(text: string): Located {
  const parsed = parseYaml(text)
  if (parsed.kind === 'fault')
    return { kind: 'yaml', position: parsed.position, detail: parsed.detail }
  return locateParsed(parsed)
}

/** The same in a text that was parsed before. */
export function locateParsed(parsed: ParsedText): Exclude<Located, { kind: 'yaml' }> {
  const visited = parsed.documents.map((document) => visitUses(document, parsed.aliases))
  if (!visited.some(({ isManifest }) => isManifest)) return { kind: 'not-a-workflow' }
  const sites = visited.flatMap(({ nodes }) => nodes.map((uses) => makeSite(parsed, uses)))
  return { kind: 'located', sites: sites.toSorted(byPosition), parsed }
}

function makeSite(parsed: ParsedText, uses: UsesNode): Site {
  const source = isScalar(uses.node) ? uses.node.srcToken : undefined
  const token = CST.isScalar(source) ? source : undefined
  const written = isScalar(uses.node)
    ? readScalar(parsed.text, uses.node.value, token)
    : { text: '', span: undefined }
  const start = token?.offset ?? uses.node.range?.[0] ?? 0
  const reference = readReference(uses, written.text)
  const labelLine = findLabelLine(parsed, token === undefined ? start : endOfCode(token))
  const keyLine = findLabelLine(parsed, uses.key?.range?.[0] ?? start)
  const textSpan = uses.isShared ? 'shared-anchor' : (written.span ?? 'escaped')
  return {
    position: parsed.lines.position(start),
    text: written.text,
    reference,
    textSpan,
    refSpan: refSpan(reference, textSpan),
    labelLine,
    ignore: ignoreOf(labelLine) ?? ignoreOf(keyLine),
    inputs: uses.inputs,
  }
}

function readReference({ node, place }: UsesNode, text: string): Reference | UsesFault {
  if (place === 'merge-key' || place === 'key-case' || place === 'empty') return place
  if (!isScalar(node)) return 'not-a-text'
  if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str') return 'tagged'
  if (place === 'image') return parseImage(text)
  return place === 'action-image' ? parseActionImage(text) : parseReference(text, place)
}

/** The value, and where it stands letter by letter: `undefined` where escapes or folds keep it from doing so. */
function readScalar(
  whole: string,
  value: unknown,
  token: ScalarToken | undefined,
): { text: string; span: Span | undefined } {
  const read = typeof value === 'string' ? value : ''
  if (token === undefined) return { text: read, span: undefined }
  if (token.type === 'block-scalar') {
    // The line end that `|` and `>` keep is none of the reference.
    const text = read.replace(/\n+$/, '')
    const start = blockBody(token).start + token.source.indexOf(text)
    const verbatim = token.source.trim() === text
    return { text, span: verbatim ? { start, end: start + text.length } : undefined }
  }
  const quote = token.type === 'scalar' ? 0 : 1
  const start = token.offset + quote
  const end = token.offset + token.source.length - quote
  // Of the text itself: the token may hold spaces for its line ends.
  const verbatim = whole.slice(start, end) === read
  return { text: read, span: verbatim ? { start, end } : undefined }
}

function refSpan(reference: Reference | UsesFault, whole: Span | EditObstacle): Site['refSpan'] {
  if (typeof reference === 'string' || !('ref' in reference)) return undefined
  if (typeof whole === 'string') return whole
  return { start: whole.end - reference.ref.text.length, end: whole.end }
}

// Above its line only ours counts: no other tool looks there.
function ignoreOf({ comment, commentAbove }: LabelLine): IgnoreDirective | undefined {
  const above = parseIgnore(commentAbove ?? '')
  return parseIgnore(comment?.text ?? '') ?? (above?.by === 'pinsmith' ? above : undefined)
}

function endOfCode(token: ScalarToken): number {
  if (token.type !== 'block-scalar') return token.offset + token.source.length
  const header = token.props.find((prop) => prop.type === 'block-scalar-header')
  return header !== undefined && 'source' in header
    ? header.offset + header.source.length
    : token.offset
}

function byPosition(a: Site, b: Site): number {
  return a.position.line - b.position.line || a.position.column - b.position.column
}

type ScalarToken = CST.FlowScalar | CST.BlockScalar
