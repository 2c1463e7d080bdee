import type { RepositoryFailure } from '../domain/outcome.ts'
import type { RemoteReference } from '../domain/reference.ts'
import { breaksWhenPinned } from '../plan/policy.ts'
import type { ReachOf } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import { resolveRef } from '../resolve/resolution.ts'
import { judgeCommit, judgeMoved } from './commit-fault.ts'
import type { FindingDetail } from './finding-detail.ts'
import type { NestedUse } from './nested-use.ts'

/**
 * The gravest thing that a reference in the manifest of somebody else is accused of. What its label says is for them to know.
 * @param refs what the repository that it names told; `undefined` where it names none
 */
export function judgeNested(
  { edge, reference }: NestedUse,
  refs: RepositoryRefs | RepositoryFailure | undefined,
  reachOf: ReachOf,
): FindingDetail | undefined {
  const { target } = edge
  const unknown: FindingDetail | undefined =
    target.kind === 'unknown'
      ? { code: 'undetermined', what: { kind: 'nested', reason: target.reason } }
      : undefined
  if (reference === undefined) return unknown
  const { owner, repo, ref } = reference
  const resolution = refs?.kind === 'refs' ? resolveRef(ref, refs, undefined) : undefined
  if (refs?.kind !== 'refs' || resolution === undefined)
    return ref.kind === 'name' ? judgeName(reference) : unknown
  const evidence = { owner, repo, refs, reachOf }
  switch (resolution.kind) {
    case 'tag-object': {
      const { commit } = resolution
      return judgeMoved(commit, evidence) ?? { code: 'tag-object', commit }
    }
    case 'commit': {
      const { commit, through } = resolution
      const moved = judgeMoved(commit, evidence)
      if (moved !== undefined && moved.code !== 'undetermined') return moved
      if (through !== 'sha') return judgeName(reference)
      const fault = judgeCommit(commit, evidence)
      if (fault?.kind === 'absent') return { code: 'unknown-commit' }
      if (fault?.kind === 'impostor')
        return { code: 'impostor-commit', label: undefined, actual: undefined, pull: fault.pull }
      return unknown ?? (fault && { code: 'undetermined', what: fault.what }) ?? moved
    }
    case 'ambiguous':
    case 'short-sha':
    case 'ref-not-found':
    case 'repository-not-found':
    case 'forbidden':
    case 'broken':
      return judgeName(reference)
  }
}

/** A tag or a branch, whatever it names. */
function judgeName(reference: RemoteReference): FindingDetail {
  return breaksWhenPinned(reference) ? { code: 'breaks-when-pinned' } : { code: 'nested-unpinned' }
}
