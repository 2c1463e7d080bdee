import type { RemoteReference } from '../../domain/reference.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { FilePlan } from '../../plan/plan.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { NodeKey } from '../../walk/graph.ts'
import type { Site } from '../../yaml/locate.ts'
import type { BlockedAction } from '../release/blocked-action.ts'

/** An action that is to be copied, and the places that are to use the copy. */
export interface Wish {
  /** Of its node in the graph. */
  readonly key: NodeKey
  readonly owner: string
  readonly repo: string
  /** Below the repository's root: the action's folder, or the called workflow's file. */
  readonly path: string
  readonly leadsTo: RemoteReference['kind']
  readonly commit: CommitSha
  /** What its label says; `undefined` where it has none. */
  readonly version: string | undefined
  readonly sites: readonly WishSite[]
  /** Whether a copy at another commit that these places use moves along, with all else that uses it. */
  readonly moves: boolean
}

/** A place in a file, which messages name by its path. */
export interface WishSite {
  readonly file: string
  readonly site: Site
}

/** A pin of a plan: where it stands, and what it is of. */
export interface PinnedSite extends WishSite {
  readonly reference: RemoteReference
  readonly commit: CommitSha
  readonly label: string | undefined
}

/** The pins of files as their plans leave them. */
export function pinsIn(plans: readonly FilePlan[]): PinnedSite[] {
  return plans.flatMap(({ path: file, sites, problem }) =>
    problem !== undefined
      ? []
      : sites.flatMap(({ site, decision }): PinnedSite[] => {
          const { reference } = site
          if (decision.kind !== 'pin' || typeof reference === 'string' || !('ref' in reference))
            return []
          const { commit, label } = decision
          return [{ file, site, reference, commit, label }]
        }),
  )
}

/** One wish for each action at a commit, in the order of the pins. */
export function wishesFor(pins: readonly PinnedSite[]): Wish[] {
  const wishes = new Map<NodeKey, Wish>()
  for (const { file, site, reference, commit, label } of pins) {
    const { kind: leadsTo, owner, repo, path } = reference
    const key = nodeKey({ owner, repo, path, commit })
    const { sites = [], version = label } = wishes.get(key) ?? {}
    const all = [...sites, { file, site }]
    wishes.set(key, { key, owner, repo, path, leadsTo, commit, version, sites: all, moves: false })
  }
  return [...wishes.values()]
}

/** A wish for each action that is blocked. */
export function wishesForBlocked(actions: readonly BlockedAction[]): Wish[] {
  return wishesFor(
    actions.flatMap(({ reference, commit, sites }) =>
      sites.map(({ file, site, label }) => ({ file, site, reference, commit, label })),
    ),
  )
}
