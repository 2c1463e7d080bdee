import type { Edge, Graph, GraphNode } from './graph.ts'
import type { Chain, Verdict } from './verdict.ts'

/**
 * What of a verdict is the doing of others: the chains on which every reference of the repository's own files is pinned or
 * needs no pin. The rest is decided by pinning those files.
 */
export function nestedOnly<V extends Pick<Verdict, 'blocked' | 'unknown'>>(
  verdict: V,
  graph: Graph,
): V {
  const isNested = (chain: Chain): boolean =>
    ownReferences(chain, graph).every(
      ({ standing }) => standing === 'pinned' || standing === 'exempt',
    )
  return {
    ...verdict,
    blocked: verdict.blocked.filter(isNested),
    unknown: verdict.unknown.filter(isNested),
  }
}

/** The references on a chain that stand in files of the repository itself. */
function ownReferences({ file, references }: Chain, { nodes }: Graph): Edge[] {
  const own: Edge[] = []
  let holder: GraphNode | undefined = nodes.get(file)
  for (const edge of references) {
    if (holder?.kind !== 'file') break
    own.push(edge)
    holder = edge.target.kind === 'node' ? nodes.get(edge.target.key) : undefined
  }
  return own
}
