import type { ParsedTarEntryWithData } from 'modern-tar'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { CommitSha } from '../../domain/sha.ts'
import type { Archive } from '../../resolve/connection.ts'
import { trustEntries, type PackedEntry } from './entries.ts'

/** The most that is taken, in bytes: as it comes, and unpacked. */
export interface ArchiveLimits {
  readonly packed: number
  readonly unpacked: number
}

export const LIMITS: ArchiveLimits = { packed: 100_000_000, unpacked: 200_000_000 }

/** `damaged`: not all of it, or not in the format: another attempt may bring a better one. `refused`: it is not to be trusted. */
export type Unpacked =
  | { readonly kind: 'unpacked'; readonly entries: Archive['entries'] }
  | { readonly kind: 'damaged' | 'refused'; readonly detail: string }

/** Unpacks what `git archive --format=tar.gz` made of a commit, all in one folder. Nothing is written anywhere. */
export async function unpackArchive(
  packed: Uint8Array,
  commit: CommitSha,
  limits: ArchiveLimits,
): Promise<Unpacked> {
  const tar = await decompress(packed, limits.unpacked)
  if (!(tar instanceof Uint8Array)) return tar
  const entries = await untar(tar)
  if (entries === undefined) return { kind: 'damaged', detail: 'the archive is cut or damaged' }
  const [first] = entries
  // `git archive` writes the commit's id for the whole of it: https://git-scm.com/docs/git-archive#_pax_header
  const named = first?.header.pax?.['comment']
  if (named !== undefined && named !== commit)
    return { kind: 'refused', detail: 'the archive says that it is of another commit' }
  const trusted = trustEntries(entries.map(toPacked))
  return typeof trusted === 'string'
    ? { kind: 'refused', detail: trusted }
    : { kind: 'unpacked', entries: trusted }
}

const inflate = promisify(gunzip)

async function decompress(packed: Uint8Array, most: number): Promise<Uint8Array | Unpacked> {
  try {
    return await inflate(packed, { maxOutputLength: most })
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    return isTooLarge
      ? { kind: 'refused', detail: `the archive unpacks to more than ${most / 1_000_000} MB` }
      : { kind: 'damaged', detail: 'the archive is cut or damaged' }
  }
}

async function untar(tar: Uint8Array): Promise<readonly ParsedTarEntryWithData[] | undefined> {
  const { unpackTar } = await import('modern-tar')
  try {
    return await unpackTar(tar, { strict: true })
  } catch {
    return undefined
  }
}

function toPacked({ header, data }: ParsedTarEntryWithData): PackedEntry {
  const { name, type = 'file', mode = 0, linkname = '' } = header
  return { name, type, mode, linkname, bytes: data ?? new Uint8Array() }
}
