import type { Position } from '../../domain/span.ts'
import type { Edge, FileNode, Graph, GraphNode, NodeKey } from '../../walk/graph.ts'
import type { Verdict } from '../../walk/verdict.ts'

/** A graph as trees, one for each workflow. Each node's own references are listed once, as near to a root as can be. */
export interface Forest {
  readonly trees: readonly Tree[]
  /** The row or tree where a node's references are listed. */
  readonly homeOf: (key: NodeKey) => number | undefined
  /** The row that an edge is part of. */
  readonly rowOf: (edge: Edge) => number | undefined
}

/** A workflow. */
export interface Tree {
  /** Counts through trees and rows, from the top down. */
  readonly number: number
  readonly file: FileNode
  readonly rows: readonly Row[]
  readonly trouble: Trouble
}

/** What a node uses: the same reference in several places is one row. */
export interface Row {
  readonly number: number
  /** The first of the places. */
  readonly edge: Edge
  readonly places: readonly Position[]
  /** What it leads to, where that is a node. */
  readonly node: GraphNode | undefined
  readonly below: Below
  readonly trouble: Trouble
}

export type Below =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  /** The node's references are listed in another place; `cycle`: in one that leads here. */
  | { readonly kind: 'elsewhere'; readonly cycle: boolean }
  | { readonly kind: 'nothing' }

/** Whether something unpinned or unknown is there, or below. What blocks outranks what is unknown. */
export type Trouble = 'blocked' | 'unknown' | 'none'

/** Plants a tree for each workflow. */
export function plantForest(graph: Graph, verdict: Verdict): Forest {
  const homes = findHomes(graph)
  const trouble = findTrouble(verdict)
  const homeNumbers = new Map<NodeKey, number>()
  const rowNumbers = new Map<Edge, number>()
  let last = 0

  function growRows(node: GraphNode, above: ReadonlySet<NodeKey>): Row[] {
    return groupEdges(node.edges).map((edges) => growRow(edges, above))
  }

  function growRow(edges: readonly [Edge, ...Edge[]], above: ReadonlySet<NodeKey>): Row {
    const number = ++last
    const [edge] = edges
    for (const each of edges) rowNumbers.set(each, number)
    const node = edge.target.kind === 'node' ? graph.nodes.get(edge.target.key) : undefined
    return {
      number,
      edge,
      places: edges.map(({ position }) => position),
      node,
      below: node === undefined ? { kind: 'nothing' } : growBelow(node, edge, number, above),
      trouble: worst(edges.map((each) => trouble.get(each) ?? 'none')),
    }
  }

  function growBelow(
    node: GraphNode,
    edge: Edge,
    number: number,
    above: ReadonlySet<NodeKey>,
  ): Below {
    const { key } = node
    if (homes.get(key) === edge) {
      homeNumbers.set(key, number)
      if (node.edges.length > 0)
        return { kind: 'rows', rows: growRows(node, new Set([...above, key])) }
    }
    return node.edges.length > 0
      ? { kind: 'elsewhere', cycle: above.has(key) }
      : { kind: 'nothing' }
  }

  const trees = graph.roots.flatMap((key): Tree[] => {
    const file = graph.nodes.get(key)
    if (file?.kind !== 'file') return []
    const number = ++last
    homeNumbers.set(key, number)
    const rows = growRows(file, new Set([key]))
    return [{ number, file, rows, trouble: worst(rows.map((row) => row.trouble)) }]
  })
  return {
    trees,
    homeOf: (key) => homeNumbers.get(key),
    rowOf: (edge) => rowNumbers.get(edge),
  }
}

/** Breadth first, so that no node is listed deeper than it has to be. A root is its own home, and has no edge. */
function findHomes({ nodes, roots }: Graph): ReadonlyMap<NodeKey, Edge | undefined> {
  const homes = new Map<NodeKey, Edge | undefined>(roots.map((key) => [key, undefined]))
  for (const key of homes.keys())
    for (const edge of nodes.get(key)?.edges ?? [])
      if (edge.target.kind === 'node' && !homes.has(edge.target.key))
        homes.set(edge.target.key, edge)
  return homes
}

function groupEdges(edges: readonly Edge[]): [Edge, ...Edge[]][] {
  const groups = new Map<string, [Edge, ...Edge[]]>()
  for (const edge of edges) {
    const key = JSON.stringify([edge.written, edge.standing, edge.target])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [edge])
    else group.push(edge)
  }
  return [...groups.values()]
}

function findTrouble({ blocked, unknown }: Verdict): ReadonlyMap<Edge, Trouble> {
  const found = new Map<Edge, Trouble>()
  for (const { references } of unknown) for (const edge of references) found.set(edge, 'unknown')
  for (const { references } of blocked) for (const edge of references) found.set(edge, 'blocked')
  return found
}

function worst(troubles: readonly Trouble[]): Trouble {
  if (troubles.includes('blocked')) return 'blocked'
  return troubles.includes('unknown') ? 'unknown' : 'none'
}
