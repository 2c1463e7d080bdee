import type { HostFailure } from '../domain/outcome.ts'
import type { FileProblem, SiteProblem, Unresolved, UsesFault } from '../domain/problem.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { Expansion, Vulnerability } from '../resolve/connection.ts'
import type { UnknownReason } from '../walk/graph.ts'

/** What was found, and what its words need to say. */
export type FindingDetail =
  /**
   * A tag or a branch where a full commit SHA should stand; `commit` is what it names today, `undefined` where nobody was asked.
   * `unresolved`: why it names nothing for sure.
   */
  | {
      readonly code: 'unpinned'
      readonly commit: CommitSha | undefined
      readonly unresolved?: Unresolved
    }
  | { readonly code: 'nested-unpinned' }
  /**
   * `tips`: the commits of tags and branches that begin so. `expansion`: the one commit that does, which is the repository's own;
   * `undefined` where nobody was asked.
   */
  | {
      readonly code: 'short-sha'
      readonly tips: readonly CommitSha[]
      readonly expansion: Expansion | undefined
    }
  /** The SHA is that of an annotated tag's object. */
  | { readonly code: 'tag-object'; readonly commit: CommitSha }
  /** `label`: what it should say; `undefined` where nothing honest can be said, or nobody was asked. */
  | { readonly code: 'label-missing'; readonly label: string | undefined }
  | {
      readonly code: 'label-mismatch'
      readonly label: string
      readonly actual: CommitSha
      /** What the pin's label should be, where a version tag names the pin. */
      readonly truth: string | undefined
      /** The label's tag comes after the pin: it was moved on, and not aside. */
      readonly movedOn: boolean
    }
  /** `exact`: `undefined` where no full version names the pin; then the label's tag has moved on since. */
  | { readonly code: 'label-vague'; readonly label: string; readonly exact: string | undefined }
  | { readonly code: 'label-gone'; readonly label: string }
  | { readonly code: 'unknown-commit' }
  /**
   * `label` and `actual`: what stands beside it, and the commit which that tag names. `pull`: where tags do lead to it, since they
   * were moved there.
   */
  | {
      readonly code: 'impostor-commit'
      readonly label: string | undefined
      readonly actual: CommitSha | undefined
      readonly pull: MovedToPull | undefined
    }
  /** `pull`: the pull request whose head the tag is now, wherever that comes after. */
  | {
      readonly code: 'moved-tag'
      readonly label: string
      readonly actual: CommitSha
      readonly pull: number | undefined
    }
  /** So many version tags of different versions are this commit, and no branch has it. */
  | {
      readonly code: 'mass-moved-tags'
      readonly commit: CommitSha
      readonly tags: readonly string[]
    }
  | { readonly code: 'ambiguous-ref'; readonly tag: CommitSha; readonly branch: CommitSha }
  | {
      readonly code: 'vulnerable'
      readonly version: string
      readonly vulnerability: Vulnerability
    }
  | { readonly code: 'archived' }
  | { readonly code: 'renamed'; readonly to: string }
  /** `path`: the file of the copy that is not as it was brought; `action`: what was copied, as `owner/repo[/path]`. */
  | {
      readonly code: 'vendored-edited'
      readonly path: string
      readonly change: VendoredChange
      readonly action: string
    }
  | { readonly code: 'lockfile'; readonly detail: string }
  | { readonly code: 'unpinned-image'; readonly image: string }
  | { readonly code: 'breaks-when-pinned' }
  | { readonly code: 'not-understood'; readonly what: NotUnderstood }
  | { readonly code: 'undetermined'; readonly what: Undetermined }
  /** An owner that the configuration does not allow. */
  | { readonly code: 'owner-not-allowed'; readonly owner: string }
  /** An ignore of the configuration whose date is past. */
  | {
      readonly code: 'ignore-expired'
      readonly action: string
      readonly expires: string
      readonly reason: string
    }

/** How a file of a copy differs from what was brought; `mode`: in whether it may be run alone. */
export type VendoredChange = 'edited' | 'mode' | 'missing' | 'added'

/** The pull request that brought a commit, and the tags that are it, although no branch has it. */
export interface MovedToPull {
  readonly number: number
  readonly tags: readonly string[]
}

/** What could not be read for what it is. */
export type NotUnderstood =
  | { readonly kind: 'reference'; readonly fault: UsesFault }
  | { readonly kind: 'file'; readonly problem: FileProblem }

/** A check that could not be made, and why. */
export type Undetermined =
  | { readonly kind: 'unresolved'; readonly resolution: Unresolved }
  | { readonly kind: 'nested'; readonly reason: UnknownReason | undefined }
  | { readonly kind: 'reach'; readonly detail: string }
  | { readonly kind: 'descent'; readonly label: string }
  /** Whether the commit that a label's tag is now came by a pull request alone. */
  | { readonly kind: 'pulls'; readonly label: string; readonly detail: string }
  | { readonly kind: 'advisories'; readonly failure: HostFailure }
  /** An advisory's range, or the pin's version, cannot be read. */
  | { readonly kind: 'vulnerability'; readonly vulnerability: Vulnerability }
  | { readonly kind: 'site'; readonly problem: SiteProblem }
