import type { CopyObstacle, Problem } from '../../domain/problem.ts'
import { placeOf } from '../../plan/decision.ts'
import type { FilePlan, PlannedSite } from '../../plan/plan.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import type { DraftedAction } from '../../remedy/vendor/draft.ts'
import { copyPath } from '../../remedy/vendor/place.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { NodeKey } from '../../walk/graph.ts'
import { standingOf } from '../../walk/standing.ts'

/** Drafts, as far as they are known. */
export interface Drafted {
  readonly drafts: ReadonlyMap<NodeKey, CopyDraft>
  /** Of the copies' manifests, by their paths. */
  readonly plans: ReadonlyMap<string, FilePlan>
  /** Actions that block what uses them, unless that is led to a copy of theirs. */
  readonly blocking: ReadonlySet<NodeKey>
  /** Actions that are not copied. */
  readonly refused: ReadonlyMap<NodeKey, CopyObstacle>
}

/** The actions that the policy would block as copies too, each with the first thing in its manifest that is to blame. */
export function findHopeless(drafted: Drafted): ReadonlyMap<NodeKey, CopyObstacle> {
  const hopeless = new Map<NodeKey, CopyObstacle>()
  for (const draft of drafted.drafts.values())
    for (const { drafted: action } of draft.actions) {
      const key = nodeKey({ ...draft, path: action.folder })
      const problem = findProblem(draft, action, drafted)
      if (problem !== undefined) hopeless.set(key, { kind: 'stays-blocked', problem })
    }
  return hopeless
}

function findProblem(
  draft: CopyDraft,
  { manifest: file }: DraftedAction,
  drafted: Drafted,
): Problem | undefined {
  const plan = drafted.plans.get(copyPath(draft, file))
  if (plan?.problem !== undefined) return { ...plan.problem, file }
  for (const site of plan?.sites ?? []) {
    const problem = problemAt(site, file, drafted)
    if (problem !== undefined) return { ...problem, file }
  }
  return undefined
}

function problemAt(
  { site, decision }: PlannedSite,
  file: string,
  { blocking, refused }: Drafted,
): Problem | undefined {
  const { reference } = site
  // What is left for its label alone is pinned all the same.
  if (decision.kind === 'left')
    return standingOf(reference, false) === 'unpinned' ? decision.problem : undefined
  if (decision.kind !== 'pin' || typeof reference === 'string' || !('ref' in reference))
    return undefined
  const key = nodeKey({ ...reference, commit: decision.commit })
  const obstacle = blocking.has(key) ? refused.get(key) : undefined
  return obstacle === undefined
    ? undefined
    : { code: 'not-vendored', obstacle, ...placeOf(file, site) }
}
