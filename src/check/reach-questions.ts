import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { ReachQuestion } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import type { Inquiry } from '../resolve/question.ts'
import { resolveRef } from '../resolve/resolution.ts'
import { readLabel } from './label-state.ts'
import { isLooselyTagged } from './loose-tag.ts'
import { massOfTags } from './mass-move.ts'

/** A reference with what its repository told. */
export interface Answered {
  readonly inquiry: Inquiry
  readonly refs: RepositoryRefs
}

/** What is to be asked about commits before references can be judged: one question for each commit, however often it is used. */
export function reachQuestions(answered: readonly Answered[]): ReachQuestion[] {
  const questions = new Map<string, Draft>()
  for (const { inquiry, refs } of answered) {
    const { owner, repo } = inquiry.reference
    for (const { commit, label, isMass, isLoose } of commitsIn(inquiry, refs)) {
      if (refs.absent.has(commit)) continue
      const key = `${repositoryKey(inquiry.reference)}@${commit}`
      const tip = tipOf(commit, refs)
      const draft = questions.get(key) ?? openDraft({ owner, repo, commit, tip })
      if (label !== undefined) draft.tags.set(label.label, label.actual)
      draft.deep ||= isMass
      draft.pulls ||= isLoose
      questions.set(key, draft)
    }
  }
  return [...questions.values()].map(({ tags, ...draft }) => ({
    ...draft,
    tags: [...tags.keys()],
    tagCommits: tags,
  }))
}

function openDraft(about: Subject): Draft {
  return { ...about, tags: new Map(), deep: false, pulls: false }
}

/** What of a question is known from its commit alone. */
type Subject = Pick<ReachQuestion, 'owner' | 'repo' | 'commit' | 'tip'>

interface Draft extends Subject {
  readonly tags: Map<string, CommitSha>
  deep: boolean
  pulls: boolean
}

/** A commit that a reference is judged by. */
interface Judged {
  readonly commit: CommitSha
  /** A label whose tag is another commit: did that come after this one? */
  readonly label: { readonly label: string; readonly actual: CommitSha } | undefined
  /** So many versions are this commit that it matters whether a branch has it. */
  readonly isMass: boolean
  /** So little speaks for this commit that it matters whether it came by a pull request. */
  readonly isLoose: boolean
}

function commitsIn({ reference, comment }: Inquiry, refs: RepositoryRefs): Judged[] {
  const resolution = resolveRef(reference.ref, refs, undefined)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object') return []
  const { commit } = resolution
  const isPin = resolution.kind === 'commit' && resolution.through === 'sha'
  if (!isPin) return suspectsAt(commit, refs, false)
  const state = readLabel(commit, comment, refs, reference.path)
  const label = state.kind === 'moved' ? state : undefined
  const isMass = massOfTags(commit, refs) !== undefined
  const isLoose = isLooselyTagged(commit, refs)
  const claimed = state.kind === 'moved' || state.kind === 'untrue' ? state.actual : undefined
  const others =
    claimed === undefined ? [] : suspectsAt(claimed, refs, state.kind === 'moved' && state.isExact)
  return [{ commit, label, isMass, isLoose }, ...others]
}

/** @param isMoved whether a full version was another commit before: by custom it does not move, so that is suspect as well */
function suspectsAt(commit: CommitSha, refs: RepositoryRefs, isMoved: boolean): Judged[] {
  const isMass = massOfTags(commit, refs) !== undefined
  const isLoose = isMoved || isLooselyTagged(commit, refs)
  return isMass || isLoose ? [{ commit, label: undefined, isMass, isLoose }] : []
}

/** What a commit is the tip of, by what is known of its repository. */
export function tipOf(
  commit: CommitSha,
  { tags, branches }: RepositoryRefs,
): ReachQuestion['tip'] & string {
  if ([...branches.values()].includes(commit)) return 'branch'
  return [...tags.values()].includes(commit) ? 'tag' : 'none'
}

/** Whether a repository must tell all its tags: those that it told may be few of many that were moved to one commit, or leave out the full version that it is. */
export function wantsTagsForReach(inquiry: Inquiry, refs: RepositoryRefs): boolean {
  return commitsIn(inquiry, refs).some(({ commit, label, isMass, isLoose }) => {
    const suspect = label?.actual ?? (isMass || isLoose ? commit : undefined)
    return suspect !== undefined && refs.mayHaveMoreTags(suspect)
  })
}
