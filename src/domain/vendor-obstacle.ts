import type { RepositoryFailure } from './outcome.ts'
import type { Position } from './span.ts'

/** Why an action is not copied into the repository, or why a reference is not led to its copy. Paths of its files are below its repository's root. */
export type VendorObstacle =
  /** It is a called workflow: GitHub calls those only from `.github/workflows`. */
  | { readonly kind: 'workflow' }
  /** What it runs by, `node20` or `docker`, where the manifest says so: it uses nothing, so that pinning it is enough. */
  | { readonly kind: 'not-composite'; readonly using: string | undefined }
  | { readonly kind: 'no-archive'; readonly failure: RepositoryFailure }
  /** There is no manifest in the action's folder, or it cannot be read. */
  | { readonly kind: 'manifest'; readonly detail: string }
  /** A `$/` reference in it, which would mean this repository in a copy, cannot be edited. */
  | {
      readonly kind: 'self-reference'
      readonly file: string
      readonly position: Position
      readonly written: string
    }
  /** It reaches out of its folder, and what it reaches cannot be brought along. */
  | {
      readonly kind: 'reach'
      readonly file: string
      readonly position: Position
      readonly written: string
      readonly fault: ReachFault
    }
  /** A symbolic link that leads to no file of its repository. */
  | { readonly kind: 'link'; readonly file: string; readonly target: string }
  /** A pointer of Git LFS stands in place of the file. */
  | { readonly kind: 'lfs'; readonly file: string }
  /** A name that not every system can hold, or that git keeps for itself. */
  | { readonly kind: 'unsafe-name'; readonly file: string }
  /** Something that pinsmith did not bring stands where the copy should, at this path of the repository itself. */
  | { readonly kind: 'in-the-way'; readonly path: string; readonly fault: WayFault }
  /** `./` means the workspace, and no step before this one checks the repository out there. */
  | { readonly kind: 'no-checkout' }
  /** `./` in an action means the workspace of whatever job uses it. */
  | { readonly kind: 'in-action' }
  /** In a workflow that other repositories may call, `./` means theirs. */
  | { readonly kind: 'in-callable' }
  /** A template is used in other repositories, where the copy is not. */
  | { readonly kind: 'in-template' }
  /** The file is of another repository than the copies. */
  | { readonly kind: 'elsewhere' }

/** Why what an action reaches cannot be brought along. */
export type ReachFault =
  /** The path is made up while it runs. */
  | 'dynamic'
  /** It leads above the repository's root. */
  | 'outside'
  /** Nothing stands there. */
  | 'nothing'

/** What is wrong with something that stands where a copy should. */
export type WayFault =
  /** It is not recorded as part of a copy. */
  | 'unknown'
  /** It was edited since it was copied. */
  | 'edited'
  /** It is a copy of something else. */
  | 'copy'
  /** Its name differs in upper and lower case alone. */
  | 'case'
  | 'symlink'
  /** It is a folder where a file should stand, a file where a folder should, or cannot be read. */
  | 'not-a-file'
