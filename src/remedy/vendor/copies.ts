import type { Problem } from '../../domain/problem.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { CopyNote } from './files.ts'
import type { VendoredAction } from './manifest.ts'
import type { CopyFolder, RepositoryName } from './place.ts'

/** A file's bytes, and whether it may be run. */
export interface FileState {
  readonly bytes: Uint8Array
  readonly executable: boolean
}

/** A file of the repository itself that comes, changes or goes with a copy. */
export interface FileChange {
  /** Below the repository's root. */
  readonly path: string
  /** `undefined` where nothing stands there. */
  readonly before: FileState | undefined
  /** `undefined` where it goes. */
  readonly after: FileState | undefined
}

/** What was copied of one repository at one commit, or is to be. */
export interface CopiedRepository extends RepositoryName, CopyFolder {
  readonly commit: CommitSha
  readonly actions: readonly VendoredAction[]
  /** What became of the references in its manifests. */
  readonly plans: readonly FilePlan[]
  /** How many files of it are new, or not what they were. */
  readonly files: number
  readonly notes: readonly CopyNote[]
  /** Files among these that may be run, by their paths below the root, where the system does not keep that: git has to be told. */
  readonly unmarked: readonly string[]
}

/** A copy that goes. */
export interface UnusedCopy extends RepositoryName, CopyFolder {
  readonly commit: CommitSha
}

/** What a run copies, or would copy. */
export interface Copies {
  readonly repositories: readonly CopiedRepository[]
  /** In the order in which they are to be made: the record of the copies first. */
  readonly changes: readonly FileChange[]
  /** Earlier copies that nothing uses once all of this is done, though something did before. */
  readonly unused: readonly UnusedCopy[]
  /** What makes these go, in order, once everything else is done; the record of the copies first. */
  readonly removals: readonly FileChange[]
  /** What could not be copied or led to a copy, and why. */
  readonly problems: readonly Problem[]
}

/** Copies, and what became of them. */
export interface CopiesResult extends Copies {
  readonly outcome: 'due' | 'written' | 'held-back' | 'failed'
}

export const noCopies: Copies = {
  repositories: [],
  changes: [],
  unused: [],
  removals: [],
  problems: [],
}

/** Changes that follow each other as one for each file. */
export function joinChanges(changes: readonly FileChange[]): FileChange[] {
  const joined = new Map<string, FileChange>()
  for (const change of changes) {
    const { before } = joined.get(change.path) ?? change
    joined.set(change.path, { ...change, before })
  }
  return [...joined.values()]
}
