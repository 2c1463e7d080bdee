import { Composer, Parser, type Alias, type CST, type Document, type Node } from 'yaml'
import type { Position } from '../domain/span.ts'
import { resolveAliases } from './aliases.ts'
import { findTooDeep } from './depth.ts'
import { splitLines, type Lines } from './lines.ts'
import { gatherTrivia, type Trivia } from './tokens.ts'
import { joinQuoted } from './unindented.ts'

/** A text read as YAML, its values still tied to the tokens they were written with. */
export interface ParsedText {
  readonly kind: 'parsed'
  readonly text: string
  readonly lines: Lines
  readonly documents: readonly Document.Parsed[]
  /** What every alias of the documents points to. */
  readonly aliases: ReadonlyMap<Alias, Node>
  /** Gathered when it is first asked for. */
  readonly trivia: () => Trivia
}

/** The first thing that is wrong with a text as YAML. */
export interface YamlFault {
  readonly kind: 'fault'
  readonly position: Position
  readonly detail: string
}

/**
 * Parses a text once: tokens for spans and comments, documents composed from those very tokens for what
 * they mean. The failsafe schema keeps every scalar the text it is, as the runner does with `uses`.
 */
export function parseYaml(text: string): ParsedText | YamlFault {
  const lines = splitLines(text)
  const composed = composeTolerantly(text)
  if (composed.kind === 'broken')
    return { kind: 'fault', position: lines.position(composed.offset), detail: composed.detail }
  const { tokens, documents } = composed
  let gathered: Trivia | undefined
  const trivia = (): Trivia => (gathered ??= gatherTrivia(text, tokens))
  const aliases = new Map<Alias, Node>()
  const aliased = text.includes('*') ? documents : []
  for (const [alias, node] of aliased.flatMap((document) => [...resolveAliases(document)])) {
    const position = lines.position(alias.range?.[0] ?? 0)
    if (node === undefined)
      return { kind: 'fault', position, detail: `No anchor before this is called ${alias.source}` }
    aliases.set(alias, node)
  }
  return { kind: 'parsed', text, lines, documents, aliases, trivia }
}

interface Composed {
  readonly kind: 'composed'
  readonly tokens: readonly CST.Token[]
  readonly documents: readonly Document.Parsed[]
}

interface Broken {
  readonly kind: 'broken'
  readonly offset: number
  readonly detail: string
}

/** Composes a text, with quoted text at the margin where GitHub takes that. What is wrong beside that is told of the text as it is. */
function composeTolerantly(text: string): Composed | Broken {
  const first = compose(text)
  let composed = first
  let joined: string | undefined = text
  for (let times = 0; composed.kind === 'broken' && times < MOST_JOINED; times++) {
    const quote = UNCLOSED.exec(composed.detail)?.[1]
    joined = quote === undefined ? undefined : joinQuoted(joined, composed.offset, quote)
    if (joined === undefined) return first
    composed = compose(joined)
  }
  return composed.kind === 'composed' ? composed : first
}

// Each such text costs a parse of the whole; nobody writes as many.
const MOST_JOINED = 20

const UNCLOSED = /^Missing closing (['"])quote/

function compose(text: string): Composed | Broken {
  const tokens = [...new Parser().parse(text)]
  const tooDeep = findTooDeep(tokens)
  if (tooDeep !== undefined)
    return { kind: 'broken', offset: tooDeep, detail: 'it is nested too deeply' }
  const composer = new Composer({
    schema: 'failsafe',
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const documents = [...composer.compose(tokens)]
  const error = documents.flatMap((document) => document.errors)[0]
  return error === undefined
    ? { kind: 'composed', tokens, documents }
    : { kind: 'broken', offset: error.pos[0], detail: error.message }
}
