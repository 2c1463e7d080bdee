import type { Edge, Graph, GraphNode, RemoteNode } from './graph.ts'
import type { Chain } from './verdict.ts'

/**
 * What a chain first leads to outside the repository: the action, or the called workflow, whose reference stands in a file
 * of the repository itself.
 */
export function entryOf({ references }: Chain, graph: Graph): RemoteNode | undefined {
  for (const edge of references) {
    const node = targetOf(edge, graph)
    if (node?.kind === 'remote') return node
  }
  return undefined
}

/** The node in whose text a chain's last reference stands. */
export function holderOf({ file, references }: Chain, graph: Graph): GraphNode | undefined {
  const above = references.at(-2)
  return above === undefined ? graph.nodes.get(file) : targetOf(above, graph)
}

function targetOf({ target }: Edge, { nodes }: Graph): GraphNode | undefined {
  return target.kind === 'node' ? nodes.get(target.key) : undefined
}
