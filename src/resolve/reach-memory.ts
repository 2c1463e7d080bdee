import { repositoryKey } from '../domain/reference.ts'
import type { Reach, Reachability, ReachQuestion, RepositoryCommit } from './connection.ts'

/** Asks for no commit's reach twice in a run, but where more is asked of it than before, or at the same time. */
export function withReachMemory({ findReach }: Reachability): Reachability {
  const known = new Map<string, { readonly question: ReachQuestion; readonly reach: Reach }>()
  return {
    findReach: async (questions) => {
      const open = questions.filter(
        (question) => !isWithin(question, known.get(keyOf(question))?.question),
      )
      const fresh = new Map<string, Reach>()
      if (open.length > 0) {
        const found = await findReach(open)
        if (found.kind !== 'reaches') return found
        for (const question of open) {
          const key = keyOf(question)
          const reach = found.of(question)
          fresh.set(key, reach)
          // Who asked at the same time may have asked for more, or for something else.
          if (!isWithin(question, known.get(key)?.question)) known.set(key, { question, reach })
        }
      }
      const recall = (key: string): Reach => fresh.get(key) ?? known.get(key)?.reach ?? UNASKED
      return { kind: 'reaches', of: (at) => recall(keyOf(at)) }
    },
  }
}

const UNASKED: Reach = {
  by: { kind: 'undetermined', detail: 'it was not asked for' },
  after: new Set(),
  apart: new Set(),
}

function isWithin(question: ReachQuestion, asked: ReachQuestion | undefined): boolean {
  if (asked === undefined || (question.deep === true && asked.deep !== true)) return false
  if (question.pulls === true && asked.pulls !== true) return false
  return question.tags.every((tag) => asked.tags.includes(tag))
}

function keyOf(at: RepositoryCommit): string {
  return `${repositoryKey(at)}@${at.commit}`
}
