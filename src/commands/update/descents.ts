import { tipOf } from '../../check/reach-questions.ts'
import type { HostFailure } from '../../domain/outcome.ts'
import type { Course, Mover } from '../../remedy/move/move.ts'
import type { Reachability, ReachQuestion } from '../../resolve/connection.ts'
import type { RepositoryRefs } from '../../resolve/port.ts'

/** A mover with what its repository told, and where it may go by that. */
export interface Charted {
  readonly mover: Mover
  readonly refs: RepositoryRefs
  readonly course: Course
}

/** Whether what a ref names comes after a mover's pin: by the names that courses have for refs. */
export type Descents = (mover: Mover, ref: string) => 'after' | 'apart' | 'unknown'

/** Asks whether what movers are to follow comes after their pins, of all of them at once. */
export async function askDescents(
  charted: readonly Charted[],
  github: Reachability,
): Promise<Descents | HostFailure> {
  const questions = charted.flatMap(({ mover, refs, course }): ReachQuestion[] => {
    if (course.kind !== 'follow') return []
    const { owner, repo, from } = mover
    const { ref, target } = course
    const tagCommits = new Map([[ref, target.commit]])
    return [
      { owner, repo, commit: from.commit, tip: tipOf(from.commit, refs), tags: [ref], tagCommits },
    ]
  })
  if (questions.length === 0) return () => 'unknown'
  const found = await github.findReach(questions)
  if (found.kind !== 'reaches') return found
  return ({ owner, repo, from }, ref) => {
    const { after, apart } = found.of({ owner, repo, commit: from.commit })
    return after.has(ref) ? 'after' : apart.has(ref) ? 'apart' : 'unknown'
  }
}
