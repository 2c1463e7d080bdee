import type { DiscoveryFault } from '../../apply/discover.ts'
import type { Finding } from '../../check/finding.ts'
import type { Config } from '../../config/config.ts'
import type { FileProblem } from '../../domain/problem.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { GraphResult } from '../graph.ts'
import type { PlanFailure } from '../make-plan.ts'
import type { SourceOptions } from '../sources.ts'

/** What to check, and how strictly. */
export interface CheckOptions extends SourceOptions {
  readonly config: Config
  /** `YYYY-MM-DD`: ignores expire. */
  readonly today: string
  /** Ask nobody: look only at what can be known from the files. */
  readonly offline: boolean
  /** Walk what the actions use in turn, and judge it all. */
  readonly nested: boolean
  /** Mend what can be mended without moving a pin to another version. */
  readonly fix: boolean
  /** Write nothing. */
  readonly dryRun: boolean
  /** Look only at lines that were changed since this ref and what is checked out parted; `undefined`: at all. */
  readonly changed: string | undefined
}

/** What a check came to. */
export interface CheckResult {
  readonly kind: 'check'
  /** By file and place; those about the whole run come first. After a fix, what is left. */
  readonly findings: readonly Finding[]
  /** What the repository runs, and what GitHub's SHA policy makes of it; `undefined` where that was not looked at. */
  readonly nested: GraphResult | undefined
  readonly offline: boolean
  /** The texts that findings are placed in and fixes are made for, by the path that findings name. */
  readonly texts: ReadonlyMap<string, string>
  /** How many references were looked at. */
  readonly references: number
  readonly fixed: FixOutcome
}

/** What came of mending. */
export interface FixOutcome {
  /** What was mended, or in a dry run would be: nothing where it was not asked for. */
  readonly plans: readonly FilePlan[]
  /** Files that could not be written, or whose edit was refused. */
  readonly problems: readonly FileProblem[]
}

/** Why a check could not do its work. */
export type CheckFailure = DiscoveryFault | PlanFailure
