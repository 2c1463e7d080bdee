import { parseReference, type RemoteReference } from '../domain/reference.ts'
import type { Edge, Graph, GraphNode, NodeKey } from '../walk/graph.ts'
import { actionAtRef, placeAt, type Place } from './accusation.ts'
import type { OwnReference } from './own-reference.ts'

/** A reference below the files that are looked at: in the manifest of somebody else, or in a file that nobody named. */
export interface NestedUse {
  readonly edge: Edge
  /** `undefined` where it is no reference to a repository. */
  readonly reference: RemoteReference | undefined
  /** The places in the files that lead there, each with the shortest chain from it. */
  readonly places: () => readonly Place[]
}

/**
 * Everything that is used below own references, each reference of each manifest once.
 * @param graphs walks that begin in the files
 * @param files those that are looked at: what stands in them is no nested use
 * @param entries the own references to look below, in the order in which their places count
 */
export function nestedUses(
  graphs: readonly Graph[],
  files: ReadonlySet<string>,
  entries: readonly OwnReference[],
): readonly NestedUse[] {
  const nodes = new Map(graphs.flatMap((graph) => [...graph.nodes]))
  const targetOf = ({ target }: Edge): NodeKey | undefined => {
    const node = target.kind === 'node' ? nodes.get(target.key) : undefined
    return node?.kind === 'file' && files.has(node.path) ? undefined : node?.key
  }
  const starts = entries.flatMap((entry) => {
    const edge = edgeOf(entry, nodes)
    const key = edge === undefined ? undefined : targetOf(edge)
    return key === undefined ? [] : [{ entry, key }]
  })
  const ways = new Map(
    [...new Set(starts.map(({ key }) => key))].map((key) => [key, spread(key, nodes, targetOf)]),
  )
  const reached = new Set([...ways.values()].flatMap((tree) => [...tree.keys()]))
  return [...reached].flatMap((holder) =>
    distinct(nodes.get(holder)?.edges ?? []).map((edge): NestedUse => {
      const reference = parseNested(edge.written)
      const places = (): Place[] =>
        starts.flatMap(({ entry, key }) => {
          const way = ways.get(key)?.get(holder)
          return way === undefined ? [] : [placeBelow(entry, [...way, edge], reference)]
        })
      return { edge, reference, places }
    }),
  )
}

/** What a manifest uses in several steps is one use. */
function distinct(edges: readonly Edge[]): Edge[] {
  const first = new Map(
    edges.toReversed().map((edge) => [JSON.stringify([edge.written, edge.target]), edge]),
  )
  const kept = new Set(first.values())
  return edges.filter((edge) => kept.has(edge))
}

function edgeOf(
  { file, site }: OwnReference,
  nodes: ReadonlyMap<NodeKey, GraphNode>,
): Edge | undefined {
  const { line, column } = site.position
  return nodes
    .get(file)
    ?.edges.find(({ position }) => position.line === line && position.column === column)
}

/** The nodes that a node leads to, itself included, each with the shortest way there. */
function spread(
  start: NodeKey,
  nodes: ReadonlyMap<NodeKey, GraphNode>,
  targetOf: (edge: Edge) => NodeKey | undefined,
): ReadonlyMap<NodeKey, readonly Edge[]> {
  const ways = new Map<NodeKey, readonly Edge[]>([[start, []]])
  for (const [key, way] of ways)
    for (const edge of nodes.get(key)?.edges ?? []) {
      const target = targetOf(edge)
      if (target !== undefined && !ways.has(target)) ways.set(target, [...way, edge])
    }
  return ways
}

function placeBelow(
  entry: OwnReference,
  way: readonly Edge[],
  reference: RemoteReference | undefined,
): Place {
  const place = placeAt(entry)
  return {
    ...place,
    chain: [...place.chain, ...way.map(({ written }) => written)],
    actions: [...place.actions, ...(reference === undefined ? [] : [actionAtRef(reference)])],
  }
}

// The graph does not say whether it stands in a step; what could be a called workflow is none of an action's folders.
function parseNested(written: string): RemoteReference | undefined {
  const readings = [parseReference(written, 'job'), parseReference(written, 'step')]
  return readings.find((reading) => typeof reading === 'object' && 'ref' in reading)
}
