import { readVendored } from '../../apply/vendored.ts'
import { isLedTo } from '../../remedy/vendor/copy-uses.ts'
import type { VendoredAction, VendoredRepository } from '../../remedy/vendor/manifest.ts'
import { copyPath } from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import { nodeKey } from '../../walk/follow.ts'
import { sitesUsing } from './named-sites.ts'
import type { Sources } from '../sources.ts'
import { readUses } from './uses.ts'

/** An action of a copy. */
export type CopiedAction = VendoredAction & Pick<VendoredRepository, 'owner' | 'repo' | 'commit'>

/** The actions whose copy is used, by the record. */
export function copiedActions({
  owner,
  repo,
  commit,
  actions,
}: VendoredRepository): CopiedAction[] {
  return actions.map((action) => ({ owner, repo, commit, ...action }))
}

/** A wish for each action of a copy that is used, as it is recorded: it brings back what is missing. */
export function wishesForCopy(copy: VendoredRepository, sources: Sources): Wish[] {
  return copiedActions(copy).flatMap((action): Wish[] => {
    const sites = sitesUsing(sources, copyPath(copy, action.path))
    const key = nodeKey(action)
    return sites.length === 0 ? [] : [{ key, ...action, leadsTo: 'action', sites, moves: false }]
  })
}

/** What is to be done about the copies that stand otherwise than they are recorded. */
export interface CopyRepairs {
  /** For the copies that are used and of which something is missing, or may no longer be run. */
  readonly wishes: readonly Wish[]
  /** Whether nothing is left of a copy that nothing uses, but its record. */
  readonly isStale: boolean
}

/** Holds the copies against their record. */
export async function findRepairs(sources: Sources): Promise<CopyRepairs> {
  const record = await readVendored(sources.found, sources.found.root)
  if (record.kind !== 'record') return { wishes: [], isStale: false }
  const uses = await readUses(sources, record.manifest)
  const wishes = record.states.flatMap(({ copy, modes, missing }) =>
    modes.length + missing.length > 0 && isLedTo(copy, uses) ? wishesForCopy(copy, sources) : [],
  )
  const isStale = record.states.some(
    ({ copy, missing }) => missing.length === copy.files.length && !isLedTo(copy, uses),
  )
  return { wishes, isStale }
}
