import type { SiteComment } from '../domain/comment.ts'
import type { RefName } from '../domain/ref.ts'
import type { CommitSha } from '../domain/sha.ts'
import { isExact, isWithin, parseVersion, spelledWithV, type Version } from '../domain/version.ts'
import type { RepositoryRefs } from './port.ts'
import { mostExact, nearestFamily, versionsOn } from './versions.ts'

/** What the line of a pin should say of its commit. */
export type LabelVerdict =
  /** Write this one; `corrects` is an earlier one that was not true. */
  | {
      readonly kind: 'write'
      readonly label: string
      readonly corrects: CorrectedLabel | undefined
    }
  /** What stands there is true, or names something that moves, so that it cannot be told. */
  | { readonly kind: 'keep'; readonly label: string }
  /** Nothing stands there, and no tag names the commit. */
  | { readonly kind: 'none' }
  /** What stands there is not true, and cannot be put right: its tag is gone, or no version tag names the commit. */
  | { readonly kind: 'untrue'; readonly untrue: UntrueLabel }

/** A label whose tag is another commit; `actual` is `undefined` where there is no such tag any more. */
export interface UntrueLabel {
  readonly label: string
  readonly actual: CommitSha | undefined
}

/** A label whose tag is another commit. */
export interface CorrectedLabel {
  readonly label: string
  readonly actual: CommitSha
}

/**
 * The label for the ref that a pin replaces: the most exact version tag on its commit, of the ref's own
 * family (same prefix, and the numbers that the ref names), never a pre-release unless the ref is one.
 * Where there is none, the ref's name.
 */
export function labelForName(
  name: RefName,
  through: 'tag' | 'branch',
  commit: CommitSha,
  refs: RepositoryRefs,
  path: string,
): string {
  const wanted = parseVersion(name)
  const versions = versionsOn(commit, refs.tags)
  if (wanted !== undefined)
    return isExact(wanted) ? name : (exactOf(wanted, versions, through) ?? name)
  if (through === 'tag') return name
  // A branch such as `main` names no family: the action's own, and only what could be no moving tag.
  const released = versions.filter((version) => version.parts.length > 1)
  return mostExact(nearestFamily(released, 'own', path))?.text ?? name
}

/** What the label of a pin should be, given the comment on its line. */
export function labelForPin(
  sha: CommitSha,
  comment: SiteComment,
  refs: RepositoryRefs,
  path: string,
): LabelVerdict {
  const written = writtenLabel(sha, comment, refs)
  const versions = versionsOn(sha, refs.tags)
  if (written === undefined) {
    const label = mostExact(nearestFamily(versions, 'any', path))?.text
    return label === undefined ? { kind: 'none' } : { kind: 'write', label, corrects: undefined }
  }

  const stated = parseVersion(written)
  const exact =
    stated === undefined || isExact(stated) ? undefined : exactOf(stated, versions, 'tag')
  if (exact !== undefined && exact !== written)
    return { kind: 'write', label: exact, corrects: undefined }

  const actual = refs.tags.get(written)
  const isBranch = actual === undefined && refs.branches.has(written)
  if (actual === sha || isBranch) return { kind: 'keep', label: written }

  if (actual === undefined) {
    const label = stated === undefined ? undefined : respelled(stated, versions)
    // A version that was withdrawn is for a person to judge: written over, nobody would see that it is gone.
    return label === undefined
      ? { kind: 'untrue', untrue: { label: written, actual } }
      : { kind: 'write', label, corrects: undefined }
  }

  if (stated === undefined) return { kind: 'keep', label: written }
  const label = mostExact(nearestFamily(versions, stated, path))?.text
  if (label !== undefined) return { kind: 'write', label, corrects: { label: written, actual } }
  return isExact(stated)
    ? { kind: 'untrue', untrue: { label: written, actual } }
    : { kind: 'keep', label: written }
}

/**
 * The label that the comment of a pin holds. What may be a person's word counts only where the repository
 * has a ref of that name; a version in front of a person's words only where it is true.
 */
export function writtenLabel(
  sha: CommitSha,
  comment: SiteComment,
  refs: RepositoryRefs,
): RefName | undefined {
  switch (comment.kind) {
    case 'label': {
      const { label, certain } = comment
      return certain || refs.tags.has(label) || refs.branches.has(label) ? label : undefined
    }
    case 'leading':
      return refs.tags.get(comment.label) === sha ? comment.label : undefined
    case 'prose':
      return undefined
  }
}

/** The version that is meant by one that no tag is called: `v4.2.2` for `4.2.2`. */
function respelled(stated: Version, versions: readonly Version[]): string | undefined {
  // By that name alone: for no other spelling is it asked what else the commit is called.
  if (isExact(stated)) {
    const name = spelledWithV(stated)
    return versions.find(({ text }) => text === name)?.text
  }
  const family = familyOf(stated)
  return mostExact(
    versions.filter((version) => familyOf(version) === family && isWithin(version, stated)),
  )?.text
}

function familyOf({ prefix }: Version): string {
  return prefix.replace(/v$/i, '')
}

/** The most exact version within what the wanted one names: `v4.2.2` for `v4` or `v4.2`. */
function exactOf(
  wanted: Version,
  versions: readonly Version[],
  through: 'tag' | 'branch',
): string | undefined {
  const within = versions.filter((version) => isWithin(version, wanted))
  const family = within.filter(({ prefix }) => prefix === wanted.prefix)
  // A release branch (`release/v1`) keeps its versions under plain tags.
  const plain =
    through === 'branch' ? within.filter(({ prefix }) => prefix === '' || prefix === 'v') : []
  return mostExact(family.length > 0 ? family : plain)?.text
}
