import { lstat, readdir } from 'node:fs/promises'
import { platform } from 'node:os'
import { join, relative, sep } from 'node:path'
import type { FileState } from '../remedy/vendor/copies.ts'
import { entryAt } from './entry.ts'
import { readBytes } from './read.ts'

/** What stands at a path, where nothing but a file should. */
export type Standing =
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'file' } & FileState)
  /** It, or a folder on the way to it, is a symbolic link: the path of that. */
  | { readonly kind: 'symlink'; readonly absolute: string }
  /** It is no file, or something on the way to it is no folder, or cannot be read. */
  | { readonly kind: 'not-a-file'; readonly absolute: string }
  /** It, or a folder on the way to it, stands there with a name that differs in upper and lower case alone. */
  | { readonly kind: 'case'; readonly absolute: string }

/** Whether this system knows which files may be run. */
export const knowsExecutables: boolean = platform() !== 'win32'

/** Whether two files, or their absence, are the same as far as this system can tell. */
export function isSameState(a: FileState | undefined, b: FileState | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return (
    Buffer.compare(a.bytes, b.bytes) === 0 && (!knowsExecutables || a.executable === b.executable)
  )
}

/** Looks at a path below a folder. Nothing on the way down is followed if it is a link. */
export async function standingAt(root: string, absolute: string): Promise<Standing> {
  let at = root
  for (const part of relative(root, absolute).split(sep)) {
    const clash = await otherCase(at, part)
    if (clash !== undefined) return { kind: 'case', absolute: join(at, clash) }
    at = join(at, part)
    const entry = await entryAt(at)
    switch (entry.kind) {
      case 'missing':
        return { kind: 'nothing' }
      case 'symlink':
        return { kind: 'symlink', absolute: at }
      case 'other':
      case 'unreadable':
        return { kind: 'not-a-file', absolute: at }
      case 'folder':
        if (at === absolute) return { kind: 'not-a-file', absolute: at }
        break
      case 'file':
        if (at !== absolute) return { kind: 'not-a-file', absolute: at }
        break
    }
  }
  return readState(absolute)
}

/** The state of what is a file already. */
async function readState(absolute: string): Promise<Standing> {
  const bytes = await readBytes(absolute)
  if (!(bytes instanceof Uint8Array)) return { kind: 'not-a-file', absolute }
  return { kind: 'file', bytes, executable: await isExecutable(absolute) }
}

/** Whether its owner may run a file; never so on a system that does not know. */
export async function isExecutable(absolute: string): Promise<boolean> {
  if (!knowsExecutables) return false
  const { mode } = await lstat(absolute)
  return (mode & 0o100) !== 0
}

/** The name in a folder that is another than this one, but for a file system that ignores case the same. */
async function otherCase(folder: string, name: string): Promise<string | undefined> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch {
    return undefined
  }
  if (names.includes(name)) return undefined
  const key = caseKey(name)
  return names.find((other) => caseKey(other) === key)
}

function caseKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
