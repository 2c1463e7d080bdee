import type { Problem } from '../../domain/problem.ts'
import { byCodeUnits } from '../../domain/order.ts'
import type { PlannedSite } from '../../plan/plan.ts'
import type { FileResult, RunResult } from '../../plan/result.ts'
import type { CopiesResult } from '../../remedy/vendor/copies.ts'
import type { Site } from '../../yaml/locate.ts'

/** How many references came to what. */
export interface Tally {
  readonly pinned: number
  readonly relabelled: number
  /** Pinned and labelled before. */
  readonly unchanged: number
  /** Now a copy in the repository itself. */
  readonly vendored: number
  readonly exempt: number
  readonly inside: number
  readonly images: number
  readonly left: number
}

/** What a run did, with what it copied, where it was asked to. */
export interface Reported extends RunResult {
  readonly copies?: CopiesResult
  /** The sites that moved to another version: of those another part of the report tells. */
  readonly moved?: ReadonlySet<Site>
}

/** The files of a run, and the manifests of its copies. */
export function allFiles({ files, copies }: Pick<Reported, 'files' | 'copies'>): FileResult[] {
  if (copies === undefined) return [...files]
  const kind = copies.outcome === 'failed' ? 'held-back' : copies.outcome
  const plans = copies.repositories.flatMap((copy) => copy.plans)
  return [...files, ...plans.map((plan): FileResult => ({ plan, outcome: { kind } }))]
}

/** Counts references. Those of a file that could not be written count as left. */
export function tally(reported: Pick<Reported, 'files' | 'copies'>): Tally {
  const counts = {
    pinned: 0,
    relabelled: 0,
    unchanged: 0,
    vendored: 0,
    exempt: 0,
    inside: 0,
    images: 0,
    left: 0,
  }
  for (const { plan, outcome } of allFiles(reported))
    for (const site of plan.sites)
      counts[outcome.kind === 'problem' && site.change !== 'none' ? 'left' : columnOf(site)] += 1
  return counts
}

function columnOf({ decision, change }: PlannedSite): keyof Tally {
  switch (decision.kind) {
    case 'pin':
      return change === 'none' ? 'unchanged' : change
    case 'image':
      return 'images'
    case 'vendored':
    case 'inside':
    case 'exempt':
    case 'left':
      return decision.kind
  }
}

/** Every problem of a run, by file and place. */
export function allProblems(reported: Reported): Problem[] {
  const { problems } = reported
  const ofFiles = allFiles(reported).flatMap(({ plan, outcome }): Problem[] => [
    ...(outcome.kind === 'problem' ? [outcome.problem] : []),
    ...plan.sites.flatMap(({ decision }) => (decision.kind === 'left' ? [decision.problem] : [])),
  ])
  return [...problems, ...ofFiles].toSorted(
    (a, b) => byCodeUnits(a.file, b.file) || line(a) - line(b) || column(a) - column(b),
  )
}

function line(problem: Problem): number {
  return 'position' in problem ? problem.position.line : 0
}

function column(problem: Problem): number {
  return 'position' in problem ? problem.position.column : 0
}
