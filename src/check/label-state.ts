import type { SiteComment } from '../domain/comment.ts'
import type { CommitSha } from '../domain/sha.ts'
import { isExactName, parseVersion } from '../domain/version.ts'
import { labelForPin, writtenLabel, type CorrectedLabel } from '../resolve/label.ts'
import type { RepositoryRefs } from '../resolve/port.ts'

/** How the label of a pin stands with what its repository tells. */
export type LabelState =
  /** True, or nothing that can be held against anything. */
  | { readonly kind: 'good' }
  /** `label`: what it should be; `undefined` where no version names the pin. */
  | { readonly kind: 'missing'; readonly label: string | undefined }
  | { readonly kind: 'vague'; readonly label: string; readonly exact: string }
  /** Its tag is another commit, and the pin is `truth`. */
  | {
      readonly kind: 'untrue'
      readonly label: string
      readonly actual: CommitSha
      readonly truth: string
    }
  /** Its tag is another commit now, and nothing else names the pin: it may have moved on, or aside. */
  | {
      readonly kind: 'moved'
      readonly label: string
      readonly actual: CommitSha
      /** Whether it is a full version, which by custom does not move. */
      readonly isExact: boolean
    }
  | { readonly kind: 'gone'; readonly label: string }

/** Holds the label beside a pin against the refs of its repository. */
export function readLabel(
  commit: CommitSha,
  comment: SiteComment,
  refs: RepositoryRefs,
  path: string,
): LabelState {
  const verdict = labelForPin(commit, comment, refs, path)
  const claimed = claimedVersion(commit, comment, refs)
  if (claimed !== undefined) {
    const truth = verdict.kind === 'write' ? verdict.label : undefined
    return against(claimed, truth)
  }
  switch (verdict.kind) {
    case 'none':
      return { kind: 'missing', label: undefined }
    case 'keep':
      return keptLabel(commit, verdict.label, refs)
    case 'write': {
      const { label, corrects } = verdict
      if (corrects !== undefined) return against(corrects, label)
      const written = writtenLabel(commit, comment, refs)
      return written === undefined
        ? { kind: 'missing', label }
        : { kind: 'vague', label: written, exact: label }
    }
    case 'untrue': {
      const { label, actual } = verdict.untrue
      if (actual === undefined) return { kind: 'gone', label }
      return refs.branches.get(label) === commit
        ? { kind: 'good' }
        : against({ label, actual }, undefined)
    }
  }
}

/** A full version that begins a person's words, and whose tag is another commit: readers take it for the label all the same. */
function claimedVersion(
  commit: CommitSha,
  comment: SiteComment,
  refs: RepositoryRefs,
): CorrectedLabel | undefined {
  if (comment.kind !== 'leading' || !isExactName(comment.label)) return undefined
  const actual = refs.tags.get(comment.label)
  return actual === undefined || actual === commit ? undefined : { label: comment.label, actual }
}

/** A label that may stay: it is true, or names something that moves. */
function keptLabel(commit: CommitSha, label: string, refs: RepositoryRefs): LabelState {
  const actual = refs.tags.get(label)
  const isOther = actual !== undefined && actual !== commit
  return isOther && parseVersion(label) !== undefined && !refs.branches.has(label)
    ? { kind: 'moved', label, actual, isExact: false }
    : { kind: 'good' }
}

// Where a full version was moved, one that moves by custom is no better: it may be what was left behind.
function against({ label, actual }: CorrectedLabel, truth: string | undefined): LabelState {
  const isStatedExact = isExactName(label)
  return truth !== undefined && (isExactName(truth) || !isStatedExact)
    ? { kind: 'untrue', label, actual, truth }
    : { kind: 'moved', label, actual, isExact: isStatedExact }
}
