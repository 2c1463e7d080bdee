import type { CommitSha } from '../domain/sha.ts'
import type { Reach, ReachOf } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import type { FindingDetail, MovedToPull, Undetermined } from './finding-detail.ts'
import { tagsAt } from './loose-tag.ts'
import { massOfTags } from './mass-move.ts'

/** What is wrong with a commit, whatever is said of it beside it. */
export type CommitFault =
  | { readonly kind: 'absent' }
  /** It is there, but it is not the repository's. */
  | { readonly kind: 'impostor'; readonly pull: MovedToPull | undefined }
  | { readonly kind: 'undetermined'; readonly what: Undetermined }

/** A repository's commit, and what was asked about it. */
export interface Evidence {
  readonly owner: string
  readonly repo: string
  readonly refs: RepositoryRefs
  readonly reachOf: ReachOf
}

/** Whether a commit is there, and really the repository's; `undefined` where it is. */
export function judgeCommit(commit: CommitSha, evidence: Evidence): CommitFault | undefined {
  if (evidence.refs.absent.has(commit)) return { kind: 'absent' }
  const { by } = reachAt(commit, evidence)
  switch (by.kind) {
    case 'absent':
      return { kind: 'absent' }
    case 'nothing':
      return { kind: 'impostor', pull: undefined }
    case 'pull-request':
      return { kind: 'impostor', pull: pullOf(by.number, commit, evidence) }
    case 'undetermined':
      return { kind: 'undetermined', what: { kind: 'reach', detail: by.detail } }
    case 'branch':
    case 'tag':
    case 'tags-only':
      return undefined
  }
}

/** Whether so many versions are this commit, without a branch that has it, that they look moved. */
export function judgeMass(commit: CommitSha, evidence: Evidence): FindingDetail | undefined {
  const tags = massOfTags(commit, evidence.refs)
  if (tags === undefined) return undefined
  const { by } = reachAt(commit, evidence)
  switch (by.kind) {
    case 'branch':
      return undefined
    case 'tag':
    case 'undetermined': {
      const detail = by.kind === 'tag' ? 'whether a branch has it was not answered' : by.detail
      return { code: 'undetermined', what: { kind: 'reach', detail } }
    }
    case 'tags-only':
    case 'pull-request':
    case 'nothing':
    case 'absent':
      return { code: 'mass-moved-tags', commit, tags }
  }
}

/** What a name that is no pin, or a tag's own object, is accused of for the commit that it leads to: that tags were moved there. */
export function judgeMoved(commit: CommitSha, evidence: Evidence): FindingDetail | undefined {
  const mass = judgeMass(commit, evidence)
  if (mass?.code === 'mass-moved-tags') return mass
  const { by } = reachAt(commit, evidence)
  if (by.kind !== 'pull-request') return mass
  const pull = pullOf(by.number, commit, evidence)
  return { code: 'impostor-commit', label: undefined, actual: undefined, pull }
}

function pullOf(number: number, commit: CommitSha, { refs }: Evidence): MovedToPull {
  return { number, tags: tagsAt(commit, refs) }
}

export function reachAt(
  commit: CommitSha,
  { owner, repo, reachOf }: Pick<Evidence, 'owner' | 'repo' | 'reachOf'>,
): Reach {
  return reachOf({ owner, repo, commit })
}
