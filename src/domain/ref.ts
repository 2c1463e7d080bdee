import { parseCommitSha, type CommitSha } from './sha.ts'

/** The name of a tag or branch that git would accept. Only {@link parseRef} makes one. */
export type RefName = string & { readonly __brand: 'RefName' }

/** The part of a reference after `@`: a full commit SHA, or the name of a tag or branch. */
export type Ref =
  | { readonly kind: 'sha'; readonly sha: CommitSha; readonly text: string }
  | {
      readonly kind: 'name'
      readonly name: RefName
      readonly scope: RefScope
      readonly text: string
    }

/** Which refs a name may stand for: `refs/tags/v4` is a tag alone, `v4` may be either. */
export type RefScope = 'any' | 'tag' | 'branch'

/** Why a text cannot be a ref. */
export type RefFault = 'invalid-ref' | 'invisible-character'

// Characters beyond ASCII that show as nothing or as a blank: git takes them, and `v4` with one looks like `v4`.
const INVISIBLE =
  /(?!\p{ASCII})[\p{C}\p{Z}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}\u2800]/u

// https://git-scm.com/docs/git-check-ref-format
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$|^@$|^-/
const BAD_COMPONENT = /(?:^|\/)\.|\.lock(?:\/|$)/

/**
 * Reads the part after `@`. Names follow git's own rules (`git check-ref-format`), so that a name is
 * safe to stand in a git revision expression; a name with invisible characters is refused, since it
 * looks like another.
 */
export function parseRef(text: string): Ref | RefFault {
  const sha = parseCommitSha(text)
  if (sha !== undefined) return { kind: 'sha', sha, text }
  if (INVISIBLE.test(text)) return 'invisible-character'
  const scope = text.startsWith('refs/tags/')
    ? 'tag'
    : text.startsWith('refs/heads/')
      ? 'branch'
      : 'any'
  const name = scope === 'any' ? text : text.slice(text.indexOf('/', 5) + 1)
  if (!isRefName(name)) return 'invalid-ref'
  return { kind: 'name', name, scope, text }
}

/** Reads a plain tag or branch name, as it may stand in a label; `undefined` where it cannot be one. */
export function parseRefName(text: string): RefName | undefined {
  const ref = parseRef(text)
  return typeof ref === 'object' && ref.kind === 'name' && ref.scope === 'any'
    ? ref.name
    : undefined
}

// GitHub takes no longer ones.
const LONGEST = 255

function isRefName(name: string): name is RefName {
  return (
    name !== '' &&
    name.length <= LONGEST &&
    !name.startsWith('refs/') &&
    !FORBIDDEN.test(name) &&
    !BAD_COMPONENT.test(name)
  )
}
