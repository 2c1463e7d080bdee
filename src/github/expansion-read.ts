import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import { parseCommitSha, type ShortSha } from '../domain/sha.ts'
import type { Expansion } from '../resolve/connection.ts'

/** What came of asking which commit a shortened SHA is of. */
export type ExpansionRead =
  | Exclude<Expansion, { kind: 'unknown' }>
  | RepositoryFailure
  | HostFailure

export const NO_EXPANSION: ExpansionRead = { kind: 'none' }

/**
 * Reads a commit's id as both APIs write it; `undefined` where it is none. A branch or a tag that is called like the digits, or an
 * annotated tag whose id begins so, leads to a commit that begins otherwise: that is not what the digits are of.
 */
export function readExpansion(value: unknown, digits: ShortSha): ExpansionRead | undefined {
  const commit = typeof value === 'string' ? parseCommitSha(value) : undefined
  if (commit === undefined) return undefined
  return commit.startsWith(digits) ? { kind: 'commit', commit } : NO_EXPANSION
}
