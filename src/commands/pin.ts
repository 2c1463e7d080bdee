import type { DiscoveryFault } from '../apply/discover.ts'
import type { RunResult } from '../plan/result.ts'
import type { Prospect } from '../remedy/release/clean-release.ts'
import type { Cooldown } from '../remedy/cooldown.ts'
import type { CopiesResult } from '../remedy/vendor/copies.ts'
import type { ReferBy } from '../remedy/vendor/place.ts'
import { carryOut, type CarryOutOptions } from './carry-out.ts'
import { readLock, unlocked } from './lock.ts'
import { rememberConnection } from './connection.ts'
import type { GraphResult } from './graph.ts'
import { makePlan, type Connect, type PlanFailure, type PlanOptions } from './make-plan.ts'
import { walkAndRemedy, type Remedy } from './remedy.ts'
import { readSources, type SourceOptions } from './sources.ts'

/** What to pin, and how. */
export interface PinOptions extends PlanOptions, SourceOptions, CarryOutOptions, Cooldown {
  /** Edit workflows that GitHub's lockfile lists, too. */
  readonly locked: boolean
  /** Walk what the actions use in turn, judge it all, and what to do about what is blocked there. */
  readonly nested: false | Remedy
  /** How copies are referred to; `undefined`: as the GitHub that is asked allows. */
  readonly referBy?: ReferBy | undefined
}

/** What a run did, or would do. */
export interface PinResult extends RunResult {
  readonly kind: 'result'
  /** What the repository runs once the plan is carried out, and what GitHub's policy makes of it; where it was asked for. */
  readonly nested: GraphResult | undefined
  /** What is known of the next release of each action that is blocked by others' doing, or was before the run. */
  readonly prospects: readonly Prospect[]
  /** What was copied into the repository. */
  readonly copies: CopiesResult
}

/** Why a run could not do its work. Nothing was written. */
export type PinFailure = DiscoveryFault | PlanFailure

/**
 * Pins every reference of the files: finds, resolves, plans all of it, and only then writes. A failure of the
 * host as a whole writes nothing; what cannot be resolved is left and reported, the rest is written.
 */
export async function pin(options: PinOptions, connect: Connect): Promise<PinResult | PinFailure> {
  const sources = await readSources(options)
  if (sources.kind === 'usage') return sources
  const lock = options.locked ? unlocked : await readLock(sources)
  const connectOnce = rememberConnection(connect)
  const policy = { ...options, isLocked: lock.isLocked }
  const isNested = options.nested !== false
  const made = await makePlan(sources.files, { ...policy, nested: isNested }, connectOnce)
  if (made.kind !== 'plan') return made
  const { referBy } = options
  const means = { ...options, referBy, sources, policy, connect: connectOnce }
  const planned = await walkAndRemedy(options.nested, made, means)
  if (planned.kind === 'usage' || planned.kind === 'host-failure') return planned
  const { plans, copies, nested, prospects } = planned
  const problems = [...sources.problems, ...lock.problems]
  const done = await carryOut({ files: plans.files, copies, nested }, problems, options, means)
  return { kind: 'result', ...done, prospects }
}
