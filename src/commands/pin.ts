import type { DiscoveryFault } from '../apply/discover.ts'
import { writeAll, type WriteOutcome } from '../apply/write.ts'
import type { HostFailure } from '../domain/outcome.ts'
import type { UsageFault } from '../github/usage.ts'
import { isIncomplete, type FilePlan } from '../plan/plan.ts'
import type { FileOutcome, RunResult } from '../plan/result.ts'
import { locate } from '../yaml/locate.ts'
import { readLock, unlocked } from './lock.ts'
import { rememberConnection } from './connection.ts'
import { walkFiles, type GraphResult } from './graph.ts'
import { makePlan, type Connect, type PlanFailure, type PlanOptions } from './make-plan.ts'
import { readSources, type LocatedSource, type SourceOptions, type Sources } from './sources.ts'

/** What to pin, and how. */
export interface PinOptions extends PlanOptions, SourceOptions {
  /** Write nothing. */
  readonly dryRun: boolean
  /** Write nothing if anything at all would be left. */
  readonly strict: boolean
  /** Edit workflows that GitHub's lockfile lists, too. */
  readonly locked: boolean
  /** Walk what the actions use in turn, and judge it all. */
  readonly nested: boolean
}

/** What a run did, or would do. */
export interface PinResult extends RunResult {
  readonly kind: 'result'
  /** What the repository runs once the plan is carried out, and what GitHub's policy makes of it; where it was asked for. */
  readonly nested: GraphResult | undefined
}

/** Why a run could not do its work. Nothing was written. */
export type PinFailure =
  | DiscoveryFault
  | UsageFault
  | { readonly kind: 'host-failure'; readonly failure: HostFailure }

/**
 * Pins every reference of the files: finds, resolves, plans all of it, and only then writes. A failure of the
 * host as a whole writes nothing; what cannot be resolved is left and reported, the rest is written.
 */
export async function pin(options: PinOptions, connect: Connect): Promise<PinResult | PinFailure> {
  const sources = await readSources(options)
  if (sources.kind === 'usage') return sources
  const lock = options.locked ? unlocked : await readLock(sources)
  const connectOnce = rememberConnection(connect)
  const made = await makePlan(sources.files, { ...options, isLocked: lock.isLocked }, connectOnce)
  if (made.kind !== 'plan') return made
  const problems = [...sources.problems, ...lock.problems]
  const holdBack = options.strict && (problems.length > 0 || made.files.some(isIncomplete))
  const carriedOut = holdBack ? [] : made.files
  const nested = options.nested ? await walkPlanned(sources, carriedOut, connectOnce) : undefined
  if (nested !== undefined && nested.kind !== 'graph') return nested
  const outcomes = await writePlans(sources.files, made.files, holdBack, options)
  return {
    kind: 'result',
    files: made.files.map((plan) => ({
      plan,
      outcome: outcomes.get(plan.path) ?? { kind: 'unchanged' },
    })),
    problems,
    nested,
  }
}

/** Walks the files as these plans leave them. */
function walkPlanned(
  sources: Sources,
  plans: readonly FilePlan[],
  connect: Connect,
): Promise<GraphResult | PlanFailure> {
  const files = new Map(sources.files.map(({ path, located }) => [path, located]))
  for (const { path, before, after } of plans) {
    const located = before === after ? undefined : locate(after)
    if (located?.kind === 'located') files.set(path, located)
  }
  return walkFiles(sources, files, connect)
}

async function writePlans(
  sources: readonly LocatedSource[],
  plans: readonly FilePlan[],
  holdBack: boolean,
  { dryRun, strict }: PinOptions,
): Promise<Map<string, FileOutcome>> {
  const outcomes = new Map<string, FileOutcome>()
  for (const { path, problem } of plans)
    if (problem !== undefined) outcomes.set(path, { kind: 'problem', problem })
  const changed = plans.flatMap((plan) => {
    const source = sources.find(({ path }) => path === plan.path)?.source
    return source === undefined || plan.after === plan.before
      ? []
      : [{ file: source, text: plan.after }]
  })
  if (dryRun || holdBack) {
    for (const { file } of changed) outcomes.set(file.path, { kind: dryRun ? 'due' : 'held-back' })
    return outcomes
  }
  const written: readonly WriteOutcome[] = await writeAll(changed, { strict })
  for (const [index, { file }] of changed.entries()) {
    const outcome = written[index]
    if (outcome !== undefined) outcomes.set(file.path, outcome)
  }
  return outcomes
}
