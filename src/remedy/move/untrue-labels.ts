import type { SiteProblem } from '../../domain/problem.ts'
import { placeOf, type Decision } from '../../plan/decision.ts'
import type { FileDraft, FilePlan } from '../../plan/plan.ts'
import type { CorrectedLabel } from '../../resolve/label.ts'
import type { Site } from '../../yaml/locate.ts'

/**
 * The same drafts, but that pins whose labels plans would put right are left as they are: what moves on its own should not take
 * away what a person ought to see first.
 */
export function leaveUntrue(
  drafts: readonly FileDraft[],
  plans: readonly FilePlan[],
): readonly FileDraft[] {
  const untrue = new Map(
    plans.flatMap(({ path, sites }) =>
      sites.flatMap(({ site, decision }) => {
        const problem = problemAt(path, site, decision)
        return problem === undefined ? [] : [[site, problem] as const]
      }),
    ),
  )
  return drafts.map((draft) => leave(draft, untrue))
}

/** The label that a decision puts right. */
export function correctedIn(decision: Decision): CorrectedLabel | undefined {
  const notes = decision.kind === 'pin' ? decision.notes : []
  return notes.flatMap((note) => (note.kind === 'label-corrected' ? [note.untrue] : []))[0]
}

/** The same draft, but that the sites with these problems are left. */
export function leave(draft: FileDraft, problems: ReadonlyMap<Site, SiteProblem>): FileDraft {
  const open = new Map([...draft.open].filter(([site]) => !problems.has(site)))
  const left = [...draft.open].flatMap(([site]) => {
    const problem = problems.get(site)
    return problem === undefined ? [] : [[site, { kind: 'left', problem }] as const]
  })
  return { ...draft, open, decisions: new Map([...draft.decisions, ...left]) }
}

function problemAt(file: string, site: Site, decision: Decision): SiteProblem | undefined {
  const untrue = correctedIn(decision)
  if (untrue === undefined || decision.kind !== 'pin') return undefined
  const { label: truth } = decision
  return { code: 'label-mismatch', ...untrue, truth, ...placeOf(file, site) }
}
