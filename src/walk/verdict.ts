import type { Edge, Graph, GraphNode, NodeKey, UnknownReason } from './graph.ts'

/**
 * Whether GitHub's policy "require actions to be pinned to a full-length commit SHA" would let the repository run. `blocked`
 * outranks `unknown`, and `unknown` outranks `passes`.
 */
export interface Verdict {
  readonly kind: 'passes' | 'blocked' | 'unknown'
  /** The chains to blame, from the workflow down to the unpinned reference. */
  readonly blocked: readonly Chain[]
  /** The chains at whose end it is not known what runs. */
  readonly unknown: readonly UnknownChain[]
}

/** A path through the graph. */
export interface Chain {
  /** The workflow that it begins in. */
  readonly file: string
  /** The references on the way, the offending one last; none where the workflow itself could not be read. */
  readonly references: readonly Edge[]
}

export interface UnknownChain extends Chain {
  /** `undefined` where all is known, but not what GitHub makes of it: a workflow called by a branch. */
  readonly reason: UnknownReason | undefined
}

/** A workflow that could not be read, so that it is not in the graph. */
export interface UnreadRoot {
  readonly file: string
  readonly detail: string
}

/** A graph made to be hostile has more paths than anybody could list: the verdict needs but one. */
const MOST_CHAINS = 10_000

/** Judges a graph from its workflows. An action that no workflow leads to does not count. */
export function judge(graph: Graph, unread: readonly UnreadRoot[]): Verdict {
  const tainted = findTainted(graph)
  const blocked: Chain[] = []
  const unknown: UnknownChain[] = unread.map(({ file, detail }) => ({
    file,
    references: [],
    reason: { kind: 'unreadable', detail },
  }))

  function descend(
    node: GraphNode,
    above: readonly Edge[],
    on: ReadonlySet<NodeKey>,
    file: string,
  ): void {
    for (const edge of node.edges) {
      if (blocked.length + unknown.length >= MOST_CHAINS) return
      const references = [...above, edge]
      const chain = { file, references }
      if (edge.standing === 'unpinned') blocked.push(chain)
      else if (edge.target.kind === 'unknown')
        unknown.push({ ...chain, reason: edge.target.reason })
      else if (edge.standing === 'open') unknown.push({ ...chain, reason: undefined })
      const below = edge.target.kind === 'node' ? graph.nodes.get(edge.target.key) : undefined
      if (below !== undefined && tainted.has(below.key) && !on.has(below.key))
        descend(below, references, new Set([...on, below.key]), file)
    }
  }

  for (const key of graph.roots) {
    const root = graph.nodes.get(key)
    if (root?.kind === 'file') descend(root, [], new Set([key]), root.path)
  }
  const kind = blocked.length > 0 ? 'blocked' : unknown.length > 0 ? 'unknown' : 'passes'
  return { kind, blocked, unknown }
}

/** The nodes from which something unpinned or unknown can be reached: the others need no second look. */
function findTainted({ nodes }: Graph): ReadonlySet<NodeKey> {
  const usedBy = new Map<NodeKey, NodeKey[]>()
  const tainted = new Set<NodeKey>()
  for (const { key, edges } of nodes.values())
    for (const { standing, target } of edges) {
      if (standing === 'unpinned' || standing === 'open' || target.kind === 'unknown')
        tainted.add(key)
      if (target.kind === 'node') usedBy.set(target.key, [...(usedBy.get(target.key) ?? []), key])
    }
  for (const key of tainted) for (const user of usedBy.get(key) ?? []) tainted.add(user)
  return tainted
}
