import { Composer, isAlias, isCollection, isMap, isNode, isScalar, Parser } from 'yaml'
import type { Alias, Document, Node, Pair, Scalar } from 'yaml'
import type { Position } from '../domain/span.ts'
import { resolveAliases } from './aliases.ts'
import { findTooDeep } from './depth.ts'
import { splitLines, type Lines } from './lines.ts'

/** A value read from YAML, with the place of everything in it. */
export type PlainNode = PlainScalar | PlainList | PlainMap

export interface PlainScalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  readonly position: Position
}

export interface PlainList {
  readonly kind: 'list'
  readonly items: readonly PlainNode[]
  readonly position: Position
}

/** Keys are texts, each once. */
export interface PlainMap {
  readonly kind: 'map'
  readonly entries: readonly PlainEntry[]
  readonly position: Position
}

export interface PlainEntry {
  readonly key: string
  /** Of the key. */
  readonly position: Position
  readonly value: PlainNode
}

/** Something that is wrong with a text as data. */
export type PlainFault = { readonly position: Position } & (
  | { readonly code: 'yaml'; readonly detail: string }
  | { readonly code: 'duplicate-key'; readonly key: string; readonly first: Position }
)

/** What a text holds: as much of it as could be read, and what is wrong with the rest. */
export interface PlainText {
  /** `undefined` where the text is no YAML at all, or holds nothing but comments. */
  readonly root: PlainNode | undefined
  /** In the order of the text. */
  readonly faults: readonly PlainFault[]
}

/** Aliases can make a short text mean a very long one. */
const MOST_NODES = 10_000

/** What cannot be read one fault leads to many more of. */
const MOST_SYNTAX_FAULTS = 5

/**
 * Reads a text as one document of plain data, by the core schema of YAML 1.2: `on` and `2027-01-31` are texts; so are
 * `.inf` and `.nan` here. Total. Tags that it does not know, keys that are no texts, a second document and too many aliases
 * are faults, as is a key that stands twice.
 */
export function readPlain(text: string): PlainText {
  const lines = splitLines(text)
  const fault = (offset: number, detail: string): PlainFault => ({
    code: 'yaml',
    position: lines.position(offset),
    detail,
  })
  const tokens = [...new Parser().parse(text)]
  const tooDeep = findTooDeep(tokens)
  if (tooDeep !== undefined)
    return { root: undefined, faults: [fault(tooDeep, 'it is nested too deeply')] }
  const composer = new Composer({
    schema: 'failsafe',
    stringKeys: true,
    // Told with both places instead.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const documents = [...composer.compose(tokens)]
  const broken = documents
    .flatMap(({ errors, warnings }) => [...errors, ...warnings])
    .map(({ pos, message }) => fault(pos[0], message))
  if (broken.length > 0) return { root: undefined, faults: broken.slice(0, MOST_SYNTAX_FAULTS) }
  const [document, second] = documents
  if (second !== undefined)
    return {
      root: undefined,
      faults: [fault(second.range[0], 'a second document begins here, and only one is read')],
    }
  return document?.contents ? convert(document, document.contents, lines, fault) : NOTHING
}

/** The same data without its places. Maps have no prototype, so that every key is only a key. */
export function plainValue(node: PlainNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.map(plainValue)
    case 'map': {
      const map: Record<string, unknown> = Object.create(null)
      for (const { key, value } of node.entries) map[key] = plainValue(value)
      return map
    }
  }
}

const TAGS: ReadonlySet<string> = new Set(
  ['str', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
)

const NOTHING: PlainText = { root: undefined, faults: [] }

function convert(
  document: Document.Parsed,
  contents: Node,
  lines: Lines,
  fault: (offset: number, detail: string) => PlainFault,
): PlainText {
  const aliases = resolveAliases(document)
  const faults: PlainFault[] = []
  // What is being read right now: an alias to that would never end.
  const open = new Set<Node>()
  let nodes = 0

  function readNode(node: unknown, from: number): PlainNode {
    const offset = startOf(node, from)
    const position = lines.position(offset)
    nodes += 1
    if (nodes > MOST_NODES) return { kind: 'scalar', value: null, position }
    if (isAlias(node)) return readAlias(node, offset)
    if (isNode(node) && node.tag !== undefined && !TAGS.has(node.tag))
      faults.push(fault(offset, `the tag ${node.tag} means nothing here`))
    if (isScalar(node)) return { kind: 'scalar', value: readScalar(node), position }
    if (!isCollection(node)) return { kind: 'scalar', value: null, position }
    open.add(node)
    const read: PlainNode = isMap(node)
      ? { kind: 'map', entries: readEntries(node.items, offset), position }
      : { kind: 'list', items: node.items.map((item) => readNode(item, offset)), position }
    open.delete(node)
    return read
  }

  function readAlias(alias: Alias, offset: number): PlainNode {
    const target = aliases.get(alias)
    if (target !== undefined && !open.has(target)) return readNode(target, offset)
    const why =
      target === undefined
        ? `no anchor before this is called ${alias.source}`
        : `the alias ${alias.source} stands in what it is an alias of`
    faults.push(fault(offset, why))
    return { kind: 'scalar', value: null, position: lines.position(offset) }
  }

  function readEntries(pairs: readonly Pair[], from: number): PlainEntry[] {
    const entries = new Map<string, PlainEntry>()
    for (const { key: node, value } of pairs) {
      const offset = startOf(node, from)
      const key = isScalar(node) ? String(node.value) : ''
      const position = lines.position(offset)
      const first = entries.get(key)?.position
      if (first === undefined) entries.set(key, { key, position, value: readNode(value, offset) })
      else faults.push({ code: 'duplicate-key', position, key, first })
    }
    return [...entries.values()]
  }

  const root = readNode(contents, 0)
  if (nodes > MOST_NODES)
    return { root: undefined, faults: [fault(0, 'its aliases make it too long to read')] }
  return root.kind === 'scalar' && root.value === null
    ? { root: undefined, faults }
    : { root, faults }
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise
}

/** A scalar by the core schema: https://yaml.org/spec/1.2.2/#103-core-schema */
function readScalar({ value, type, tag }: Scalar): PlainScalar['value'] {
  const text = String(value)
  if (type !== 'PLAIN' || tag !== undefined) return text
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  return isNumber(text) ? Number(text) : text
}

function isNumber(text: string): boolean {
  const isDecimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
  return isDecimal.test(text) || /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/.test(text)
}
