import { createHash } from 'node:crypto'
import type { ManifestAnswer } from '../../resolve/port.ts'
import { MOST_BYTES } from './files.ts'

/** Reads a file's bytes as a manifest: strict UTF-8, a byte order mark kept. */
export function manifestOf(file: string, bytes: Uint8Array): ManifestAnswer {
  const text = decode(bytes)
  return text === undefined || text.includes('\0')
    ? { kind: 'unreadable', detail: `${file} is not text in UTF-8` }
    : { kind: 'text', file, text }
}

export function tooLarge(file: string): ManifestAnswer {
  return { kind: 'unreadable', detail: `${file} is larger than ${MOST_BYTES / 1_000_000} MB` }
}

/**
 * Whether a text is, byte for byte, the blob of this id. GitHub's GraphQL cuts long texts and may convert others;
 * git's own hash tells. https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage
 */
export function isBlob(text: string, oid: string): boolean {
  const bytes = Buffer.from(text)
  const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes)
  return hash.digest('hex') === oid
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
