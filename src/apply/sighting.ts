import type { FileProblem } from '../domain/problem.ts'
import { entryAt } from './entry.ts'
import { displayPath, type Place } from './place.ts'

/** What a search came upon: a file to deal with, or something that keeps it from one. */
export type Sighting =
  | { readonly kind: 'file'; readonly absolute: string }
  | { readonly kind: 'problem'; readonly problem: FileProblem }

/** Looks at a path that a search was led to by its name. Folders of such a name are passed over. */
export async function sight(place: Place, absolute: string): Promise<readonly Sighting[]> {
  const entry = await entryAt(absolute)
  switch (entry.kind) {
    case 'file':
      return [{ kind: 'file', absolute }]
    case 'folder':
      return []
    case 'missing':
      return absolute.includes('\u{fffd}')
        ? [unreadable(place, absolute, 'its name is not UTF-8')]
        : []
    case 'symlink':
      return [symlink(place, absolute)]
    case 'other':
      return [unreadable(place, absolute, 'it is not a regular file')]
    case 'unreadable':
      return [unreadable(place, absolute, entry.detail)]
  }
}

/** The link stands in the way at `absolute`. */
export function symlink(place: Place, absolute: string): Sighting {
  return { kind: 'problem', problem: { file: displayPath(place, absolute), code: 'symlink' } }
}

/** A file or folder could not be looked at or into. */
export function unreadable(place: Place, absolute: string, detail: string): Sighting {
  const file = displayPath(place, absolute)
  return { kind: 'problem', problem: { file, code: 'unreadable', detail } }
}
