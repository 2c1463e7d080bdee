import type { KnownFindingCode } from './finding-code.ts'
import type { ReferenceFault } from './reference.ts'
import type { Resolution } from './outcome.ts'
import type { CommitSha } from './sha.ts'
import type { Position } from './span.ts'
import type { VendorObstacle } from './vendor-obstacle.ts'

/** Something that keeps a file or a reference from being pinned and true. Its words are the report's. */
export type Problem = FileProblem | SiteProblem

/** A whole file that could not be dealt with. It is left as it is. */
export type FileProblem = { readonly file: string } & (
  | { readonly code: 'symlink' }
  | { readonly code: 'binary' }
  | { readonly code: 'not-utf8'; readonly position: Position }
  | { readonly code: 'unreadable'; readonly detail: string }
  | { readonly code: 'yaml'; readonly position: Position; readonly detail: string }
  /** It parses, but has neither `jobs` nor `runs`. */
  | { readonly code: 'not-a-workflow' }
  | { readonly code: 'read-only' }
  /** GitHub's lockfile of actions is there, but cannot be read. */
  | { readonly code: 'lockfile' }
  /** The record of the copies of actions is there, but cannot be read. */
  | { readonly code: 'vendor-record'; readonly detail: string }
  /** Git would leave these files of a copy out; `file` is its folder. */
  | { readonly code: 'ignored-by-git'; readonly paths: readonly string[] }
  /** Somebody else changed it between our reading and our writing. */
  | { readonly code: 'changed-meanwhile' }
  | { readonly code: 'write-failed'; readonly detail: string }
  /** The edited text, parsed again, differs from the old in more than the references. */
  | { readonly code: 'edit-refused'; readonly detail: string }
)

/** One reference that was left as it is. */
export type SiteProblem = {
  readonly file: string
  readonly position: Position
  /** As written. */
  readonly reference: string
} & (
  | { readonly code: 'not-understood'; readonly fault: UsesFault }
  | { readonly code: 'not-editable'; readonly reason: EditObstacle }
  | { readonly code: 'unresolved'; readonly resolution: Unresolved }
  /** The label's tag names `actual`, another commit than the pin; `truth`: the version tag that names the pin, if any does. */
  | {
      readonly code: 'label-mismatch'
      readonly label: string
      readonly actual: CommitSha
      readonly truth?: string | undefined
    }
  /** The label is the name of no tag or branch of the repository. */
  | { readonly code: 'label-gone'; readonly label: string }
  /** It is pinned where it can be, but not led to a copy of the action. */
  | { readonly code: 'not-vendored'; readonly obstacle: CopyObstacle }
  /** The ref is a branch, and the configuration allows none; `tag` is a version tag on the same commit. */
  | { readonly code: 'branch-denied'; readonly tag: string | undefined }
  /** What the ref names today is a commit that `check` would accuse; `finding` is the code of that. */
  | { readonly code: 'suspect'; readonly finding: KnownFindingCode }
)

/** Why an action is not copied, or a reference not led to its copy. */
export type CopyObstacle =
  | VendorObstacle
  /** The policy would block the copy too, for this: the problem's place is below the root of the action's repository. */
  | { readonly kind: 'stays-blocked'; readonly problem: Problem }

/** Every outcome of resolving that names no commit for sure. */
export type Unresolved = Exclude<Resolution, { kind: 'commit' | 'tag-object' }>

/** Why what stands at a `uses:` was not understood. */
export type UsesFault =
  | ReferenceFault
  /** A list or a map stands where a text should. */
  | 'not-a-text'
  /** It has a YAML tag other than `!!str`. */
  | 'tagged'
  /** It comes by a merge key, which GitHub does not read. */
  | 'merge-key'
  /** The key is `Uses` or the like: GitHub's keys are lower-case. */
  | 'key-case'

/** Why a reference that was understood cannot be edited safely. */
export type EditObstacle =
  /** Escapes or line folds: the text does not stand in the file as it reads. */
  | 'escaped'
  /** Its anchor is used elsewhere for something that is no reference. */
  | 'shared-anchor'
  /** No comment can stand at the end of its line. */
  | 'no-room-for-label'
