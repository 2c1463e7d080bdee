import { join } from 'node:path'
import type { DiscoveryFault } from '../apply/discover.ts'
import { readBytes } from '../apply/read.ts'
import { writeAll, type WriteOutcome } from '../apply/write.ts'
import type { HostFailure } from '../domain/outcome.ts'
import type { FileProblem } from '../domain/problem.ts'
import type { UsageFault } from '../github/usage.ts'
import { isIncomplete, type FilePlan } from '../plan/plan.ts'
import type { Policy } from '../plan/policy.ts'
import type { FileOutcome, RunResult } from '../plan/result.ts'
import { readLockedWorkflows } from '../yaml/lockfile.ts'
import { makePlan, type Connect, type PlanOptions } from './make-plan.ts'
import { readSources, type LocatedSource, type Sources } from './sources.ts'

/** What to pin, and how. */
export interface PinOptions extends PlanOptions {
  /** The current folder, absolute. */
  readonly cwd: string
  /** Files and folders; none for the repository that `cwd` is in. */
  readonly paths: readonly string[]
  /** Write nothing. */
  readonly dryRun: boolean
  /** Write nothing if anything at all would be left. */
  readonly strict: boolean
  /** Edit workflows that GitHub's lockfile lists, too. */
  readonly locked: boolean
}

/** What a run did, or would do. */
export interface PinResult extends RunResult {
  readonly kind: 'result'
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
  const sources = await readSources(options.cwd, options.paths)
  if (sources.kind === 'usage') return sources
  const lock = options.locked ? unlocked : await readLock(sources)
  const made = await makePlan(sources.files, { ...options, isLocked: lock.isLocked }, connect)
  if (made.kind !== 'plan') return made
  const problems = [...sources.problems, ...lock.problems]
  const outcomes = await writePlans(sources.files, made.files, problems, options)
  return {
    kind: 'result',
    files: made.files.map((plan) => ({
      plan,
      outcome: outcomes.get(plan.path) ?? { kind: 'unchanged' },
    })),
    problems,
  }
}

async function writePlans(
  sources: readonly LocatedSource[],
  plans: readonly FilePlan[],
  problems: readonly FileProblem[],
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
  const holdBack = strict && (problems.length > 0 || plans.some(isIncomplete))
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

interface Lock {
  readonly isLocked: Policy['isLocked']
  readonly problems: readonly FileProblem[]
}

const LOCKFILE = '.github/workflows/actions.lock'
const unlocked: Lock = { isLocked: () => false, problems: [] }

/** A lockfile that cannot be read may list any workflow: then none is edited. */
async function readLock({ found }: Sources): Promise<Lock> {
  const bytes = await readBytes(join(found.root, LOCKFILE))
  if (!(bytes instanceof Uint8Array)) return unlocked
  const listed = readLockedWorkflows(bytes.toString('utf8'))
  if (listed !== undefined) return { isLocked: (file) => listed.has(file), problems: [] }
  return {
    isLocked: (file) => file.startsWith('.github/workflows/'),
    problems: [{ code: 'lockfile', file: LOCKFILE }],
  }
}
