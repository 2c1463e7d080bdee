import { accuseLocked, accuseLockedCommits } from '../../check/accuse-locked.ts'
import { accuseFiles, accuseShapes } from '../../check/accuse-shapes.ts'
import { placeAt, type Accusation } from '../../check/accusation.ts'
import type { Finding } from '../../check/finding.ts'
import { toFindings } from '../../check/findings.ts'
import type { Accused, Fixes } from '../../check/fixes.ts'
import { ownReferences, type OwnReference } from '../../check/own-reference.ts'
import {
  accuseExpired,
  isLeftAlone,
  weigh,
  type Leniency,
  type Weighed,
} from '../../check/weigh.ts'
import type { Policy } from '../../plan/policy.ts'
import type { UsageFault } from '../../github/usage.ts'
import { readChanged } from './changed.ts'
import type { CheckFailure, CheckOptions } from './options.ts'
import { accuseCopies } from '../vendor/copies.ts'
import type { GraphResult } from '../graph.ts'
import { readLock, type Lock } from '../lock.ts'
import type { Connect, PlanFailure } from '../make-plan.ts'
import type { LocatedSource, Sources } from '../sources.ts'

/** What a check goes by, and what stays the same while it mends. */
export interface Ground {
  readonly kind: 'ground'
  readonly options: CheckOptions
  readonly lock: Lock
  /** What is accused whatever the references are. */
  readonly accusations: readonly Accusation[]
  readonly leniency: Leniency
}

/** Reads what stands beside the references: the lockfile, the record of copies, what was changed. */
export async function prepare(
  sources: Sources,
  options: CheckOptions,
): Promise<Ground | UsageFault> {
  const { config, today, changed, env, paths } = options
  const isChanged = changed === undefined ? undefined : await readChanged(sources, changed, env)
  if (typeof isChanged === 'object') return isChanged
  const lock = await readLock(sources)
  const accusations = [
    ...accuseFiles([...sources.problems, ...lock.problems]),
    ...(await accuseCopies(sources, paths)),
    ...accuseExpired(config, today),
    ...lock.files.flatMap(accuseLockedCommits),
  ]
  return { kind: 'ground', options, lock, accusations, leniency: { config, today, isChanged } }
}

/** What was found in files as they are. */
export interface Inspected {
  readonly kind: 'inspected'
  readonly findings: readonly Finding[]
  readonly fixes: Fixes
  readonly nested: GraphResult | undefined
  readonly files: readonly LocatedSource[]
  /** How many references were looked at. */
  readonly references: number
}

/** Judges the files as they are. */
export async function inspect(
  sources: Sources,
  { options, lock, accusations, leniency }: Ground,
  connect: Connect,
): Promise<Inspected | CheckFailure> {
  const { config, today, offline } = options
  const own = ownReferences(sources.files).filter(
    (reference) => !isLeftAlone(placeAt(reference), config, today),
  )
  const judged = offline
    ? judgeOffline(own, options)
    : await judgeOnline(sources, own, options, connect)
  if (judged.kind !== 'judged') return judged
  const all = [...accusations, ...accuseLocked(own, lock.workflowsOf), ...judged.accusations]
  const weighed = all.flatMap((accusation) => weigh(accusation, leniency) ?? [])
  const fixes = judged.planFixes(sources.files, accusedAmong(own, weighed), {
    isLocked: lock.isLocked,
    // Lines that were changed are known by their numbers, which a comment above would move.
    comments: options.changed === undefined ? (config.comments ?? 'after') : 'after',
  })
  return {
    kind: 'inspected',
    findings: toFindings(weighed, fixes),
    fixes,
    nested: judged.nested,
    files: sources.files,
    references: own.length,
  }
}

interface Judged {
  readonly kind: 'judged'
  readonly accusations: readonly Accusation[]
  readonly planFixes: PlanFixes
  readonly nested: GraphResult | undefined
}

/** Plans what mends the accused, by what is known. */
type PlanFixes = (
  files: Sources['files'],
  accused: readonly Accused[],
  policy: Pick<Policy, 'comments' | 'isLocked'>,
) => Fixes

function judgeOffline(own: readonly OwnReference[], { config }: CheckOptions): Judged {
  const accusations = accuseShapes(own, config)
  return { kind: 'judged', accusations, planFixes: () => nothingToMend, nested: undefined }
}

/** A label and a tag's commit are the host's to say. */
const nothingToMend: Fixes = { plans: [], of: () => undefined }

/** What asks, what judges the answers, and what mends by them, is loaded only here. */
async function judgeOnline(
  sources: Sources,
  own: readonly OwnReference[],
  { config, nested }: CheckOptions,
  connect: Connect,
): Promise<Judged | PlanFailure> {
  const [{ learn }, { accuseLearned }, { planFixes }] = await Promise.all([
    import('./learn.ts'),
    import('../../check/accuse-learned.ts'),
    import('../../check/fixes.ts'),
  ])
  const learned = await learn(sources, own, nested, connect)
  if (learned.kind !== 'learned') return learned
  const { knowledge, uses } = learned
  return {
    kind: 'judged',
    accusations: accuseLearned(own, uses, knowledge, config),
    planFixes: (files, accused, policy) => planFixes(files, accused, knowledge.told, policy),
    nested: learned.nested,
  }
}

/** The own references that are accused themselves, not for what they lead to. */
function accusedAmong(own: readonly OwnReference[], weighed: readonly Weighed[]): Accused[] {
  const bySite = new Map(own.map((reference) => [reference.site, reference]))
  return weighed.flatMap(({ detail, place }): Accused[] => {
    const isOwn = place !== undefined && place.chain.length <= 1
    const reference = isOwn && place.site !== undefined ? bySite.get(place.site) : undefined
    return reference === undefined ? [] : [{ reference, detail }]
  })
}
