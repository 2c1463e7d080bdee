import type { CommitSha } from '../../domain/sha.ts'

/** Where the copies of actions stand, below the root of the repository. */
export const VENDOR_FOLDER = '.github/actions'

/** What records them. */
export const VENDOR_MANIFEST: string = `${VENDOR_FOLDER}/vendored.json`

/** How a reference leads to a file of its own repository: by `$/`, at its own commit, or by `./`, in the workspace. */
export type ReferBy = 'self' | 'workspace'

/** A repository's name as it is spelled here. */
export interface RepositoryName {
  readonly owner: string
  readonly repo: string
}

/** The place of a copy. What is copied lies below it as it does in its own repository. */
export interface CopyFolder {
  /** Below the root of the repository that holds the copy. */
  readonly folder: string
}

/** The folder of a repository's copy, unless one at another commit has it. */
export function plainFolder({ owner, repo }: RepositoryName): string {
  return `${VENDOR_FOLDER}/${owner}/${repo}`
}

/** The folders that a copy at a commit may stand in: the first that no other copy has. */
export function foldersFor(name: RepositoryName, commit: CommitSha): readonly string[] {
  const plain = plainFolder(name)
  return [plain, `${plain}-${commit.slice(0, 12)}`, `${plain}-${commit}`]
}

/** The key by which folders compare: those that differ in case alone are one on many systems. */
export function folderKey({ folder }: CopyFolder): string {
  return folder.toLowerCase()
}

/** Where a file of a repository, or with an action's path its folder, lies in the copy. */
export function copyPath({ folder }: CopyFolder, path: string): string {
  return path === '' ? folder : `${folder}/${path}`
}

/** Whether a path is of a copy's folder: that itself, or below it. */
export function isInCopy(path: string, { folder }: CopyFolder): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** What stands at a site that uses the copy of an action. */
export function copyReference(copy: CopyFolder, path: string, by: ReferBy): string {
  return `${by === 'self' ? '$' : '.'}/${copyPath(copy, path)}`
}

/**
 * Whether a path may be written on every system: git keeps `.git` for itself in any spelling that a file system may take for
 * it, and Windows has names that mean a device, and characters that no name may hold.
 */
export function isSafePath(path: string): boolean {
  return path
    .split('/')
    .every((part) => !UNSAFE.test(part) && !DEVICE.test(part) && !GIT.test(withoutIgnorable(part)))
}

// oxlint-disable-next-line no-control-regex
const UNSAFE = /^$|^\.{1,2}$|[\u0000-\u001f\u007f<>:"|?*\\]|[. ]$/
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
const GIT = /^(?:\.git|git~\d+)$/i

// What HFS+ does not see in a name.
function withoutIgnorable(part: string): string {
  return part.replaceAll(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
}
