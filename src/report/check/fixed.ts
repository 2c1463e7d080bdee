import type { FileProblem } from '../../domain/problem.ts'
import type { FilePlan } from '../../plan/plan.ts'
import { count } from '../count.ts'
import type { Palette } from '../palette.ts'
import { formatProblems } from '../problem-text.ts'

/** What a check mended, or in a dry run would, and what it could not write; empty where there was nothing to mend. */
export function formatFixed(
  {
    plans,
    problems,
  }: { readonly plans: readonly FilePlan[]; readonly problems: readonly FileProblem[] },
  dryRun: boolean,
  palette: Palette,
): string {
  const mended = plans.reduce(
    (sum, { sites }) => sum + sites.filter(({ change }) => change !== 'none').length,
    0,
  )
  const would = dryRun ? 'would be mended' : 'mended'
  const said =
    mended === 0
      ? ''
      : `${palette.green(`${count(mended, 'reference')} ${would} in ${count(plans.length, 'file')}.`)}\n\n`
  return problems.length === 0 ? said : `${said}${formatProblems(problems, palette)}\n`
}
