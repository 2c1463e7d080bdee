import type { Edge, Graph, GraphNode, NodeKey } from '../../walk/graph.ts'
import { nodeName, shortCommit, shortenReference } from './reference.ts'
import { rowMark } from './row-words.ts'

/** A graph as boxes and arrows. What is used several times by one node is one arrow. */
export interface Drawing {
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

export interface Box {
  /** `n0`, `n1`, …: never anything of what is shown. */
  readonly id: string
  readonly kind: 'workflow' | 'action' | 'image' | 'unpinned' | 'unknown'
  /** What it is called, and what else is known of it: outside text, to be escaped. */
  readonly lines: readonly string[]
}

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly kind: 'plain' | 'unpinned' | 'unknown'
  /** What is to be said of the reference; outside text. */
  readonly text: string | undefined
}

/** An edge with the node that it begins at. */
export interface Link {
  readonly from: GraphNode
  readonly edge: Edge
}

/** Every edge that a workflow leads to, breadth first: each begins at a root, or at the end of an earlier one. */
export function linksOf({ nodes, roots }: Graph): Link[] {
  const links: Link[] = []
  const seen = new Set<NodeKey>(roots)
  for (const key of seen) {
    const from = nodes.get(key)
    for (const edge of from?.edges ?? []) {
      if (from !== undefined) links.push({ from, edge })
      if (edge.target.kind === 'node') seen.add(edge.target.key)
    }
  }
  return distinct(links)
}

/** Draws links and what they join; workflows too that no link begins at. */
export function draw(links: readonly Link[], graph: Graph): Drawing {
  const boxes = new Map<string, Box>()
  const marks = new Map(links.map((link) => [link, markOf(link.edge)]))
  const unpinned = new Set(
    links.filter((link) => marks.get(link) === 'unpinned').map(({ edge }) => endKey(edge)),
  )
  const labels = new Map(
    links.flatMap(({ edge }) => {
      const label = edge.label
      return label === undefined ? [] : [[endKey(edge), label]]
    }),
  )

  function box(key: string, make: (id: string) => Box): string {
    const known = boxes.get(key)
    if (known !== undefined) return known.id
    const made = make(`n${boxes.size}`)
    boxes.set(key, { ...made, lines: made.lines.map(brief) })
    return made.id
  }

  function boxOf(node: GraphNode): string {
    const key = nodeKey(node.key)
    return box(key, (id) => {
      if (node.kind === 'file') {
        const kind = graph.roots.includes(node.key) ? 'workflow' : 'action'
        return { id, kind, lines: [node.path] }
      }
      const label = labels.get(key)
      const commit = shortCommit(node.commit)
      const kind = unpinned.has(key) ? 'unpinned' : 'action'
      return {
        id,
        kind,
        lines: [nodeName(node), label === undefined ? commit : `${label} · ${commit}`],
      }
    })
  }

  function boxAtEnd(edge: Edge): string {
    const node = edge.target.kind === 'node' ? graph.nodes.get(edge.target.key) : undefined
    if (node !== undefined) return boxOf(node)
    const mark = rowMark({ edge })
    const name = shortenReference(edge.written)
    return box(endKey(edge), (id) => {
      switch (mark.kind) {
        case 'none':
          return { id, kind: 'image', lines: [name] }
        case 'unpinned':
          return {
            id,
            kind: 'unpinned',
            lines: mark.unknown === undefined ? [name] : [name, mark.unknown],
          }
        case 'unknown':
          return { id, kind: 'unknown', lines: [name, mark.why] }
      }
    })
  }

  for (const key of graph.roots) {
    const root = graph.nodes.get(key)
    if (root !== undefined) boxOf(root)
  }
  const arrows = links.map(({ from, edge }): Arrow => {
    const kind = markOf(edge)
    return { from: boxOf(from), to: boxAtEnd(edge), kind, text: arrowText(edge, kind) }
  })
  return { boxes: [...boxes.values()], arrows }
}

function markOf(edge: Edge): Arrow['kind'] {
  const { kind } = rowMark({ edge })
  return kind === 'none' ? 'plain' : kind
}

function arrowText({ written }: Edge, kind: Arrow['kind']): string | undefined {
  switch (kind) {
    case 'plain':
      return undefined
    case 'unpinned':
      return written.includes('@') ? brief(`✗ ${written.slice(written.indexOf('@'))}`) : '✗'
    case 'unknown':
      return '?'
  }
}

// A box is no place for a long story.
function brief(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text
}

const MOST_LETTERS = 120

function distinct(links: readonly Link[]): Link[] {
  const first = new Map(
    links.toReversed().map((link) => {
      const { written, standing } = link.edge
      return [JSON.stringify([link.from.key, written, standing, endKey(link.edge)]), link]
    }),
  )
  const kept = new Set(first.values())
  return links.filter((link) => kept.has(link))
}

function endKey({ target, written }: Edge): string {
  return target.kind === 'node' ? nodeKey(target.key) : JSON.stringify([written, target])
}

function nodeKey(key: NodeKey): string {
  return `node ${key}`
}
