import type { ReachFault, VendorObstacle } from '../../domain/vendor-obstacle.ts'
import type { Archive } from '../../resolve/connection.ts'
import { withoutComments } from '../../yaml/runs.ts'
import {
  fileAt,
  folderOf,
  resolvePath,
  textOf,
  type ActionManifest,
  type ArchiveFile,
} from './archive.ts'
import { isSafePath } from './place.ts'
import {
  entersActionFolder,
  findReaches,
  mentionsActionPath,
  mentionsOwnRef,
  type Reach,
} from './reach.ts'

/** What a copy of an action is made of, as its repository has it. */
export interface ActionFiles {
  readonly kind: 'files'
  readonly manifest: ActionManifest
  /** By path below the repository's root, the manifest among them. */
  readonly files: ReadonlyMap<string, ArchiveFile>
  readonly notes: readonly CopyNote[]
}

/** Something about a copy that its owner should know. */
export type CopyNote =
  /** Neither its repository nor its folder has a file of licence. */
  | 'no-licence'
  /** It asks by which ref, or from which repository, it was called: in a copy both are empty. */
  | 'reads-own-ref'

/**
 * Chooses what comes along with a composite action: its manifest and licences; its whole folder, if it speaks of it; what it
 * names outside by `..`; and what the scripts among these name in turn. Nothing of `.git`, and no workflows.
 */
export function chooseFiles(
  archive: Archive,
  folder: string,
  manifest: ActionManifest,
): ActionFiles | VendorObstacle {
  const code = withoutComments(manifest.located.parsed)
  const chosen = new Set([manifest.file.path, ...licencesOf(archive, folder)])
  if (mentionsActionPath(code)) {
    addAll(chosen, filesBelow(archive, folder))
    for (const reach of findReaches(code)) {
      const led = followReach(archive, folder, reach, entersActionFolder(code))
      if (typeof led === 'string')
        return {
          kind: 'reach',
          file: manifest.file.path,
          position: manifest.located.parsed.lines.position(reach.offset),
          written: reach.written,
          fault: led,
        }
      addAll(chosen, led)
    }
    addReachedByScripts(archive, folder, chosen)
  }
  return gather(archive, folder, manifest, chosen)
}

/** What a place in the manifest leads to, or why that cannot be brought along. */
function followReach(
  archive: Archive,
  folder: string,
  { from, path, isOpen }: Reach,
  entersFolder: boolean,
): readonly string[] | ReachFault {
  // What begins elsewhere is none of the action's files, unless there happens to be one.
  const isSure = from === 'action'
  const names = path.filter((part) => part !== '..')
  if (isOpen && names.length === 0) return isSure || entersFolder ? 'dynamic' : []
  const at = resolvePath(folder, path)
  if (at === undefined) return isSure ? 'outside' : []
  const found = filesAt(archive, at)
  if (found.length > 0) return isSure || entersFolder || names.length > 0 ? found : []
  return isSure ? 'nothing' : []
}

/** Adds what the scripts among the files name outside what is there, until nothing is new. */
function addReachedByScripts(archive: Archive, folder: string, chosen: Set<string>): void {
  // A set takes in what is added to it meanwhile.
  for (const path of chosen) {
    const file = fileAt(archive, path)
    const text = file === undefined || file.bytes.length > LONGEST_SCRIPT ? undefined : textOf(file)
    if (text === undefined || !text.includes('..') || /\.(?:md|txt|svg)$/i.test(path)) continue
    for (const reach of findReaches(text))
      for (const base of reach.from === 'action' ? [folder] : [folderOf(path), folder])
        addAll(chosen, reachedByScript(archive, base, reach))
  }
}

// A bare `..` of which it is not known what it begins at is in half of all scripts, and means anything.
function reachedByScript(archive: Archive, base: string, { from, path }: Reach): readonly string[] {
  if (from === 'unknown' && path.every((part) => part === '..')) return []
  const at = resolvePath(base, path)
  return at === undefined ? [] : filesAt(archive, at)
}

function gather(
  archive: Archive,
  folder: string,
  manifest: ActionManifest,
  chosen: ReadonlySet<string>,
): ActionFiles | VendorObstacle {
  const files = new Map<string, ArchiveFile>()
  for (const path of [...chosen].toSorted()) {
    const file = fileAt(archive, path)
    if (file === undefined) return { kind: 'link', file: path, target: targetOf(archive, path) }
    if (!isSafePath(path)) return { kind: 'unsafe-name', file: path }
    if (isLfsPointer(file.bytes)) return { kind: 'lfs', file: path }
    files.set(path, file)
  }
  const hasLicence = licencesOf(archive, folder).length > 0
  const readsRef = [...files.values()].some(({ bytes }) => mentionsOwnRef(textOf({ bytes }) ?? ''))
  const notes: CopyNote[] = [
    ...(hasLicence ? [] : (['no-licence'] as const)),
    ...(readsRef ? (['reads-own-ref'] as const) : []),
  ]
  return { kind: 'files', manifest, files, notes }
}

/** The licences of the repository and of the action itself. */
function licencesOf({ entries }: Archive, folder: string): string[] {
  return [...entries.keys()].filter((path) => {
    const inside = folderOf(path)
    const isOf = inside === '' || inside === folder
    return isOf ? LICENCE.test(path.slice(inside.length)) : path.startsWith('LICENSES/')
  })
}

const LICENCE = /^\/?(?:(?:un)?licen[cs]e|copying|copyright|notice|patents)(?:[._-][^/]*)?$/i

/** The file at a path, or all files below it: none where nothing is there. */
function filesAt(archive: Archive, path: string): readonly string[] {
  return archive.entries.has(path) ? [path] : filesBelow(archive, path)
}

function filesBelow({ entries }: Archive, folder: string): string[] {
  const start = folder === '' ? '' : `${folder}/`
  return [...entries.keys()].filter((path) => path.startsWith(start) && !isMetadata(path))
}

// What git and GitHub read in a repository would mean something in another.
function isMetadata(path: string): boolean {
  return /(?:^|\/)\.git(?!hub\/)[^/]*(?:\/|$)|^\.github\/workflows\//i.test(path)
}

// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
function isLfsPointer(bytes: Uint8Array): boolean {
  return bytes.length < 1024 && (textOf({ bytes }) ?? '').startsWith(LFS)
}

const LFS = 'version https://git-lfs.github.com/spec/'

function targetOf({ entries }: Archive, path: string): string {
  const entry = entries.get(path)
  return entry?.kind === 'link' ? entry.target : ''
}

function addAll(set: Set<string>, items: readonly string[]): void {
  for (const item of items) set.add(item)
}

const LONGEST_SCRIPT = 1024 * 1024
