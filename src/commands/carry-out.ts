import { findObstacle } from '../apply/obstacle.ts'
import type { Change } from '../apply/replace.ts'
import { writeAll, type WriteOutcome } from '../apply/write.ts'
import type { FileProblem, Problem } from '../domain/problem.ts'
import { isIncomplete, type FilePlan } from '../plan/plan.ts'
import type { FileOutcome, FileResult } from '../plan/result.ts'
import { joinChanges, type Copies, type CopiesResult } from '../remedy/vendor/copies.ts'
import { findRecordChange, putChanges } from './vendor/edited-copies.ts'
import { unjudged, type GraphResult } from './graph.ts'
import type { Connect } from './make-plan.ts'
import type { Sources } from './sources.ts'
import { walkPlanned } from './walk-planned.ts'

/** What is to be carried out. */
export interface Planned {
  readonly files: readonly FilePlan[]
  readonly copies: Copies
  /** What the files run once all of it is carried out, where that was asked for. */
  readonly nested: GraphResult | undefined
}

/** What a run does with its plans. */
export interface CarryOutOptions {
  /** Write nothing. */
  readonly dryRun: boolean
  /** Write nothing if anything at all would be left. */
  readonly strict: boolean
}

/** What became of plans. */
export interface CarriedOut {
  readonly files: readonly FileResult[]
  readonly copies: CopiesResult
  readonly problems: readonly Problem[]
  readonly nested: GraphResult | undefined
}

/**
 * Writes what was planned: first the copies, then the files that use them, each in one step, and at last what makes the copies go
 * that nothing uses then; nothing in a dry run, or in a strict one that would leave anything. Where not all of it could be, what
 * the files run is judged by what is on disk.
 */
export async function carryOut(
  { files: plans, copies, nested }: Planned,
  earlier: readonly Problem[],
  { dryRun, strict }: CarryOutOptions,
  { sources, connect }: { readonly sources: Sources; readonly connect: Connect },
): Promise<CarriedOut> {
  const problems = [...earlier, ...copies.problems]
  const copied = copies.repositories.flatMap((copy) => copy.plans)
  const holdBack = strict && (problems.length > 0 || [...plans, ...copied].some(isIncomplete))
  const idle = dryRun ? 'due' : holdBack ? 'held-back' : undefined
  const changes = changesIn(plans, sources)
  const isStopped = idle === undefined && strict && (await isObstructed(changes))
  const failure =
    idle === undefined && !isStopped ? await putChanges(copies.changes, sources) : undefined
  const without = strict && failure !== undefined ? 'held-back' : idle
  const outcomes = await writePlans(changes, plans, failure, strict, without)
  const files = plans.map((plan): FileResult => {
    return { plan, outcome: outcomes.get(plan.path) ?? { kind: 'unchanged' } }
  })
  const done = files.flatMap(({ plan, outcome }) => (isCarriedOut(outcome) ? [plan] : []))
  const isAll = failure === undefined && done.length === files.length && idle !== 'held-back'
  const record = copies.changes.length > 0 ? [] : await findRecordChange(sources, done)
  const removals = isAll ? copies.removals : []
  const last = [...record, ...removals]
  const unfinished = idle === undefined ? await putChanges(last, sources) : undefined
  return {
    files,
    copies: {
      ...copies,
      unused: isAll ? copies.unused : [],
      changes: joinChanges([...copies.changes, ...last]),
      outcome: idle ?? (isStopped ? 'held-back' : failure === undefined ? 'written' : 'failed'),
    },
    problems: [...problems, ...[failure, unfinished].flatMap((problem) => problem ?? [])],
    nested: nested === undefined || isAll ? nested : await walkAgain(sources, done, connect),
  }
}

/** Whether a file is as its plan leaves it, or, in a dry run, would be. */
function isCarriedOut({ kind }: FileOutcome): boolean {
  return kind !== 'problem' && kind !== 'held-back'
}

/** What is on disk where not all plans were carried out. All of it was asked before; only from memory should there be answers. */
async function walkAgain(
  sources: Sources,
  carriedOut: readonly FilePlan[],
  connect: Connect,
): Promise<GraphResult> {
  const nested = await walkPlanned(sources, carriedOut, connect)
  return nested.kind === 'graph' ? nested : unjudged(sources)
}

/** A file that is to be written, and why. */
interface PlannedChange extends Change {
  readonly plan: FilePlan
}

function changesIn(plans: readonly FilePlan[], { files: sources }: Sources): PlannedChange[] {
  return plans.flatMap((plan) => {
    const source = sources.find(({ path }) => path === plan.path)?.source
    return source === undefined || plan.after === plan.before || plan.problem !== undefined
      ? []
      : [{ file: source, text: plan.after, plan }]
  })
}

/** Whether any of the files may not be written: a strict run then makes no copies, either. */
async function isObstructed(changes: readonly Change[]): Promise<boolean> {
  const obstacles = await Promise.all(changes.map(({ file }) => findObstacle(file)))
  return obstacles.some((obstacle) => obstacle !== undefined)
}

/**
 * Writes the files of plans.
 * @param failure why the copies could not be written: then no file is led to them
 * @param idle what the outcome of a change is where nothing is to be written
 */
async function writePlans(
  changed: readonly PlannedChange[],
  plans: readonly FilePlan[],
  failure: FileProblem | undefined,
  strict: boolean,
  idle: 'due' | 'held-back' | undefined,
): Promise<Map<string, FileOutcome>> {
  const outcomes = new Map<string, FileOutcome>()
  for (const { path, problem } of plans)
    if (problem !== undefined) outcomes.set(path, { kind: 'problem', problem })
  if (idle !== undefined) {
    for (const { file } of changed) outcomes.set(file.path, { kind: idle })
    return outcomes
  }
  const isWritable = (plan: FilePlan): boolean => failure === undefined || !usesCopies(plan)
  const writable = changed.filter(({ plan }) => isWritable(plan))
  for (const { plan, file } of changed)
    if (!isWritable(plan))
      outcomes.set(file.path, { kind: 'problem', problem: withoutCopies(file.path) })
  const written: readonly WriteOutcome[] = await writeAll(writable, { strict })
  for (const [index, { file }] of writable.entries()) {
    const outcome = written[index]
    if (outcome !== undefined) outcomes.set(file.path, outcome)
  }
  return outcomes
}

function usesCopies({ sites }: FilePlan): boolean {
  return sites.some(({ change }) => change === 'vendored')
}

function withoutCopies(file: string): FileProblem {
  return { code: 'write-failed', file, detail: 'the copies that it is to use could not be written' }
}
