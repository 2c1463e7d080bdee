import { writeAll } from '../apply/write.ts'
import type { FilePlan } from '../plan/plan.ts'
import { locateParsed } from '../yaml/locate.ts'
import type { CheckFailure, CheckOptions, CheckResult, FixOutcome } from './check/options.ts'
import { rememberConnection } from './connection.ts'
import { findRecordChange, putChanges } from './vendor/edited-copies.ts'
import { inspect, prepare, type Inspected } from './check/inspect.ts'
import type { Connect } from './make-plan.ts'
import { readSources, type LocatedSource, type Sources } from './sources.ts'

/**
 * Checks that every reference is pinned, that every pin is its repository's, and that every label is true; with `fix`, mends what can
 * be mended without moving a pin to another version, and checks again. Files are written only by a fix.
 */
export async function check(
  options: CheckOptions,
  connect: Connect,
): Promise<CheckResult | CheckFailure> {
  const sources = await readSources(options)
  if (sources.kind === 'usage') return sources
  const ground = await prepare(sources, options)
  if (ground.kind === 'usage') return ground
  const connectOnce = rememberConnection(connect)
  const found = await inspect(sources, ground, connectOnce)
  if (found.kind !== 'inspected') return found
  const { plans } = found.fixes
  if (!options.fix || plans.length === 0) return resultOf(found, nothingFixed, options)
  if (options.dryRun) return resultOf(found, outcomeOf(plans, []), options)
  const fixed = await write(sources, plans)
  const left = await inspect(carriedOut(sources, fixed.plans), ground, connectOnce)
  return left.kind === 'inspected' ? resultOf(left, fixed, options) : left
}

const nothingFixed: FixOutcome = { plans: [], problems: [] }

function resultOf(
  { findings, nested, files, references }: Inspected,
  fixed: FixOutcome,
  { offline }: CheckOptions,
): CheckResult {
  const texts = new Map(files.map(({ path, source }) => [path, source.text]))
  return { kind: 'check', findings, nested, offline, texts, references, fixed }
}

async function write(sources: Sources, plans: readonly FilePlan[]): Promise<FixOutcome> {
  const changes = plans.flatMap((plan) => {
    const file = sources.files.find(({ path }) => path === plan.path)?.source
    return file === undefined || plan.before === plan.after ? [] : [{ file, text: plan.after }]
  })
  const outcomes = await writeAll(changes, { strict: false })
  const unwritten = outcomes.flatMap((each) => (each.kind === 'problem' ? [each.problem] : []))
  const done = outcomeOf(plans, unwritten)
  const problem = await putChanges(await findRecordChange(sources, done.plans), sources)
  return problem === undefined ? done : { ...done, problems: [...done.problems, problem] }
}

/** Plans of files that could not be written are left out: those files are as they were. */
function outcomeOf(plans: readonly FilePlan[], unwritten: FixOutcome['problems']): FixOutcome {
  const refused = plans.flatMap(({ problem }) => problem ?? [])
  const left = new Set(unwritten.map(({ file }) => file))
  return {
    plans: plans.filter(({ path, before, after }) => before !== after && !left.has(path)),
    problems: [...refused, ...unwritten],
  }
}

/** The files of a run once plans are carried out. */
function carriedOut(sources: Sources, plans: readonly FilePlan[]): Sources {
  const byPath = new Map(plans.map((plan) => [plan.path, plan]))
  const files = sources.files.map((file): LocatedSource => {
    const plan = byPath.get(file.path)
    const located = plan === undefined ? undefined : locateParsed(plan.parsedAfter)
    return plan === undefined || located?.kind !== 'located'
      ? file
      : { path: file.path, source: { ...file.source, text: plan.after }, located }
  })
  return { ...sources, files }
}
