import type { DefaultBranch, ManifestAnswer } from '../../resolve/port.ts'
import type { RefName } from '../../domain/ref.ts'
import { parseCommitSha, type CommitSha } from '../../domain/sha.ts'
import { readManifests } from './manifests.ts'
import type { Part, TagPage } from './part.ts'
import { field } from '../json.ts'

/** What a repository answered to a {@link Part}. */
export interface PartAnswer {
  readonly nameWithOwner: string
  /** Whether everybody may read it, as far as the answer tells. */
  readonly isPublic: boolean
  readonly isArchived: boolean | undefined
  /** Name and what it names; names that are no tag, or no branch, are not in it. */
  readonly tags: readonly (readonly [RefName, FoundObject])[]
  readonly branches: readonly (readonly [RefName, FoundObject])[]
  readonly objects: readonly (readonly [string, FoundObject | undefined])[]
  readonly lists: readonly TagPageAnswer[]
  /** By `manifestKey`; those that were not had are not in it. */
  readonly manifests: readonly (readonly [string, ManifestAnswer])[]
  readonly defaultBranch: DefaultBranch | undefined
}

export interface TagPageAnswer {
  readonly page: TagPage
  readonly tags: readonly (readonly [string, FoundObject])[]
  /** The cursor of the next page, where there is one. */
  readonly next: string | undefined
}

/** A git object and what it peels to, as far as the query reached. Times are in milliseconds since the epoch. */
export interface FoundObject {
  readonly oid: string
  readonly isTag: boolean
  /** When the annotated tag was made, where that is known. */
  readonly taggedAt: number | undefined
  readonly end: End
}

type End =
  | { readonly kind: 'commit'; readonly commit: CommitSha; readonly date: number | undefined }
  /** A tag whose own target was not asked for yet. */
  | { readonly kind: 'deeper'; readonly oid: CommitSha }
  | { readonly kind: 'tree-or-blob' }

/**
 * Reads what stands under a part's alias; `undefined` where anything is missing or not of the shape asked for. Of the
 * manifests that an error `struck`, by their index, nothing is read.
 */
export function readPartAnswer(
  part: Part,
  value: unknown,
  struck: ReadonlySet<number>,
): PartAnswer | undefined {
  const nameWithOwner = field(value, 'nameWithOwner')
  if (typeof nameWithOwner !== 'string' || !/^[^/\s]+\/[^/\s]+$/.test(nameWithOwner))
    return undefined
  const { names, oids, lists } = part
  const tags = allOf(names.map((name, n) => readNamed(name, field(value, `t${n}`), 'refs/tags/')))
  const branches = allOf(
    names.map((name, n) => readNamed(name, field(value, `b${n}`), 'refs/heads/')),
  )
  const objects = allOf(oids.map((oid, n) => readById(oid, field(value, `o${n}`))))
  const pages = allOf(lists.map((page, n) => readPage(page, field(value, `l${n}`))))
  if (!tags || !branches || !objects || !pages) return undefined
  return {
    nameWithOwner,
    isPublic: field(value, 'isPrivate') === false,
    isArchived: readFlag(field(value, 'isArchived')),
    tags: tags.flat(),
    branches: branches.flat(),
    objects,
    lists: pages,
    manifests: readManifests(part, value, struck),
    defaultBranch: readDefaultBranch(field(value, 'd')),
  }
}

function readDefaultBranch(value: unknown): DefaultBranch | undefined {
  const name = field(value, 'name')
  const commit = readOid(field(value, 'target'))
  return typeof name === 'string' && commit !== undefined ? { name, commit } : undefined
}

function readFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** The ref, or none; `undefined` where the answer is no answer. GitHub falls back to short names, so its full name is compared. */
function readNamed(
  name: RefName,
  value: unknown,
  prefix: string,
): readonly (readonly [RefName, FoundObject])[] | undefined {
  if (value === null) return []
  const ref = readRef(value)
  if (ref === undefined) return undefined
  return ref.fullName === `${prefix}${name}` ? [[name, ref.object]] : []
}

function readById(
  oid: string,
  value: unknown,
): readonly [string, FoundObject | undefined] | undefined {
  if (value === null) return [oid, undefined]
  const object = readObject(value)
  return object?.oid === oid ? [oid, object] : undefined
}

function readPage(page: TagPage, value: unknown): TagPageAnswer | undefined {
  const nodes = field(value, 'nodes')
  const info = field(value, 'pageInfo')
  const more = field(info, 'hasNextPage')
  const cursor = field(info, 'endCursor')
  if (!Array.isArray(nodes) || typeof more !== 'boolean') return undefined
  if (more && typeof cursor !== 'string') return undefined
  const refs = allOf(nodes.map((node: unknown) => readRef(node)))
  if (refs === undefined) return undefined
  const tags = refs.map(
    ({ fullName, object }) => [fullName.replace(/^refs\/tags\//, ''), object] as const,
  )
  return { page, tags, next: more && typeof cursor === 'string' ? cursor : undefined }
}

function readRef(
  value: unknown,
): { readonly fullName: string; readonly object: FoundObject } | undefined {
  const prefix = field(value, 'prefix')
  const name = field(value, 'name')
  const object = readObject(field(value, 'target'))
  if (typeof prefix !== 'string' || typeof name !== 'string' || object === undefined)
    return undefined
  return { fullName: `${prefix}${name}`, object }
}

function readObject(value: unknown): FoundObject | undefined {
  const oid = readOid(value)
  if (oid === undefined) return undefined
  const isTag = field(value, '__typename') === 'Tag'
  const end = readEnd(value)
  const taggedAt = isTag ? readDate(field(field(value, 'tagger'), 'date')) : undefined
  return end && { oid, isTag, taggedAt, end }
}

function readEnd(value: unknown): End | undefined {
  const oid = readOid(value)
  if (oid === undefined) return undefined
  switch (field(value, '__typename')) {
    case 'Commit':
      return { kind: 'commit', commit: oid, date: readDate(field(value, 'committedDate')) }
    case 'Tag': {
      const target = field(value, 'target')
      return target === undefined ? { kind: 'deeper', oid } : readEnd(target)
    }
    case 'Tree':
    case 'Blob':
      return { kind: 'tree-or-blob' }
    default:
      return undefined
  }
}

/** An object's id has a commit's shape, whatever the object is. */
function readOid(value: unknown): CommitSha | undefined {
  const oid = field(value, 'oid')
  return typeof oid === 'string' ? parseCommitSha(oid) : undefined
}

function readDate(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** The values, if none is missing. */
function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const present = values.filter((value) => value !== undefined)
  return present.length === values.length ? present : undefined
}
