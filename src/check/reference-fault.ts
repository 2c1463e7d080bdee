import type { RepositoryFailure } from '../domain/outcome.ts'
import type { Unresolved } from '../domain/problem.ts'
import type { RemoteReference } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import { breaksWhenPinned } from '../plan/policy.ts'
import type { Expansion, ExpansionOf, ReachOf } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import type { Inquiry } from '../resolve/question.ts'
import { resolveRef } from '../resolve/resolution.ts'
import { judgeCommit, judgeMass, judgeMoved, reachAt, type Evidence } from './commit-fault.ts'
import type { FindingDetail } from './finding-detail.ts'
import { readLabel, type LabelState } from './label-state.ts'
import { isLooselyTagged } from './loose-tag.ts'
import { shortenedIn } from './shortened.ts'

/** What was asked about commits. */
export interface Asked {
  readonly reachOf: ReachOf
  readonly expansionOf: ExpansionOf
}

/**
 * The gravest thing that a reference to a repository is accused of, now that it was asked about: it is accused once.
 * @param refs what the repository told
 */
export function judgeReference(
  { reference, comment }: Inquiry,
  refs: RepositoryRefs | RepositoryFailure,
  { reachOf, expansionOf }: Asked,
): FindingDetail | undefined {
  if (refs.kind !== 'refs') return judgeUnresolved(reference, refs)
  const resolution = resolveRef(reference.ref, refs, undefined)
  const { owner, repo, path } = reference
  const evidence: Evidence = { owner, repo, refs, reachOf }
  switch (resolution.kind) {
    case 'commit': {
      const { commit, through } = resolution
      if (through !== 'sha') return judgeName(reference, commit, evidence)
      return judgePin(commit, readLabel(commit, comment, refs, path), evidence)
    }
    case 'tag-object': {
      const { commit } = resolution
      return judgeMoved(commit, evidence) ?? { code: 'tag-object', commit }
    }
    case 'short-sha': {
      const shortened = shortenedIn(reference, refs)
      const expansion = shortened === undefined ? undefined : expansionOf(shortened)
      const { tips } = resolution
      return breaksWhenPinned(reference)
        ? { code: 'short-sha', tips, expansion: DEMANDS_A_TAG }
        : judgeShortened(tips, expansion, evidence)
    }
    case 'ambiguous':
    case 'ref-not-found':
    case 'repository-not-found':
    case 'forbidden':
    case 'broken':
      return judgeUnresolved(reference, resolution)
  }
}

const DEMANDS_A_TAG: Expansion = {
  kind: 'unknown',
  detail: 'this workflow demands a version tag, and fails when it is pinned to a SHA',
}

/**
 * A shortened SHA, which GitHub does not run; where the commit that it is of is none to run either, that is what it is accused of.
 * What cannot be said of that commit for sure is as good as not knowing it.
 */
function judgeShortened(
  tips: readonly CommitSha[],
  expansion: Expansion | undefined,
  evidence: Evidence,
): FindingDetail {
  const known = { code: 'short-sha', tips } as const
  if (expansion?.kind !== 'commit') return { ...known, expansion }
  const { commit } = expansion
  const fault = judgeCommit(commit, evidence)
  const mass = judgeMass(commit, evidence)
  if (fault?.kind === 'impostor')
    return { code: 'impostor-commit', label: undefined, actual: undefined, pull: fault.pull }
  if (mass?.code === 'mass-moved-tags') return mass
  if (fault?.kind === 'absent') return { ...known, expansion: { kind: 'none' } }
  if (fault === undefined && mass === undefined) return { ...known, expansion }
  const detail = `whether ${commit} is the repository's own was not answered`
  return { ...known, expansion: { kind: 'unknown', detail } }
}

/** A reference of which it is not known what it names. */
function judgeUnresolved(
  reference: RemoteReference,
  resolution: Exclude<Unresolved, { kind: 'short-sha' }>,
): FindingDetail {
  if (resolution.kind === 'ambiguous')
    return { code: 'ambiguous-ref', tag: resolution.tag, branch: resolution.branch }
  return reference.ref.kind === 'sha' || breaksWhenPinned(reference)
    ? { code: 'undetermined', what: { kind: 'unresolved', resolution } }
    : { code: 'unpinned', commit: undefined, unresolved: resolution }
}

/** A tag or a branch: it is not pinned, whatever it names; but that may be worse. */
function judgeName(
  reference: RemoteReference,
  commit: CommitSha,
  evidence: Evidence,
): FindingDetail {
  const moved = judgeMoved(commit, evidence)
  if (moved !== undefined && moved.code !== 'undetermined') return moved
  return breaksWhenPinned(reference) ? { code: 'breaks-when-pinned' } : { code: 'unpinned', commit }
}

/** A full commit SHA: is it there, is it the repository's, and is what stands beside it true? */
function judgePin(
  commit: CommitSha,
  label: LabelState,
  evidence: Evidence,
): FindingDetail | undefined {
  const fault = judgeCommit(commit, evidence)
  if (fault?.kind === 'absent') return { code: 'unknown-commit' }
  const claim = claimOf(label)
  if (fault?.kind === 'impostor') return { code: 'impostor-commit', ...claim, pull: fault.pull }
  const masses = [commit, claim.actual].flatMap((at) =>
    at === undefined ? [] : (judgeMass(at, evidence) ?? []),
  )
  const said = judgeLabel(commit, label, evidence)
  return (
    masses.find(({ code }) => code === 'mass-moved-tags') ??
    (said !== undefined && isCertain(said) ? said : undefined) ??
    (fault === undefined ? undefined : { code: 'undetermined', what: fault.what }) ??
    masses[0] ??
    said
  )
}

/** What a label claims, and the commit that its tag is, where that is another. */
function claimOf(label: LabelState): {
  readonly label: string | undefined
  readonly actual: CommitSha | undefined
} {
  switch (label.kind) {
    case 'untrue':
    case 'moved':
      return { label: label.label, actual: label.actual }
    case 'gone':
    case 'vague':
      return { label: label.label, actual: undefined }
    case 'good':
    case 'missing':
      return { label: undefined, actual: undefined }
  }
}

function judgeLabel(
  commit: CommitSha,
  state: LabelState,
  evidence: Evidence,
): FindingDetail | undefined {
  switch (state.kind) {
    case 'good':
      return undefined
    case 'missing':
      return { code: 'label-missing', label: state.label }
    case 'vague':
      return { code: 'label-vague', label: state.label, exact: state.exact }
    case 'untrue': {
      const { label, actual, truth } = state
      return { code: 'label-mismatch', label, actual, truth, movedOn: false }
    }
    case 'gone':
      return { code: 'label-gone', label: state.label }
    case 'moved':
      return judgeMove(commit, state, evidence)
  }
}

/** A label's tag that is another commit now: whether it came after the pin, or was moved aside, or to what a pull request brought. */
function judgeMove(
  commit: CommitSha,
  { label, actual, isExact }: Extract<LabelState, { kind: 'moved' }>,
  evidence: Evidence,
): FindingDetail {
  const { after, apart } = reachAt(commit, evidence)
  const isSuspect = isExact || isLooselyTagged(actual, evidence.refs)
  const by = isSuspect ? reachAt(actual, evidence).by : undefined
  const pull = by?.kind === 'pull-request' ? by.number : undefined
  if (pull !== undefined || apart.has(label)) return { code: 'moved-tag', label, actual, pull }
  if (after.has(label)) {
    if (by?.kind === 'undetermined')
      return { code: 'undetermined', what: { kind: 'pulls', label, detail: by.detail } }
    return isExact
      ? { code: 'label-mismatch', label, actual, truth: undefined, movedOn: true }
      : { code: 'label-vague', label, exact: undefined }
  }
  return { code: 'undetermined', what: { kind: 'descent', label } }
}

/** Whether an accusation of a label outranks a check that could not be made. */
function isCertain(detail: FindingDetail): boolean {
  return (
    detail.code === 'moved-tag' ||
    detail.code === 'label-gone' ||
    (detail.code === 'label-mismatch' && !detail.movedOn)
  )
}
