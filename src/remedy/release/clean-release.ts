import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { UnknownChain } from '../../walk/verdict.ts'
import type { BlockedAction } from './blocked-action.ts'

/** A blocked action, and what is known of its nearest newer release whose whole tree is pinned. */
export interface Prospect {
  readonly action: BlockedAction
  /** The version that the pinned commit is, as its tag is called; `undefined` where none is known. */
  readonly from: string | undefined
  readonly release: CleanRelease
}

/** What came of looking for a clean release. */
export type CleanRelease =
  | FoundRelease
  /** There is one, but it is not to be trusted yet. Milliseconds since the epoch. */
  | {
      readonly kind: 'too-young'
      readonly version: string
      readonly date: number
      readonly until: number
    }
  | { readonly kind: 'none'; readonly reason: NoneReason }
  | { readonly kind: 'unknown'; readonly reason: UndecidedReason }

/** A clean release to move to. */
export interface FoundRelease {
  readonly kind: 'found'
  /** As the tags are called. */
  readonly from: string
  readonly version: string
  readonly commit: CommitSha
  readonly sameMajor: boolean
}

/** Why there is no clean release. */
export type NoneReason =
  /** Without the present version nobody can say which are newer. */
  | { readonly kind: 'version-unknown' }
  /** The present version is the newest. */
  | { readonly kind: 'newest'; readonly version: string }
  /** All newer releases were looked at, up to this one. */
  | { readonly kind: 'not-clean'; readonly upTo: string }

/** Why it is not known whether there is a clean release. */
export type UndecidedReason =
  | { readonly kind: 'host'; readonly failure: HostFailure }
  | { readonly kind: 'repository'; readonly failure: RepositoryFailure }
  /** It is clean, but of unknown age. */
  | { readonly kind: 'no-date'; readonly version: string; readonly detail: string }
  /** What it uses could not be read in full; `chain`: where it ends in the unknown. */
  | {
      readonly kind: 'unread'
      readonly version: string
      readonly chain: UnknownChain | undefined
    }
  /** So many different versions are its commit that their tags must have been moved. */
  | { readonly kind: 'mass-tagged'; readonly version: string }
  /** None up to this one is clean, and those after it were not looked at. */
  | { readonly kind: 'too-many'; readonly upTo: string }
