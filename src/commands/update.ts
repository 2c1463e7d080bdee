import type { DiscoveryFault } from '../apply/discover.ts'
import type { HeldMove, Move } from '../check/held-move.ts'
import type { Config } from '../config/config.ts'
import type { FileResult, RunResult } from '../plan/result.ts'
import type { Prospect } from '../remedy/release/clean-release.ts'
import type { Cooldown } from '../remedy/cooldown.ts'
import type { CopiesResult } from '../remedy/vendor/copies.ts'
import type { MoveLimit } from '../remedy/move/move.ts'
import { carryOut, type CarryOutOptions } from './carry-out.ts'
import { rememberConnection } from './connection.ts'
import { readCopiedPins, type CopiedPins } from './update/copied-pins.ts'
import type { GraphResult } from './graph.ts'
import { readLock, unlocked } from './lock.ts'
import type { Connect, PlanFailure, PlanOptions } from './make-plan.ts'
import { planUpdate, type PlannedUpdate } from './update/plan-update.ts'
import { walkAndRemedy, type Remedied, type RemedyMeans, type Unwalked } from './remedy.ts'
import { readSources, type SourceOptions } from './sources.ts'
import {
  atUsers,
  isCopiedTo,
  problemsOfPins,
  wishesForMoves,
  withoutPins,
} from './update/copies.ts'

/** What to move, how far, and how. */
export interface UpdateOptions extends PlanOptions, SourceOptions, CarryOutOptions, Cooldown {
  readonly limit: MoveLimit
  /** What of the faults that `check` would find is let pass. */
  readonly config: Config
  /** `YYYY-MM-DD`: ignores expire. */
  readonly today: string
  /** Edit workflows that GitHub's lockfile lists, too. */
  readonly locked: boolean
  /** Walk what the actions use in turn: a version that uses what it should not is not moved to. */
  readonly nested: boolean
}

/** What a run did, or would do. */
export interface UpdateResult extends RunResult {
  readonly kind: 'result'
  /** What moved, or would move. */
  readonly moves: readonly Move[]
  /** What stays, or goes no further, and why. Where a pin was found to be as new as can be, nothing. */
  readonly held: readonly HeldMove[]
  /** What the repository runs once all is carried out, and what GitHub's policy makes of it; where it was asked for. */
  readonly nested: GraphResult | undefined
  readonly prospects: readonly Prospect[]
  readonly copies: CopiesResult
}

/**
 * Moves pins to newer versions, copies of actions among them, and pins what is not pinned yet. What a pin moves to is judged as
 * `check` judges a pin, before anything is written.
 */
export async function update(
  options: UpdateOptions,
  connect: Connect,
): Promise<UpdateResult | DiscoveryFault | PlanFailure> {
  const sources = await readSources(options)
  if (sources.kind === 'usage') return sources
  const lock = options.locked ? unlocked : await readLock(sources)
  const connectOnce = rememberConnection(connect)
  const policy = { ...options, isLocked: lock.isLocked }
  const means = { ...options, referBy: undefined, sources, policy, connect: connectOnce }
  const pins = await readCopiedPins(sources)
  const planned = await planUpdate(pins, means)
  if (planned.kind !== 'planned') return planned
  const walked = await walkAndCopy(planned, pins, options.nested, means)
  if (walked.kind === 'usage' || walked.kind === 'host-failure') return walked
  const { plans, copies, prospects } = walked
  const nested = options.nested ? walked.nested : undefined
  const problems = [...sources.problems, ...lock.problems, ...problemsOfPins(planned.plans, pins)]
  const done = await carryOut({ files: plans.files, copies, nested }, problems, options, means)
  const moves = movesIn(done.files, done.copies, planned.moves, pins)
  return { kind: 'result', ...done, moves, held: atUsers(planned.held, pins), prospects }
}

/** Walks what the files run once the plans are carried out; before that, copies anew what copies are of that move. */
async function walkAndCopy(
  planned: PlannedUpdate,
  pins: CopiedPins,
  isNested: boolean,
  means: RemedyMeans,
): Promise<Unwalked | Remedied | PlanFailure> {
  const plans = withoutPins(planned.plans, pins)
  const wishes = wishesForMoves(planned.moves, pins)
  if (wishes.length === 0) return walkAndRemedy(isNested && 'report', plans, means)
  const { vendor } = await import('./vendor/vendoring.ts')
  const copied = await vendor(plans, wishes, means)
  return copied.kind === 'vendor-plans' ? { ...copied, kind: 'remedied', prospects: [] } : copied
}

/** What of the moves was made: what could not be edited, or copied, stays as it is. */
function movesIn(
  files: readonly FileResult[],
  copies: CopiesResult,
  moves: readonly Move[],
  pins: CopiedPins,
): Move[] {
  const moved = new Set(
    files.flatMap(({ plan, outcome }) =>
      outcome.kind === 'problem'
        ? []
        : plan.sites.flatMap(({ site, change }) => (change === 'pinned' ? [site] : [])),
    ),
  )
  const made = moves.flatMap((move): Move[] => {
    const { mover, to } = move
    const [first, ...more] = mover.sites.filter(({ site }) =>
      pins.wishAt(site) === undefined ? moved.has(site) : isCopiedTo(move, copies),
    )
    return first === undefined ? [] : [{ mover: { ...mover, sites: [first, ...more] }, to }]
  })
  return atUsers(made, pins)
}
