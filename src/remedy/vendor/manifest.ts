import { byCodeUnits } from '../../domain/order.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { NodeKey } from '../../walk/graph.ts'
import {
  copyPath,
  folderKey,
  isInCopy,
  plainFolder,
  VENDOR_FOLDER,
  type CopyFolder,
  type RepositoryName,
} from './place.ts'

/** What records the copies of actions in a repository: where they come from, and what they were when they were made. */
export interface VendorManifest {
  readonly kind: 'vendor-manifest'
  /** No two of them in one folder, or of one repository at one commit. */
  readonly copies: readonly VendoredRepository[]
}

/** What was copied of one repository at one commit. */
export interface VendoredRepository extends RepositoryName, CopyFolder {
  /** As in `https://HOST/owner/repo`. */
  readonly host: string
  readonly commit: CommitSha
  readonly actions: readonly VendoredAction[]
  readonly files: readonly VendoredFile[]
}

/** An action whose copy is used. */
export interface VendoredAction {
  /** Its folder below the repository's root; empty for the root. */
  readonly path: string
  /** What its label said; `undefined` where it had none. */
  readonly version: string | undefined
}

/** A file of a copy, as pinsmith wrote it. */
export interface VendoredFile {
  /** Below the copy's folder, which is below the repository's root there. */
  readonly path: string
  /** Of its bytes, those of text with bare line feeds, in lower-case hexadecimal digits. */
  readonly sha256: string
  readonly executable: boolean
}

/** A file that stands in the folder of a copy now. */
export interface StandingFile {
  /**
   * What its bytes may be taken for: their SHA-256, and that of the same with bare line feeds, since git may have written the
   * file with others. None where it is no file.
   */
  readonly digests: readonly string[]
  /** `undefined` on a system that does not know. */
  readonly executable: boolean | undefined
}

/** How a copy stands to what was recorded of it. Paths are below the root of the repository that holds it. */
export interface CopyState {
  readonly copy: VendoredRepository
  readonly edited: readonly string[]
  /** Files whose bytes are what they were, but that may be run and might not be, or the other way about. */
  readonly modes: readonly string[]
  readonly missing: readonly string[]
  /** Files that were not recorded. */
  readonly added: readonly string[]
}

/** What tells copies apart: each is of a repository at a commit. */
export function copyKey({
  owner,
  repo,
  commit,
}: Pick<VendoredRepository, 'owner' | 'repo' | 'commit'>): NodeKey {
  return nodeKey({ owner, repo, path: '', commit })
}

/** Holds the copies against what stands in their folders: files by their paths below the root of the repository. */
export function compareVendored(
  { copies }: VendorManifest,
  files: ReadonlyMap<string, StandingFile>,
): CopyState[] {
  return copies.map((copy) => {
    const recorded = new Map(copy.files.map((file) => [copyPath(copy, file.path), file]))
    const filesThat = (differ: typeof hasOtherBytes): string[] =>
      [...recorded].flatMap(([path, file]) => {
        const standing = files.get(path)
        return standing !== undefined && differ(file, standing) ? [path] : []
      })
    return {
      copy,
      edited: filesThat(hasOtherBytes),
      modes: filesThat(hasOtherMode),
      missing: [...recorded.keys()].filter((path) => !files.has(path)),
      added: [...files.keys()].filter((path) => isInCopy(path, copy) && !recorded.has(path)),
    }
  })
}

function hasOtherBytes({ sha256 }: VendoredFile, { digests }: StandingFile): boolean {
  return !digests.includes(sha256)
}

/** Whether nothing of a file is other than it was recorded but that it may be run, or may not. */
function hasOtherMode(file: VendoredFile, standing: StandingFile): boolean {
  const { executable } = standing
  return (
    !hasOtherBytes(file, standing) && executable !== undefined && executable !== file.executable
  )
}

/** Writes the manifest: always the same for the same copies. */
export function formatVendorManifest({ copies }: VendorManifest): string {
  const value = {
    version: 1,
    comment: 'Written by pinsmith. It tells by this which copies were edited: do not edit it.',
    copies: copies
      .toSorted(
        (a, b) =>
          byCodeUnits(repositoryKey(a), repositoryKey(b)) ||
          byCodeUnits(folderKey(a), folderKey(b)),
      )
      .map(({ owner, repo, folder, host, commit, actions, files }) => ({
        source: `${owner}/${repo}`,
        ...(folder === plainFolder({ owner, repo }) ? {} : { folder: belowCopies(folder) }),
        host,
        commit,
        actions: actions.toSorted((a, b) => byCodeUnits(a.path, b.path)),
        files: files
          .toSorted((a, b) => byCodeUnits(a.path, b.path))
          .map(({ path, sha256, executable }) => ({
            path,
            sha256,
            ...(executable ? { executable } : {}),
          })),
      })),
  }
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function belowCopies(folder: string): string {
  return folder.slice(`${VENDOR_FOLDER}/`.length)
}
