import { lstat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { isInside } from './place.ts'
import { systemCode, systemDetail } from './system-error.ts'

/** What stands at a path, links not followed. `other`: a pipe, a socket, a device. */
export type Entry =
  | { readonly kind: 'file' | 'folder' | 'symlink' | 'other' | 'missing' }
  | { readonly kind: 'unreadable'; readonly detail: string }

/** Looks at a path without following a link there. Windows junctions count as links. */
export async function entryAt(absolute: string): Promise<Entry> {
  try {
    const stats = await lstat(absolute)
    if (stats.isSymbolicLink()) return { kind: 'symlink' }
    if (stats.isFile()) return { kind: 'file' }
    return { kind: stats.isDirectory() ? 'folder' : 'other' }
  } catch (error) {
    return MISSING.has(systemCode(error))
      ? { kind: 'missing' }
      : { kind: 'unreadable', detail: systemDetail(error) }
  }
}

/** Whether anything is seen to stand at the path, a dangling link included. */
export async function exists(absolute: string): Promise<boolean> {
  const { kind } = await entryAt(absolute)
  return kind !== 'missing' && kind !== 'unreadable'
}

/**
 * The first symbolic link on the way from `base` (itself not looked at) down to `absolute`, which is
 * looked at too. Links above `base` are the user's own business: `/tmp` is one on macOS.
 */
export async function symlinkOnTheWay(base: string, absolute: string): Promise<string | undefined> {
  let at = isInside(absolute, base) ? base : dirname(absolute)
  for (const part of relative(at, absolute).split(sep)) {
    at = join(at, part)
    if (part !== '' && (await entryAt(at)).kind === 'symlink') return at
  }
  return undefined
}

// The last: a text no file system takes as a path, such as one with a NUL.
const MISSING: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ERR_INVALID_ARG_VALUE',
])
