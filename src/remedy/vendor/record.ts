import type { FilePlan } from '../../plan/plan.ts'
import type { FileChange, FileState } from './copies.ts'
import {
  formatVendorManifest,
  type VendoredFile,
  type VendoredRepository,
  type VendorManifest,
} from './manifest.ts'
import { copyPath, folderKey, VENDOR_MANIFEST, type CopyFolder } from './place.ts'

/** The SHA-256 of bytes, in lower-case hexadecimal digits. */
export type Digest = (bytes: Uint8Array) => string

/** The record with these copies in place of the earlier ones in their folders. */
export function recordCopies(
  manifest: VendorManifest,
  fresh: readonly VendoredRepository[],
): VendorManifest {
  const { copies } = withoutCopies(manifest, fresh)
  return { kind: 'vendor-manifest', copies: [...copies, ...fresh] }
}

/** The record without the copies in these folders. */
export function withoutCopies(
  { copies }: VendorManifest,
  gone: readonly CopyFolder[],
): VendorManifest {
  const folders = new Set(gone.map(folderKey))
  return {
    kind: 'vendor-manifest',
    copies: copies.filter((copy) => !folders.has(folderKey(copy))),
  }
}

/**
 * What becomes of the file of the record; `undefined` where it says the same already, in whatever line ends git wrote it.
 * @param before what stands there
 */
export function changeOfRecord(
  manifest: VendorManifest,
  before: FileState | undefined,
): FileChange | undefined {
  const isEmpty = before === undefined && manifest.copies.length === 0
  const text = formatVendorManifest(manifest)
  const standing = before === undefined ? undefined : new TextDecoder().decode(before.bytes)
  if (isEmpty || standing?.replaceAll('\r\n', '\n') === text) return undefined
  const after = { bytes: encode(text), executable: before?.executable ?? false }
  return { path: VENDOR_MANIFEST, before, after }
}

/** How a file of a copy is recorded. */
export function recordFile(
  path: string,
  { bytes, executable }: FileState,
  digest: Digest,
): VendoredFile {
  return { path, sha256: digest(bytes), executable }
}

/**
 * The record once these plans are carried out: a copy's manifest is pinned like any other file, which makes it none that
 * somebody edited. What was edited before stays so.
 */
export function recordEdits(
  { copies }: VendorManifest,
  plans: readonly FilePlan[],
  digest: Digest,
): VendorManifest {
  const changed = new Map(
    plans.flatMap((plan) => (plan.before === plan.after ? [] : [[plan.path, plan] as const])),
  )
  if (changed.size === 0) return { kind: 'vendor-manifest', copies }
  return {
    kind: 'vendor-manifest',
    copies: copies.map((copy) => ({
      ...copy,
      files: copy.files.map((file) => {
        const plan = changed.get(copyPath(copy, file.path))
        return plan === undefined ? file : { ...file, sha256: digestAfter(file, plan, digest) }
      }),
    })),
  }
}

// Git may have written the file with other line ends than it was recorded with.
function digestAfter(
  { sha256 }: VendoredFile,
  { before, after }: FilePlan,
  digest: Digest,
): string {
  const views = [(text: string) => text, (text: string) => text.replaceAll('\r\n', '\n')]
  const recorded = views.find((view) => digest(encode(view(before))) === sha256)
  return recorded === undefined ? sha256 : digest(encode(recorded(after)))
}

/** A text as its bytes. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
