import { join } from 'node:path'
import type { FileProblem } from '../domain/problem.ts'
import type { UsesPosition } from '../domain/reference.ts'
import type { DiscoveredFile } from './discover.ts'
import { entryAt, symlinkOnTheWay } from './entry.ts'
import { displayPath, type Place } from './place.ts'

/** What a `./` or `$/` reference leads to on disk. */
export type LocalTarget =
  | { readonly kind: 'file'; readonly file: DiscoveredFile }
  /** An action that is a Dockerfile alone: it uses nothing. */
  | { readonly kind: 'dockerfile'; readonly path: string }
  /** None of the places it may lead to exists. They are display paths, in the order the runner tries them. */
  | { readonly kind: 'missing'; readonly tried: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: FileProblem }

/**
 * Follows a reference below the root of the repository that holds `from`: `path` as the domain parsed it, with `/`
 * and without `..`. In a step it leads to a folder's manifest, at a job's level to the workflow itself.
 */
export async function localTarget(
  place: Place,
  from: Pick<DiscoveredFile, 'root'>,
  path: string,
  position: UsesPosition,
): Promise<LocalTarget> {
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.includes('..')) throw new Error(`not below the repository's root: ${path}`)
  const base = join(from.root, ...parts)
  const candidates = position === 'job' ? [base] : MANIFESTS.map((name) => join(base, name))
  for (const absolute of candidates) {
    const target = await targetAt(place, from.root, absolute)
    if (target !== undefined) return target
  }
  return { kind: 'missing', tried: candidates.map((absolute) => displayPath(place, absolute)) }
}

// The runner's order.
const MANIFESTS = ['action.yml', 'action.yaml', 'Dockerfile', 'dockerfile']

async function targetAt(
  place: Place,
  root: string,
  absolute: string,
): Promise<LocalTarget | undefined> {
  const link = await symlinkOnTheWay(root, absolute)
  if (link !== undefined)
    return { kind: 'problem', problem: { file: displayPath(place, link), code: 'symlink' } }
  const path = displayPath(place, absolute)
  const entry = await entryAt(absolute)
  switch (entry.kind) {
    case 'file':
      return /dockerfile$/i.test(absolute)
        ? { kind: 'dockerfile', path }
        : { kind: 'file', file: { path, absolute, root, named: false } }
    case 'missing':
    case 'folder':
      return undefined
    case 'symlink':
      return { kind: 'problem', problem: { file: path, code: 'symlink' } }
    case 'other':
      return unreadable(path, 'it is not a regular file')
    case 'unreadable':
      return unreadable(path, entry.detail)
  }
}

function unreadable(file: string, detail: string): LocalTarget {
  return { kind: 'problem', problem: { file, code: 'unreadable', detail } }
}
