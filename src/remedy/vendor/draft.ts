import type { FileProblem } from '../../domain/problem.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import type { Archive } from '../../resolve/connection.ts'
import { locate, type LocatedFile } from '../../yaml/locate.ts'
import { nameSelfReferences } from './self-references.ts'
import {
  isManifestPath,
  readComposite,
  textOf,
  type ActionManifest,
  type ArchiveFile,
} from './archive.ts'
import { chooseFiles, type CopyNote } from './files.ts'
import { copyPath, type CopyFolder, type RepositoryName } from './place.ts'

/** An action as it is to be copied; what it uses is not pinned yet. Paths are below its repository's root. */
export interface DraftedAction {
  readonly kind: 'drafted'
  /** Its folder; empty for the root. */
  readonly folder: string
  readonly manifest: string
  readonly files: ReadonlyMap<string, ArchiveFile>
  /** Every manifest among the files, its own and those of actions that lie beside it, with `$/` written out. */
  readonly manifests: ReadonlyMap<string, LocatedFile>
  /** Folders of composite actions that it uses by `$/`. */
  readonly composites: readonly string[]
  readonly notes: readonly CopyNote[]
  /** Manifests that lie beside its own and cannot be understood. They are copied as they are. */
  readonly problems: readonly FileProblem[]
}

/** Drafts the copy of a composite action, in the folder of its repository's. */
export function draftAction(
  copy: RepositoryName & CopyFolder,
  commit: CommitSha,
  archive: Archive,
  folder: string,
): DraftedAction | VendorObstacle {
  const manifest = readComposite(archive, folder)
  if (manifest.kind !== 'composite') return manifest
  const chosen = chooseFiles(archive, folder, manifest)
  if (chosen.kind !== 'files') return chosen
  const manifests = new Map<string, LocatedFile>()
  const problems: FileProblem[] = []
  let composites: readonly string[] = []
  for (const [path, file] of chosen.files) {
    if (!isManifestPath(path)) continue
    const located = locateManifest(copy, path, file, manifest)
    if (located === undefined) continue
    if ('code' in located) {
      problems.push(located)
      continue
    }
    const named = nameSelfReferences(located, path, copy, commit)
    if (named.kind !== 'named') return named
    manifests.set(path, withoutIgnores(named.located))
    if (path === manifest.file.path)
      composites = named.folders.filter((each) => readComposite(archive, each).kind === 'composite')
  }
  const { files, notes } = chosen
  return {
    kind: 'drafted',
    folder,
    manifest: manifest.file.path,
    files,
    manifests,
    composites,
    notes,
    problems,
  }
}

/** `undefined` where it is none of GitHub's. */
function locateManifest(
  copy: CopyFolder,
  path: string,
  file: ArchiveFile,
  own: ActionManifest,
): LocatedFile | FileProblem | undefined {
  if (path === own.file.path) return own.located
  const text = textOf(file)
  const located = text === undefined ? undefined : locate(text)
  switch (located?.kind) {
    case undefined:
      return { code: 'binary', file: copyPath(copy, path) }
    case 'yaml':
      return { ...located, code: 'yaml', file: copyPath(copy, path) }
    case 'not-a-workflow':
      return undefined
    case 'located':
      return located
  }
}

// What its authors want to be left is theirs to say of their repository: a copy is to be pinned all the same.
function withoutIgnores(located: LocatedFile): LocatedFile {
  return { ...located, sites: located.sites.map((site) => ({ ...site, ignore: undefined })) }
}
