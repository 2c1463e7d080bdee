import type { SiteProblem } from '../domain/problem.ts'
import { placeOf } from '../plan/decision.ts'
import type { FileDraft } from '../plan/plan.ts'
import { leave } from '../remedy/move/untrue-labels.ts'
import type { Site } from '../yaml/locate.ts'
import type { Finding } from './finding.ts'
import { suspicion } from './move-fault.ts'

/**
 * The same drafts, but that what is not pinned yet stays so where its ref names a commit that nobody should pin.
 * @param at what `check` would find at a site if it were pinned
 */
export function leaveSuspects(
  drafts: readonly FileDraft[],
  at: (site: Site) => readonly Finding[],
): readonly FileDraft[] {
  return drafts.map((draft) => {
    const problems = [...draft.open].flatMap(([site, { reference }]) => {
      const finding = reference.ref.kind === 'name' ? suspicion(at(site)) : undefined
      if (finding === undefined) return []
      const problem: SiteProblem = { code: 'suspect', finding, ...placeOf(draft.path, site) }
      return [[site, problem] as const]
    })
    return leave(draft, new Map(problems))
  })
}
