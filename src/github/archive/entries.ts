import type { Archive, ArchiveEntry } from '../../resolve/connection.ts'
import { oneLine } from '../transport/failures.ts'

/** An entry as the archive has it. */
export interface PackedEntry {
  readonly name: string
  /** `file`, `directory`, `symlink`, or what no repository holds: `link` (a hard one), `fifo` and so on. */
  readonly type: string
  /** Unix permissions. */
  readonly mode: number
  readonly linkname: string
  readonly bytes: Uint8Array
}

/**
 * What an archive holds, by path below its one top folder. One entry that could lead to another place than its name says makes
 * the whole archive one that is not to be trusted: then the answer is a text that names it.
 */
export function trustEntries(packed: readonly PackedEntry[]): Archive['entries'] | string {
  const entries = new Map<string, ArchiveEntry>()
  const places = createPlaces()
  let top: string | undefined
  for (const { name, type, mode, linkname, bytes } of packed) {
    const shown = `the archive’s entry “${oneLine(name)}”`
    const isFolder = type === 'directory'
    const [first = '', ...parts] = (isFolder ? name.replace(/\/$/, '') : name).split('/')
    const fault = [first, ...parts].map(faultOf).find((each) => each !== undefined)
    if (fault !== undefined) return `${shown} ${fault}`
    top ??= first
    if (first !== top) return `${shown} stands outside its top folder “${oneLine(top)}”`
    if (parts.length === 0 && !isFolder) return `${shown} stands beside its top folder`
    const clash = places.take(parts, isFolder ? 'folder' : 'leaf')
    if (clash !== undefined) return `${shown} ${clash}`
    const entry = entryOf(type, mode, linkname, bytes)
    if (entry === 'unknown') return `${shown} is a ${oneLine(type)}, which no repository holds`
    if (entry !== 'folder') entries.set(parts.join('/'), entry)
  }
  return entries
}

function entryOf(
  type: string,
  mode: number,
  target: string,
  bytes: Uint8Array,
): ArchiveEntry | 'folder' | 'unknown' {
  switch (type) {
    case 'file':
      return { kind: 'file', executable: (mode & 0o100) !== 0, bytes }
    case 'symlink':
      return { kind: 'link', target }
    case 'directory':
      return 'folder'
    default:
      return 'unknown'
  }
}

/** What is wrong with one part of a path, on whatever system it may come to be written. */
function faultOf(part: string): string | undefined {
  if (part === '') return 'is absolute, or has an empty part'
  if (part === '.' || part === '..') return `has the part “${part}”`
  if (part.includes('\\')) return 'has a backslash'
  if (part.includes('\0')) return 'has a null character'
  if (/^[a-z]:/i.test(part)) return 'has a drive letter'
  if (part.includes('\uFFFD')) return 'has a name that is not UTF-8'
  // As git itself refuses it, in the ways that file systems read it: https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreprotectNTFS
  const bare = part.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').replace(/[. ]+$/, '')
  if (/^(?:\.git|git~1)$/i.test(bare)) return 'would be git’s own folder'
  return undefined
}

interface Places {
  /** Takes a path; a text says why it cannot stand beside what was taken before. */
  readonly take: (parts: readonly string[], kind: 'leaf' | 'folder') => string | undefined
}

/** Keeps what stands where, as file systems see it that know no difference of case or of Unicode's forms. */
function createPlaces(): Places {
  const taken = new Map<string, { readonly spelling: string; readonly kind: 'leaf' | 'folder' }>()
  return {
    take: (parts, kind) => {
      for (const [index] of parts.entries()) {
        const spelling = parts.slice(0, index + 1).join('/')
        const isLast = index === parts.length - 1
        const here = isLast ? kind : 'folder'
        const there = taken.get(fold(spelling))
        if (there === undefined) taken.set(fold(spelling), { spelling, kind: here })
        else if (there.spelling !== spelling)
          return `differs from “${oneLine(there.spelling)}” only in case or in Unicode’s form`
        else if (there.kind !== here) return 'is a folder as well as a file or a link'
        else if (isLast && kind === 'leaf') return 'is there twice'
      }
      return undefined
    },
  }
}

function fold(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}
