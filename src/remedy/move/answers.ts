import type { CommitSha } from '../../domain/sha.ts'
import type { FileDraft } from '../../plan/plan.ts'
import type { Inquiry } from '../../resolve/question.ts'
import type { Answer, Answers, Upgrade } from '../../resolve/resolve.ts'
import type { Site } from '../../yaml/locate.ts'

/** What a site moves to. */
export interface SiteMove {
  readonly commit: CommitSha
  readonly label: string
  /** What a plan notes of it; `undefined`: nothing. */
  readonly upgrade: Upgrade | undefined
}

/** The same answers, but for the sites that move. */
export function moveAnswers(
  answers: Answers,
  drafts: readonly FileDraft[],
  moves: ReadonlyMap<Site, SiteMove>,
): Answers {
  const moved = new Map<Inquiry, Pick<Answer, 'resolution' | 'label' | 'upgrade'>>()
  for (const { open } of drafts)
    for (const [site, inquiry] of open) {
      const move = moves.get(site)
      if (move === undefined) continue
      const { commit, label, upgrade } = move
      moved.set(inquiry, {
        resolution: { kind: 'commit', commit, through: 'tag' },
        label: { kind: 'write', label, corrects: undefined },
        upgrade,
      })
    }
  return {
    kind: 'answers',
    of: (inquiry) => {
      const answer = answers.of(inquiry)
      const move = moved.get(inquiry)
      return move === undefined ? answer : { ...answer, ...move }
    },
  }
}
