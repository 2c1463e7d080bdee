import type { HeldMove, Move } from '../../check/held-move.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { SiteProblem } from '../../domain/problem.ts'
import { placeOf } from '../../plan/decision.ts'
import type { CopiesResult } from '../../remedy/vendor/copies.ts'
import type { Mover, MoverSite } from '../../remedy/move/move.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { CopiedPins } from './copied-pins.ts'
import type { Plans } from '../make-plan.ts'

/** What is to be copied anew, since what it is a copy of moves. */
export function wishesForMoves(moves: readonly Move[], { wishAt }: CopiedPins): Wish[] {
  return moves.flatMap(({ mover, to: { commit, label: version } }) =>
    mover.sites.flatMap(({ site }): Wish[] => {
      const wish = wishAt(site)
      if (wish === undefined) return []
      const { owner, repo, path } = wish
      const key = nodeKey({ owner, repo, path, commit })
      return [{ ...wish, key, commit, version, moves: true }]
    }),
  )
}

/** Plans of the repository's own files, without that of the pins of its copies. */
export function withoutPins(plans: Plans, { file }: CopiedPins): Plans {
  const isOwn = ({ path }: { readonly path: string }): boolean => path !== file?.path
  return { ...plans, files: plans.files.filter(isOwn), drafts: plans.drafts.filter(isOwn) }
}

/** What is wrong with what copies are of, at the first place that uses each. */
export function problemsOfPins({ files }: Plans, { file, wishAt }: CopiedPins): SiteProblem[] {
  const plan = files.find(({ path }) => path === file?.path)
  return (plan?.sites ?? []).flatMap(({ site, decision }) => {
    const [user] = wishAt(site)?.sites ?? []
    return decision.kind === 'left' && user !== undefined
      ? [{ ...decision.problem, ...placeOf(user.file, user.site) }]
      : []
  })
}

/** The same, at the places that use the copies in place of what stands for these. */
export function atUsers<M extends Move | HeldMove>(moves: readonly M[], pins: CopiedPins): M[] {
  return moves.map((move) => ({ ...move, mover: { ...move.mover, sites: usersOf(move, pins) } }))
}

/** Whether what a site stands for was copied anew, at the commit that it moves to. */
export function isCopiedTo({ mover, to }: Move, { repositories, outcome }: CopiesResult): boolean {
  return (
    outcome !== 'failed' &&
    repositories.some(
      (copy) => repositoryKey(copy) === repositoryKey(mover) && copy.commit === to.commit,
    )
  )
}

function usersOf({ mover }: Move | HeldMove, { wishAt }: CopiedPins): Mover['sites'] {
  const users = ({ site, file, reference }: MoverSite): readonly MoverSite[] =>
    wishAt(site)?.sites.map((user) => ({ ...user, reference })) ?? [{ file, site, reference }]
  const [first, ...more] = mover.sites.flatMap(users)
  return first === undefined ? mover.sites : [first, ...more]
}
