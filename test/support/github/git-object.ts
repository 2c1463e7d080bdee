import { createHash } from 'node:crypto'
import type { Repository } from './repository.ts'

export type GitObject = CommitObject | TagObject | BlobObject | TreeObject

export interface CommitObject {
  readonly kind: 'commit'
  readonly oid: string
  /** ISO 8601, UTC, whole seconds. */
  readonly date: string
  readonly tree: string
}

/** An annotated tag; `target` is the next object, which may be a tag again. */
export interface TagObject {
  readonly kind: 'tag'
  readonly oid: string
  readonly name: string
  readonly target: string
}

export interface BlobObject {
  readonly kind: 'blob'
  readonly oid: string
  readonly bytes: Buffer
}

/** A folder of a commit, as far as its files were recorded. `folder` is '' or ends in a slash. */
export interface TreeObject {
  readonly kind: 'tree'
  readonly oid: string
  readonly commit: string
  readonly folder: string
}

export interface TreeEntry {
  readonly name: string
  readonly path: string
  readonly object: BlobObject | TreeObject
}

/** The file or folder at a path of a commit, or `undefined`: also when it was not recorded. */
export function objectAt(
  repository: Repository,
  commit: CommitObject,
  path: string,
): BlobObject | TreeObject | undefined {
  const blob = repository.files(commit.oid)[path]
  if (blob !== undefined) return repository.blob(blob)
  return folderAt(repository, commit, path === '' || path.endsWith('/') ? path : `${path}/`)
}

/** What stands directly in a folder, in git's order. */
export function entriesOf(repository: Repository, tree: TreeObject): TreeEntry[] {
  const commit = repository.commit(tree.commit)
  if (!commit) return []
  const below = Object.keys(repository.files(tree.commit)).filter((p) => p.startsWith(tree.folder))
  const names = new Set(below.map((path) => path.slice(tree.folder.length).split('/')[0] ?? ''))
  return [...names].toSorted().flatMap((name) => {
    const path = tree.folder + name
    const object = objectAt(repository, commit, path)
    return object ? [{ name, path, object }] : []
  })
}

function folderAt(
  repository: Repository,
  commit: CommitObject,
  folder: string,
): TreeObject | undefined {
  if (folder === '') return { kind: 'tree', oid: commit.tree, commit: commit.oid, folder }
  const known = Object.keys(repository.files(commit.oid)).some((path) => path.startsWith(folder))
  if (!known) return undefined
  const oid = createHash('sha1').update(`${commit.tree}/${folder}`).digest('hex')
  return { kind: 'tree', oid, commit: commit.oid, folder }
}
