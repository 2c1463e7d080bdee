import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { ReachQuestion } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import type { Inquiry } from '../resolve/question.ts'
import { resolveRef } from '../resolve/resolution.ts'
import { readLabel } from './label-state.ts'
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
    for (const { commit, label, isMass } of commitsIn(inquiry, refs)) {
      if (refs.absent.has(commit)) continue
      const key = `${repositoryKey(inquiry.reference)}@${commit}`
      const tip = tipOf(commit, refs)
      const draft = questions.get(key) ?? { owner, repo, commit, tip, tags: new Map(), deep: false }
      if (label !== undefined) draft.tags.set(label.label, label.actual)
      draft.deep ||= isMass
      questions.set(key, draft)
    }
  }
  return [...questions.values()].map(({ tags, ...draft }) => ({
    ...draft,
    tags: [...tags.keys()],
    tagCommits: tags,
  }))
}

interface Draft extends Omit<ReachQuestion, 'tags' | 'tagCommits' | 'deep'> {
  readonly tags: Map<string, CommitSha>
  deep: boolean
}

/** A commit that a reference is judged by. */
interface Judged {
  readonly commit: CommitSha
  /** A label whose tag is another commit: did that come after this one? */
  readonly label: { readonly label: string; readonly actual: CommitSha } | undefined
  /** So many versions are this commit that it matters whether a branch has it. */
  readonly isMass: boolean
}

function commitsIn({ reference, comment }: Inquiry, refs: RepositoryRefs): Judged[] {
  const resolution = resolveRef(reference.ref, refs, undefined)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object') return []
  const { commit } = resolution
  const isPin = resolution.kind === 'commit' && resolution.through === 'sha'
  if (!isPin) return massAt(commit, refs)
  const state = readLabel(commit, comment, refs, reference.path)
  const label = state.kind === 'moved' ? state : undefined
  const isMass = massOfTags(commit, refs) !== undefined
  const claimed = state.kind === 'moved' || state.kind === 'untrue' ? state.actual : undefined
  return [{ commit, label, isMass }, ...(claimed === undefined ? [] : massAt(claimed, refs))]
}

function massAt(commit: CommitSha, refs: RepositoryRefs): Judged[] {
  return massOfTags(commit, refs) === undefined ? [] : [{ commit, label: undefined, isMass: true }]
}

function tipOf(
  commit: CommitSha,
  { tags, branches }: RepositoryRefs,
): ReachQuestion['tip'] & string {
  if ([...branches.values()].includes(commit)) return 'branch'
  return [...tags.values()].includes(commit) ? 'tag' : 'none'
}

/** Whether a repository must tell all its tags: those that it told may be few of many that were moved to one commit. */
export function wantsTagsForMass(inquiry: Inquiry, refs: RepositoryRefs): boolean {
  return commitsIn(inquiry, refs).some(({ commit, label, isMass }) => {
    const suspect = label?.actual ?? (isMass ? commit : undefined)
    return suspect !== undefined && refs.mayHaveMoreTags(suspect)
  })
}
