import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'

/** What the paths that people see are relative to. Both are absolute, with links resolved. */
export interface Place {
  /** The root of the repository that `cwd` is in; `cwd` itself where there is none. */
  readonly root: string
  readonly cwd: string
}

/**
 * The path that people and diffs see, with `/` between its parts: below the root it is relative to the
 * root, elsewhere to the current folder, where it begins with `../`. No two files share one.
 */
export function displayPath(place: Place, absolute: string): string {
  const base = isInside(absolute, place.root) ? place.root : place.cwd
  const way = relative(base, absolute)
  return way === '' ? '.' : way.split(sep).join('/')
}

/** Whether the path is the folder or lies below it; both absolute. Says nothing of links. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/**
 * The one spelling of a path: links resolved and, where the file system ignores case, in the case it has on disk.
 * Some network and virtual drives cannot tell; there the spelling stays.
 */
export async function canonicalPath(absolute: string): Promise<string> {
  try {
    return await realpath(absolute)
  } catch {
    return absolute
  }
}
