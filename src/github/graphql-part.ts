import { repositoryKey } from '../domain/reference.ts'
import type { RefName } from '../domain/ref.ts'
import type { RepositoryQuestion } from '../resolve/port.ts'

/** What one alias of a query asks of one repository. */
export interface Part {
  /** `repositoryKey` of the question that it belongs to. */
  readonly key: string
  readonly owner: string
  readonly repo: string
  readonly names: readonly RefName[]
  /** Ids of objects: what is it, and what does it peel to? */
  readonly oids: readonly string[]
  readonly lists: readonly TagPage[]
}

/** A page of tags whose names begin so (`undefined`: of all tags), after a cursor. */
export interface TagPage {
  readonly prefix: string | undefined
  readonly after: string | undefined
}

/** How many references one query asks for: as many as GitHub's own tool does (github-facts: gh-actions-lock). */
const BATCH = 20

/** What a question asks first. */
export function partOf(question: RepositoryQuestion): Part {
  const { owner, repo, names, shas, tags } = question
  const pages: (string | undefined)[] =
    tags.kind === 'none'
      ? []
      : tags.kind === 'all'
        ? [undefined]
        : [...(tags.kind === 'newest' ? [undefined] : []), ...tags.prefixes.map(prefixOrAll)]
  const lists = [...new Set(pages)].map((prefix) => ({ prefix, after: undefined }))
  return { key: repositoryKey(question), owner, repo, names, oids: shas, lists }
}

/** Puts parts into as few queries as can hold them; one that reaches over the end of a query goes on in the next. */
export function pack(parts: readonly Part[]): readonly (readonly Part[])[] {
  const batches: Part[][] = []
  let room = 0
  for (const part of parts) {
    let rest: Part | undefined = part
    while (rest !== undefined) {
      if (room === 0) {
        batches.push([])
        room = BATCH
      }
      const [head, tail] = cut(rest, room)
      batches.at(-1)?.push(head)
      room -= sizeOf(head)
      rest = tail
    }
  }
  return batches
}

/** The first `size` references of a part, with its lists, and the rest. */
function cut(part: Part, size: number): readonly [Part, Part | undefined] {
  if (sizeOf(part) <= size) return [part, undefined]
  const head = { ...part, names: part.names.slice(0, size), oids: part.oids.slice(0, size) }
  const tail = { ...part, names: part.names.slice(size), oids: part.oids.slice(size), lists: [] }
  return [head, tail]
}

/** Two queries for one that was too much; `undefined` where it asks for one thing alone. */
export function halve(
  parts: readonly Part[],
): readonly [readonly Part[], readonly Part[]] | undefined {
  const middle = Math.ceil(parts.length / 2)
  const [only] = parts
  if (parts.length > 1) return [parts.slice(0, middle), parts.slice(middle)]
  const singles = only === undefined ? [] : singlesOf(only)
  const half = Math.ceil(singles.length / 2)
  return singles.length < 2
    ? undefined
    : [[join(singles.slice(0, half))], [join(singles.slice(half))]]
}

function singlesOf(part: Part): readonly Part[] {
  const bare: Part = { ...part, names: [], oids: [], lists: [] }
  return [
    ...part.names.map((name) => ({ ...bare, names: [name] })),
    ...part.oids.map((oid) => ({ ...bare, oids: [oid] })),
    ...part.lists.map((list) => ({ ...bare, lists: [list] })),
  ]
}

function join(parts: readonly Part[]): Part {
  const [first] = parts
  if (first === undefined) throw new Error('nothing to join')
  return {
    ...first,
    names: parts.flatMap(({ names }) => names),
    oids: parts.flatMap(({ oids }) => oids),
    lists: parts.flatMap(({ lists }) => lists),
  }
}

/** In references: a pin counts once with its label, which is a name. Lists of tags come along. */
function sizeOf({ names, oids }: Part): number {
  return Math.max(1, names.length, oids.length)
}

function prefixOrAll(prefix: string): string | undefined {
  return prefix === '' ? undefined : prefix
}
