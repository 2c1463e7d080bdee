import { repositoryKey } from '../../domain/reference.ts'
import { parseVersion } from '../../domain/version.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { RepositoryQuestion } from '../../resolve/port.ts'
import { makeQuestions, type Inquiry } from '../../resolve/question.ts'
import type { Mover, MoveLimit } from './move.ts'
import { correctedIn } from './untrue-labels.ts'
import { prefixesOfNewer } from './newer-versions.ts'

/**
 * What plans pin, as groups that move together: those of one repository, commit and label. A pin whose label is not true is in none.
 * @param isOwn whether a file is the repository's own, and no copy of somebody else's
 */
export function findMovers(
  plans: readonly FilePlan[],
  isOwn: (file: string) => boolean,
): readonly Mover[] {
  const movers = new Map<string, Mover>()
  for (const { path: file, sites, problem } of plans) {
    if (problem !== undefined || !isOwn(file)) continue
    for (const { site, decision } of sites) {
      const { reference } = site
      if (decision.kind !== 'pin' || typeof reference === 'string' || !('ref' in reference))
        continue
      const { owner, repo } = reference
      if (correctedIn(decision) !== undefined) continue
      const { commit, label } = decision
      const key = JSON.stringify([repositoryKey(reference), commit, label])
      const known = movers.get(key)
      const found = { file, site, reference }
      const from = { commit, label }
      const all = known === undefined ? ([found] as const) : ([...known.sites, found] as const)
      movers.set(key, { owner, repo, from, sites: all })
    }
  }
  return [...movers.values()]
}

/**
 * One question for each repository of the inquiries: what a plan asks, and the tags that newer versions may have, so that they
 * come with the first round.
 */
export function questionsForMoves(
  inquiries: readonly Inquiry[],
  nested: boolean,
  limit: MoveLimit,
): RepositoryQuestion[] {
  return makeQuestions(inquiries, nested).map((question) => {
    const prefixes = question.names.flatMap((name) => {
      const version = parseVersion(name)
      return version === undefined ? [] : [prefixesOfNewer(version, limit)]
    })
    return withFamilies(question, prefixes)
  })
}

/** One question for each repository of the movers: the tags that newer versions may have. What was asked before costs nothing. */
export function tagQuestions(movers: readonly Mover[], limit: MoveLimit): RepositoryQuestion[] {
  const questions = new Map<string, RepositoryQuestion>()
  for (const { owner, repo, from } of movers) {
    const version = parseVersion(from.label ?? '')
    const families = version === undefined ? [] : [prefixesOfNewer(version, limit)]
    const nothing = { owner, repo, names: [], shas: [], tags: NO_TAGS, manifests: [] }
    const asked = questions.get(repositoryKey({ owner, repo })) ?? nothing
    questions.set(repositoryKey(asked), withFamilies(asked, families))
  }
  return [...questions.values()]
}

const NO_TAGS = { kind: 'none' } as const

/** @param families of each version the beginnings of names; `undefined` where any name may be one */
function withFamilies(
  question: RepositoryQuestion,
  families: readonly (readonly string[] | undefined)[],
): RepositoryQuestion {
  const { tags } = question
  if (families.length === 0 || tags.kind === 'all') return question
  if (families.includes(undefined)) return { ...question, tags: { kind: 'all' } }
  const asked = tags.kind === 'none' ? [] : tags.prefixes
  const prefixes = [...new Set([...asked, ...families.flatMap((each) => each ?? [])])]
  const kind = tags.kind === 'newest' ? 'newest' : 'families'
  return { ...question, tags: { kind, prefixes } }
}
