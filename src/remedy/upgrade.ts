import type { Inquiry } from '../resolve/question.ts'
import type { Answer, Answers } from '../resolve/resolve.ts'
import type { FileDraft } from '../plan/plan.ts'
import type { Prospect } from './clean-release.ts'

/** The same answers, but for the sites of blocked actions: those move to the clean release that was found. */
export function upgradeAnswers(
  answers: Answers,
  drafts: readonly FileDraft[],
  prospects: readonly Prospect[],
): Answers {
  const moves = findMoves(drafts, prospects)
  return {
    kind: 'answers',
    of: (inquiry) => {
      const answer = answers.of(inquiry)
      const move = moves.get(inquiry)
      return move === undefined ? answer : { ...answer, ...move }
    },
  }
}

type Move = Pick<Answer, 'resolution' | 'label' | 'upgrade'>

function findMoves(
  drafts: readonly FileDraft[],
  prospects: readonly Prospect[],
): ReadonlyMap<Inquiry, Move> {
  const inquiries = new Map(drafts.flatMap(({ open }) => [...open]))
  const moves = new Map<Inquiry, Move>()
  for (const { action, release } of prospects) {
    if (release.kind !== 'found') continue
    const { from, version: to, commit, sameMajor } = release
    const move: Move = {
      resolution: { kind: 'commit', commit, through: 'tag' },
      label: { kind: 'write', label: to, corrects: undefined },
      upgrade: { from, to, isNewMajor: !sameMajor },
    }
    for (const { site } of action.sites) {
      const inquiry = inquiries.get(site)
      if (inquiry !== undefined) moves.set(inquiry, move)
    }
  }
  return moves
}
