import type { IgnoreDirective } from '../domain/directive.ts'
import { actionName, type RemoteReference } from '../domain/reference.ts'

/** What the user asked for, as far as it decides what becomes of a site. */
export interface Policy {
  /** Whether `--only` and `--ignore` leave this action in; the name is `owner/repo[/path]`. */
  readonly selects: (action: string) => boolean
  /** Whether GitHub's lockfile lists this file, so that an edit would put the two out of step. */
  readonly isLocked: (file: string) => boolean
  /** Where a person's comment goes: behind the label, or on a line of its own above. */
  readonly comments: 'after' | 'above'
  /** The reason by which a configuration leaves an action, `owner/repo[/path]@ref`, as it is; where it leaves none, this may be left out. */
  readonly reasonToIgnore?: ((action: string) => string | undefined) | undefined
  /** Whether a branch may be pinned to its tip; it may unless this says `deny`. */
  readonly branches?: 'allow' | 'deny' | undefined
}

/** Why a reference that could be pinned is left as it is, on purpose. */
export type Exemption =
  | { readonly kind: 'comment'; readonly directive: IgnoreDirective }
  | { readonly kind: 'not-selected' }
  /** By an entry of the configuration. */
  | { readonly kind: 'configured'; readonly reason: string }
  | { readonly kind: 'locked' }
  | { readonly kind: 'breaks-when-pinned' }

/**
 * Whether the action refuses to run from a SHA: the SLSA generators demand a version tag, by which their
 * verifier knows them (https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators).
 */
export function breaksWhenPinned({ kind, owner, repo }: RemoteReference): boolean {
  return (
    kind === 'workflow' &&
    `${owner}/${repo}`.toLowerCase() === 'slsa-framework/slsa-github-generator'
  )
}

/**
 * The input that an action reads from its own ref where the input is not given; a pin must give it. So
 * https://github.com/dtolnay/rust-toolchain takes the toolchain from `@stable`.
 */
export function inputReadFromRef(reference: RemoteReference): string | undefined {
  return actionName(reference).toLowerCase() === 'dtolnay/rust-toolchain' ? 'toolchain' : undefined
}
