import { repositoryKey } from '../../domain/reference.ts'
import type { RefName } from '../../domain/ref.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { ManifestQuestion, RepositoryQuestion } from '../../resolve/port.ts'
import { refIn, refsIn } from '../question-refs.ts'

/** What one alias of a query asks of one repository. */
export interface Part {
  /** `repositoryKey` of the question that it belongs to. */
  readonly key: string
  readonly owner: string
  readonly repo: string
  readonly names: readonly RefName[]
  /** Ids of objects: what is it, and what does it peel to? */
  readonly oids: readonly CommitSha[]
  readonly lists: readonly TagPage[]
  /** Their refs stand in `names` or `oids`. */
  readonly manifests: readonly ManifestQuestion[]
  readonly defaultBranch?: boolean
}

/** A page of tags whose names begin so (`undefined`: of all tags), after a cursor. */
export interface TagPage {
  readonly prefix: string | undefined
  readonly after: string | undefined
}

/** How many references one query asks for: as many as GitHub's own gh-actions-lock does. */
const BATCH = 20

/** What a question asks first. */
export function partOf(question: RepositoryQuestion): Part {
  const { owner, repo, tags, manifests, defaultBranch = false } = question
  const { names, shas } = refsIn(question)
  const pages: (string | undefined)[] =
    tags.kind === 'none'
      ? []
      : tags.kind === 'all'
        ? [undefined]
        : [...(tags.kind === 'newest' ? [undefined] : []), ...tags.prefixes.map(prefixOrAll)]
  const lists = [...new Set(pages)].map((prefix) => ({ prefix, after: undefined }))
  return {
    key: repositoryKey(question),
    owner,
    repo,
    names,
    oids: shas,
    lists,
    manifests,
    defaultBranch,
  }
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

/** The first `size` references of a part, with its lists, and the rest. A ref with more manifests than that stands in both. */
function cut(part: Part, size: number): readonly [Part, Part | undefined] {
  if (sizeOf(part) <= size) return [part, undefined]
  const [names, oids] = [part.names.slice(0, size), part.oids.slice(0, size)]
  const here = new Set<string>([...names, ...oids])
  const manifests = part.manifests.filter((manifest) => here.has(refIn(manifest))).slice(0, size)
  const others = part.manifests.filter((manifest) => !manifests.includes(manifest))
  const rest = refsIn({
    names: part.names.slice(size),
    shas: part.oids.slice(size),
    manifests: others,
  })
  return [
    { ...part, names, oids, manifests },
    {
      ...part,
      names: rest.names,
      oids: rest.shas,
      lists: [],
      manifests: others,
      defaultBranch: false,
    },
  ]
}

/**
 * Smaller queries for one that was too much: two halves, or, for one thing alone, the same without its manifest, which can be
 * had in another way. `undefined` where it cannot be smaller.
 */
export function shrink(parts: readonly Part[]): readonly (readonly Part[])[] | undefined {
  const middle = Math.ceil(parts.length / 2)
  const [only] = parts
  if (only === undefined) return undefined
  if (parts.length > 1) return [parts.slice(0, middle), parts.slice(middle)]
  const singles = singlesOf(only)
  const half = Math.ceil(singles.length / 2)
  if (singles.length > 1) return [[join(singles.slice(0, half))], [join(singles.slice(half))]]
  return only.manifests.length === 0 ? undefined : [[{ ...only, manifests: [] }]]
}

/** One thing each: a ref with one manifest, a ref without, a list. */
function singlesOf(part: Part): readonly Part[] {
  const bare: Part = {
    ...part,
    names: [],
    oids: [],
    lists: [],
    manifests: [],
    defaultBranch: false,
  }
  const withManifests = new Set(part.manifests.map(refIn))
  return [
    ...part.manifests.map((manifest) => {
      const { names, shas } = refsIn({ names: [], shas: [], manifests: [manifest] })
      return { ...bare, names, oids: shas, manifests: [manifest] }
    }),
    ...part.names
      .filter((name) => !withManifests.has(name))
      .map((name) => ({ ...bare, names: [name] })),
    ...part.oids.filter((oid) => !withManifests.has(oid)).map((oid) => ({ ...bare, oids: [oid] })),
    ...part.lists.map((list) => ({ ...bare, lists: [list] })),
    ...(part.defaultBranch === true ? [{ ...bare, defaultBranch: true }] : []),
  ]
}

function join(parts: readonly Part[]): Part {
  const [first] = parts
  if (first === undefined) throw new Error('nothing to join')
  return {
    ...first,
    names: [...new Set(parts.flatMap(({ names }) => names))],
    oids: [...new Set(parts.flatMap(({ oids }) => oids))],
    lists: parts.flatMap(({ lists }) => lists),
    manifests: parts.flatMap(({ manifests }) => manifests),
    defaultBranch: parts.some(({ defaultBranch }) => defaultBranch),
  }
}

/** In references: a pin counts once with its label, which is a name, and with its manifest. Lists of tags come along. */
function sizeOf({ names, oids, manifests }: Part): number {
  return Math.max(1, names.length, oids.length, manifests.length)
}

function prefixOrAll(prefix: string): string | undefined {
  return prefix === '' ? undefined : prefix
}
