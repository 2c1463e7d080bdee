import type { FileDraft } from '../../plan/plan.ts'
import type { Answers } from '../../resolve/resolve.ts'
import type { Site } from '../../yaml/locate.ts'
import type { Prospect } from './clean-release.ts'
import { moveAnswers, type SiteMove } from '../move/answers.ts'

/** The same answers, but for the sites of blocked actions: those move to the clean release that was found. */
export function upgradeAnswers(
  answers: Answers,
  drafts: readonly FileDraft[],
  prospects: readonly Prospect[],
): Answers {
  return moveAnswers(answers, drafts, findMoves(prospects))
}

function findMoves(prospects: readonly Prospect[]): ReadonlyMap<Site, SiteMove> {
  const moves = new Map<Site, SiteMove>()
  for (const { action, release } of prospects) {
    if (release.kind !== 'found') continue
    const { from, version: to, commit, sameMajor } = release
    const upgrade = { from, to, isNewMajor: !sameMajor }
    for (const { site } of action.sites) moves.set(site, { commit, label: to, upgrade })
  }
  return moves
}
