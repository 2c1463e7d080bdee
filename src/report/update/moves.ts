import { actionName, repositoryKey } from '../../domain/reference.ts'
import type { Mover, MoverSite } from '../../remedy/move/move.ts'
import { shortCommit } from '../graph/reference.ts'
import { groupBy } from '../group.ts'

/** What becomes of one action among those that move together. */
export interface OfAction {
  /** `owner/repo[/path]` */
  readonly action: string
  readonly sites: readonly [MoverSite, ...MoverSite[]]
}

/** The places of a mover by their actions: several of one repository move together. */
export function byAction({ sites }: Mover): OfAction[] {
  return groupBy(sites, ({ reference }) => `${repositoryKey(reference)}/${reference.path}`).map(
    (group) => ({ action: actionName(group[0].reference), sites: group }),
  )
}

/** How a mover's pin is called for people: by its label, else by the beginning of its commit. */
export function presentName({ from: { commit, label } }: Mover): string {
  return label ?? shortCommit(commit)
}
