import type { DatedTarget, Mover, StayReason } from '../remedy/move/move.ts'
import type { Finding } from './finding.ts'

/** Pins that move to another version. */
export interface Move {
  readonly mover: Mover
  readonly to: DatedTarget
}

/** Pins that stay, or go no further, and why. */
export interface HeldMove {
  readonly mover: Mover
  /** What they would have moved to; `undefined` where that was not looked for. */
  readonly to: DatedTarget | undefined
  readonly reason: HeldReason
}

/** Why pins stay, or go no further. */
export type HeldReason =
  | StayReason
  /** What `check` would say of the pin as it is, or as it would be. */
  | { readonly kind: 'accused'; readonly who: 'pin' | 'target'; readonly finding: Finding }

/** Whether a reason is for people to look at: something is wrong, or could not be found out. */
export function isAlarming(reason: HeldReason): boolean {
  switch (reason.kind) {
    case 'accused':
      return !isTellingEnough(reason.finding)
    case 'no-date':
    case 'apart':
    case 'descent-unknown':
    case 'ambiguous':
      return true
    case 'too-young':
    case 'beyond':
    case 'version-unknown':
    case 'branch-denied':
      return false
  }
}

/** That a version is vulnerable, uses what is not pinned, or has no such action any more, is known, and nothing to be looked into. */
function isTellingEnough({ detail }: Finding): boolean {
  if (detail.code === 'nested-unpinned' || detail.code === 'vulnerable') return true
  const what = detail.code === 'undetermined' ? detail.what : undefined
  return what?.kind === 'nested' && what.reason?.kind === 'no-manifest'
}
