import type { CommitSha } from '../../domain/sha.ts'
import type { Archive } from '../../resolve/connection.ts'
import type { FileState } from './copies.ts'
import type { DraftedAction } from './draft.ts'
import type { VendoredRepository } from './manifest.ts'
import type { CopyFolder, RepositoryName } from './place.ts'

/** What is to be copied of a repository at one commit. Paths are below its root. */
export interface CopyDraft extends RepositoryName, CopyFolder {
  readonly commit: CommitSha
  readonly archive: Archive
  readonly actions: readonly CopiedAction[]
  /** What was recorded of its folder before: the same copy, or one at another commit that gives way. */
  readonly earlier: VendoredRepository | undefined
  /** What stands at the places of its files; nothing where there is no entry. */
  readonly standing: ReadonlyMap<string, FileState>
  /** Recorded files that stay as they stand there. */
  readonly kept: ReadonlySet<string>
}

/** An action of a copy. */
export interface CopiedAction {
  readonly drafted: DraftedAction
  /** What its label says; `undefined` where it has none. */
  readonly version: string | undefined
}
