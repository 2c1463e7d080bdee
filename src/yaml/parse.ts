import { Composer, Parser, type Alias, type Document, type Node } from 'yaml'
import type { Position } from '../domain/span.ts'
import { resolveAliases } from './aliases.ts'
import { findTooDeep } from './depth.ts'
import { splitLines, type Lines } from './lines.ts'
import { gatherTrivia, type Trivia } from './tokens.ts'

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
  const tokens = [...new Parser().parse(text)]
  const lines = splitLines(text)
  const tooDeep = findTooDeep(tokens)
  if (tooDeep !== undefined)
    return { kind: 'fault', position: lines.position(tooDeep), detail: 'it is nested too deeply' }
  const composer = new Composer({
    schema: 'failsafe',
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const documents = [...composer.compose(tokens)]
  const error = documents.flatMap((document) => document.errors)[0]
  if (error !== undefined)
    return { kind: 'fault', position: lines.position(error.pos[0]), detail: error.message }
  let gathered: Trivia | undefined
  const trivia = (): Trivia => (gathered ??= gatherTrivia(tokens))
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
