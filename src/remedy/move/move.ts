import type { RefName } from '../../domain/ref.ts'
import type { RemoteReference } from '../../domain/reference.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { Site } from '../../yaml/locate.ts'

/** How far pins may move: within their minor version, within their major version, or to whatever is newer. */
export type MoveLimit = 'patch' | 'minor' | 'major'

/** Places of one repository's actions that are pinned to one commit, with one label: they move together. */
export interface Mover {
  readonly owner: string
  readonly repo: string
  readonly from: LabelledCommit
  /** In the order of the files and of their texts. */
  readonly sites: readonly [MoverSite, ...MoverSite[]]
}

/** A commit, and what it is called; `undefined` where nothing honest can be said. */
export interface LabelledCommit {
  readonly commit: CommitSha
  readonly label: string | undefined
}

/** One place that may move. */
export interface MoverSite {
  readonly file: string
  readonly site: Site
  readonly reference: RemoteReference
}

/** What pins may move to. */
export interface MoveTarget {
  readonly commit: CommitSha
  /** As the tag, or the branch, is called. */
  readonly label: string
  /** Whether it is of another major version, which may break what uses it. */
  readonly isNewMajor: boolean
}

/** A target that was taken, or held against the cooldown. */
export interface DatedTarget extends MoveTarget {
  /** When its commit was made, in milliseconds since the epoch; `undefined` where that is not known. */
  readonly date: number | undefined
}

/** Where a mover may go, by what its repository told. */
export type Course =
  /** To one of these newer versions, the newest first: each commit once. `beyond`: the newest that the limit forbids. */
  | {
      readonly kind: 'versions'
      readonly versions: readonly MoveTarget[]
      readonly beyond: MoveTarget | undefined
    }
  /** To what the branch, or the tag that moves, names now, if that comes after the pin. */
  | {
      readonly kind: 'follow'
      /** `refs/heads/main`, or a tag's own name. */
      readonly ref: string
      readonly target: MoveTarget
    }
  | { readonly kind: 'stay'; readonly reason: StayReason | undefined }

/** Why a mover stays where it is, or goes no further, for no fault of the target. */
export type StayReason =
  /** Milliseconds since the epoch. */
  | { readonly kind: 'too-young'; readonly until: number }
  /** Its age could not be found out. */
  | { readonly kind: 'no-date'; readonly detail: string }
  /** It lies beyond the limit of the run. */
  | { readonly kind: 'beyond'; readonly needs: 'minor' | 'major' }
  /** Without the present version nobody can say which are newer. */
  | { readonly kind: 'version-unknown' }
  /** What the branch or the tag names does not come after the pin. */
  | { readonly kind: 'apart' }
  /** Whether it does could not be found out. */
  | { readonly kind: 'descent-unknown' }
  /** The label is both a tag and a branch, which are different commits. */
  | { readonly kind: 'ambiguous'; readonly name: RefName }
  /** The label is a branch, and the configuration allows none. */
  | { readonly kind: 'branch-denied' }
