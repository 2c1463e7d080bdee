import type { LocatedFile } from '../yaml/locate.ts'
import type { Origin } from './destination.ts'
import type { FileNode, NodeKey, RemoteNode, Target } from './graph.ts'

/** A node whose references are yet to be followed. */
export interface Visit {
  readonly head: Omit<FileNode, 'edges'> | Omit<RemoteNode, 'edges'>
  readonly located: LocatedFile
  /** What its references are read against. */
  readonly origin: Origin
  readonly is: 'action' | 'workflow'
  /** How many of its kind lie above it. */
  readonly depth: number
}

/** Visits to come. What was entered once is not entered again. */
export interface Agenda {
  /** Enters a node below another, unless GitHub would refuse it as too deep. */
  readonly enter: (
    above: Visit,
    is: Visit['is'],
    key: NodeKey,
    make: () => Pick<Visit, 'head' | 'located' | 'origin'>,
  ) => Target
  /** Takes what was entered since. */
  readonly take: () => Visit[]
}

/** GitHub's limit for actions in actions (the runner's `CompositeActionsMaxDepth`) and for workflows that workflows call. */
const MOST_LEVELS = 10

export function makeAgenda(roots: readonly Visit[]): Agenda {
  const seen = new Set(roots.map(({ head }) => head.key))
  let open: Visit[] = [...roots]
  return {
    enter: (above, is, key, make) => {
      const depth = above.is === is ? above.depth + 1 : 1
      if (depth > MOST_LEVELS) return { kind: 'unknown', reason: { kind: 'too-deep' } }
      if (!seen.has(key)) {
        seen.add(key)
        open.push({ ...make(), is, depth })
      }
      return { kind: 'node', key }
    },
    take: () => {
      const taken = open
      open = []
      return taken
    },
  }
}
