import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileProblem } from '../domain/problem.ts'
import { decodeText } from './decode.ts'
import type { DiscoveredFile } from './discover.ts'
import { entryAt } from './entry.ts'
import { systemCode, systemDetail } from './system-error.ts'

/**
 * A file with its text. The text is the file's bytes, read as strict UTF-8 with the BOM left in, so it also
 * tells, to the byte, whether the file on disk is still the one that was read.
 */
export interface SourceFile extends DiscoveredFile {
  readonly text: string
}

export type ReadResult =
  | { readonly kind: 'read'; readonly file: SourceFile }
  | { readonly kind: 'problem'; readonly problem: FileProblem }

/** Reads one file's text. What is not text, or cannot be read, is a problem with its place. */
export async function readSource(file: DiscoveredFile): Promise<ReadResult> {
  const bytes = await readBytes(file.absolute)
  if (!(bytes instanceof Uint8Array)) return problem({ file: file.path, ...bytes })
  const decoded = decodeText(file.path, bytes)
  if (decoded.kind === 'problem') return decoded
  const { path, absolute, root, named } = file
  return { kind: 'read', file: { path, absolute, root, named, text: decoded.text } }
}

/** Why a file's bytes could not be had. */
export type ReadFault =
  | { readonly code: 'symlink' }
  | { readonly code: 'unreadable'; readonly detail: string }

/** Reads a regular file's bytes. A link is refused, and a pipe is not waited for. */
export async function readBytes(absolute: string): Promise<Buffer | ReadFault> {
  const entry = await entryAt(absolute)
  if (entry.kind === 'symlink') return { code: 'symlink' }
  try {
    // It can become a link or a pipe just now. Windows knows neither flag; there they are no bits at all.
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
    const handle = await open(absolute, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      if (!(await handle.stat()).isFile())
        return { code: 'unreadable', detail: 'it is not a regular file' }
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    return systemCode(error) === 'ELOOP'
      ? { code: 'symlink' }
      : { code: 'unreadable', detail: systemDetail(error) }
  }
}

function problem(value: FileProblem): ReadResult {
  return { kind: 'problem', problem: value }
}
