import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileProblem } from '../domain/problem.ts'
import type { FileState } from '../remedy/vendor/copies.ts'
import {
  compareVendored,
  type CopyState,
  type StandingFile,
  type VendorManifest,
} from '../remedy/vendor/manifest.ts'
import { VENDOR_MANIFEST } from '../remedy/vendor/place.ts'
import { digestsOf } from './digest.ts'
import { displayPath, type Place } from './place.ts'
import { readBytes } from './read.ts'
import { isExecutable, knowsExecutables, standingAt } from './standing.ts'

/** What is recorded of the copies of actions in a repository, and how they stand to it now. */
export type VendorRecord =
  | { readonly kind: 'none' }
  /** There is a record, but it cannot be read. */
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  | {
      readonly kind: 'record'
      readonly manifest: VendorManifest
      /** The record's own file. */
      readonly file: FileState
      readonly states: readonly CopyState[]
    }

/**
 * Reads the record of the copies below a repository's root, and looks at every file in their folders.
 * @param root absolute
 */
export async function readVendored(place: Place, root: string): Promise<VendorRecord> {
  const absolute = join(root, ...VENDOR_MANIFEST.split('/'))
  const file = displayPath(place, absolute)
  const standing = await standingAt(root, absolute)
  switch (standing.kind) {
    case 'nothing':
      return { kind: 'none' }
    case 'symlink':
      return { kind: 'problem', problem: { file, code: 'symlink' } }
    case 'case':
    case 'not-a-file':
      return {
        kind: 'problem',
        problem: { file, code: 'unreadable', detail: 'it is not a regular file' },
      }
    case 'file':
      return readRecord(root, file, standing)
  }
}

async function readRecord(
  root: string,
  path: string,
  { bytes, executable }: FileState,
): Promise<VendorRecord> {
  // The library that checks it is for those who have one.
  const { parseVendorManifest } = await import('../remedy/vendor/schema.ts')
  const manifest = parseVendorManifest(Buffer.from(bytes).toString('utf8'))
  if (typeof manifest === 'string')
    return { kind: 'problem', problem: { file: path, code: 'vendor-record', detail: manifest } }
  const files = new Map<string, StandingFile>()
  for (const { folder } of manifest.copies)
    await listFiles(join(root, ...folder.split('/')), folder, files)
  const file = { bytes, executable }
  return { kind: 'record', manifest, file, states: compareVendored(manifest, files) }
}

/** Adds all files below a folder, links among them, by their paths below the root. A folder that is not there holds none. */
async function listFiles(
  absolute: string,
  path: string,
  files: Map<string, StandingFile>,
): Promise<void> {
  const entries = await readdir(absolute, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const below = join(absolute, entry.name)
    const name = `${path}/${entry.name}`
    if (entry.isDirectory()) await listFiles(below, name, files)
    else files.set(name, await standingFile(below))
  }
}

async function standingFile(absolute: string): Promise<StandingFile> {
  const bytes = await readBytes(absolute)
  if (!(bytes instanceof Uint8Array)) return { digests: [], executable: undefined }
  const executable = knowsExecutables ? await isExecutable(absolute) : undefined
  return { digests: digestsOf(bytes), executable }
}
