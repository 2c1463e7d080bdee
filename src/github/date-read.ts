import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'

/** What came of asking when a commit was made. */
export type DateRead =
  /** In milliseconds since the epoch. `isPublic`: everybody may read the repository. */
  | { readonly kind: 'date'; readonly date: number; readonly isPublic: boolean }
  | { readonly kind: 'no-date'; readonly reason: string }
  | RepositoryFailure
  | HostFailure

export const NO_COMMIT: DateRead = { kind: 'no-date', reason: 'the repository has no such commit' }

/** Reads a date as both APIs write it. */
export function readDate(value: unknown, isPublic: boolean): DateRead {
  const date = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(date)
    ? { kind: 'no-date', reason: 'the host did not say when it was made' }
    : { kind: 'date', date, isPublic }
}
