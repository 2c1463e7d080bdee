import type { CopyObstacle, Problem } from '../../domain/problem.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import type { CopyFolder } from '../../remedy/vendor/place.ts'
import type { NodeKey } from '../../walk/graph.ts'
import type { Plans } from '../make-plan.ts'

/** What was drafted so far for wishes, and what was refused. */
export interface Books {
  /** By `copyKey`. */
  readonly drafts: Map<NodeKey, CopyDraft>
  readonly places: Map<NodeKey, CopiedPlace>
  readonly refused: Map<NodeKey, CopyObstacle>
  /** Actions that block what uses them, unless that is led to a copy of theirs. */
  readonly blocking: Set<NodeKey>
  /** Of the copies' manifests, by their paths. */
  readonly plans: Map<string, FilePlan>
  readonly levels: Plans[]
  readonly problems: Problem[]
}

/** Books with nothing in them but what is refused from the start. */
export function openBooks(hopeless: ReadonlyMap<NodeKey, CopyObstacle>): Books {
  return {
    drafts: new Map(),
    places: new Map(),
    refused: new Map(hopeless),
    blocking: new Set(),
    plans: new Map(),
    levels: [],
    problems: [],
  }
}

/** An action in the copy of its repository. */
export interface CopiedPlace extends CopyFolder {
  readonly path: string
  readonly commit: CommitSha
  /** What its label says; `undefined` where it has none. */
  readonly version: string | undefined
}
