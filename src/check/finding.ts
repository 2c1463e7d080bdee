import type { Position } from '../domain/span.ts'
import type { TextEdit } from '../yaml/edit.ts'
import type { FindingDetail } from './finding-detail.ts'

/** What a finding is of: stable, and the anchor of its section in `docs/findings.md`. */
export type FindingCode = FindingDetail['code']

/** Errors and warnings fail a check; notes do not. */
export type Level = 'error' | 'warning' | 'note'

/** One thing that is not as it should be. Its words are the report's. */
export interface Finding {
  readonly level: Level
  readonly detail: FindingDetail
  /** The file of the repository itself that it is placed in; `undefined` where it is about the whole run. */
  readonly file: string | undefined
  /** In `file`; `undefined` where the whole file is meant. */
  readonly position: Position | undefined
  /** How many UTF-16 units are meant from `position` on; 0 where it is not known. */
  readonly length: number
  /** The reference as written at `position`. */
  readonly reference: string | undefined
  /** From `file` down, references as written; where it is not nested, at most the reference itself. */
  readonly chain: readonly string[]
  /** How many places in the repository's own files lead there, where it is more than this one. */
  readonly ways?: number
  readonly fix: Fix | undefined
}

/** Edits to `file` that mend a finding without moving a pin to another version. */
export interface Fix {
  readonly edits: readonly TextEdit[]
}
