import type { Finding } from '../../check/finding.ts'
import type { Graph } from '../../walk/graph.ts'
import type { Verdict } from '../../walk/verdict.ts'

/** What a check came to, as every report of it takes it. */
export interface CheckReport {
  /** By file and place; those about the whole run come first. */
  readonly findings: readonly Finding[]
  /** What the repository runs, and what GitHub's SHA policy makes of it; `undefined` where that was not looked at. */
  readonly nested: { readonly graph: Graph; readonly verdict: Verdict } | undefined
  /** Whether only what can be known without a network was looked at. */
  readonly offline: boolean
  /** The texts that findings are placed in and fixes are made for, by the path that findings name. */
  readonly texts: ReadonlyMap<string, string>
  /** How many references of the repository's own files were looked at, where that is known. */
  readonly references?: number
}
