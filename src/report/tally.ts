import type { Problem } from '../domain/problem.ts'
import type { PlannedSite } from '../plan/plan.ts'
import type { RunResult } from '../plan/result.ts'

/** How many references came to what. */
export interface Tally {
  readonly pinned: number
  readonly relabelled: number
  /** Pinned and labelled before. */
  readonly unchanged: number
  readonly exempt: number
  readonly inside: number
  readonly images: number
  readonly left: number
}

/** Counts references. Those of a file that could not be written count as left. */
export function tally({ files }: Pick<RunResult, 'files'>): Tally {
  const counts = {
    pinned: 0,
    relabelled: 0,
    unchanged: 0,
    exempt: 0,
    inside: 0,
    images: 0,
    left: 0,
  }
  for (const { plan, outcome } of files)
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
    case 'inside':
    case 'exempt':
    case 'left':
      return decision.kind
  }
}

/** Every problem of a run, by file and place. */
export function allProblems({ files, problems }: RunResult): Problem[] {
  const ofFiles = files.flatMap(({ plan, outcome }): Problem[] => [
    ...(outcome.kind === 'problem' ? [outcome.problem] : []),
    ...plan.sites.flatMap(({ decision }) => (decision.kind === 'left' ? [decision.problem] : [])),
  ])
  return [...problems, ...ofFiles].toSorted(
    (a, b) => compare(a.file, b.file) || line(a) - line(b) || column(a) - column(b),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function line(problem: Problem): number {
  return 'position' in problem ? problem.position.line : 0
}

function column(problem: Problem): number {
  return 'position' in problem ? problem.position.column : 0
}
