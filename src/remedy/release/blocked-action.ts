import type { CommitSha } from '../../domain/sha.ts'
import type { RemoteReference } from '../../domain/reference.ts'
import type { FilePlan } from '../../plan/plan.ts'
import { entryOf, holderOf } from '../../walk/chain.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { Graph, NodeKey } from '../../walk/graph.ts'
import { nestedOnly } from '../../walk/nested.ts'
import type { Verdict } from '../../walk/verdict.ts'
import type { Site } from '../../yaml/locate.ts'

/** An action, or a called workflow, of somebody else that GitHub's policy blocks for what it uses in turn. */
export interface BlockedAction {
  /** Of its node in the graph. */
  readonly key: NodeKey
  /** As it is written at the first of its sites. */
  readonly reference: RemoteReference
  readonly commit: CommitSha
  /** Where the repository's own files use it at that commit. */
  readonly sites: readonly [BlockedSite, ...BlockedSite[]]
}

/** One place that uses a blocked action. */
export interface BlockedSite {
  readonly file: string
  readonly site: Site
  /** What stands beside it once the plan is carried out. */
  readonly label: string | undefined
}

/**
 * The actions that a verdict blames on others, each with all sites that a plan pins to that commit, those too that no workflow
 * leads to. What is left on purpose, or could not be dealt with, is not among them.
 */
export function findBlockedActions(
  verdict: Verdict,
  graph: Graph,
  plans: readonly FilePlan[],
): BlockedAction[] {
  const blamed = new Set(
    nestedOnly(verdict, graph).blocked.flatMap((chain) =>
      holderOf(chain, graph)?.kind === 'remote' ? (entryOf(chain, graph)?.key ?? []) : [],
    ),
  )
  const actions = new Map<NodeKey, BlockedAction>()
  for (const { path: file, sites, problem } of plans) {
    if (problem !== undefined) continue
    for (const { site, decision } of sites) {
      const reference = remoteAt(site)
      if (decision.kind !== 'pin' || reference === undefined) continue
      const { commit, label } = decision
      const key = nodeKey({ ...reference, commit })
      if (!blamed.has(key)) continue
      const earlier = actions.get(key)
      const found: BlockedSite = { file, site, label }
      actions.set(
        key,
        earlier === undefined
          ? { key, reference, commit, sites: [found] }
          : { ...earlier, sites: [...earlier.sites, found] },
      )
    }
  }
  return [...actions.values()]
}

function remoteAt({ reference }: Site): RemoteReference | undefined {
  return typeof reference === 'object' && 'ref' in reference ? reference : undefined
}
