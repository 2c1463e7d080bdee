import type { Inside, Pin } from '../../plan/decision.ts'
import type { FindCopy } from '../../plan/plan.ts'
import type { Policy } from '../../plan/policy.ts'
import { copyPath, copyReference, type ReferBy } from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { NodeKey } from '../../walk/graph.ts'
import type { Site } from '../../yaml/locate.ts'
import type { CopiedPlace } from './books.ts'
import type { Granted } from './grant.ts'

/** The places that wished for a copy use it, and so do the copies among themselves. */
export function makeFindCopy(
  wishes: readonly Wish[],
  { places, levels }: Granted,
  referBy: ReferBy,
  isLocked: Policy['isLocked'],
): FindCopy {
  const wished = new Map<Site, NodeKey>(
    wishes.flatMap(({ key, sites }) => sites.map(({ site }) => [site, key] as const)),
  )
  const copies = new Set(levels.flatMap(({ files }) => files.map(({ path }) => path)))
  return (file, site, decision) => {
    const inCopy = copies.has(file) ? keyOf(site, decision) : undefined
    const place = places.get(wished.get(site) ?? inCopy ?? '')
    if (place === undefined) return undefined
    const { commit, version: label } = place
    if (decision.kind === 'pin') {
      const { hasLabel, notes } = decision
      const reference = copyReference(place, place.path, referBy)
      return { kind: 'vendored', reference, commit, label, hasLabel, notes }
    }
    const reference = otherCopy(file, site, place, isLocked)
    return reference === undefined
      ? undefined
      : { kind: 'vendored', reference, commit, label, hasLabel: false, notes: [] }
  }
}

/** The action that a pin is of. */
function keyOf({ reference }: Site, decision: Pin | Inside): NodeKey | undefined {
  if (decision.kind !== 'pin' || typeof reference === 'string' || !('ref' in reference))
    return undefined
  const { owner, repo, path } = reference
  return nodeKey({ owner, repo, path, commit: decision.commit })
}

/** What stands at a site that uses a copy, once it uses another; `undefined` where it does already, or is to be left. */
function otherCopy(
  file: string,
  { reference, ignore }: Site,
  place: CopiedPlace,
  isLocked: Policy['isLocked'],
): string | undefined {
  if (typeof reference === 'string' || ignore !== undefined || isLocked(file)) return undefined
  if (reference.kind !== 'self' && reference.kind !== 'local') return undefined
  if (reference.path === copyPath(place, place.path)) return undefined
  return copyReference(place, place.path, reference.kind === 'self' ? 'self' : 'workspace')
}
