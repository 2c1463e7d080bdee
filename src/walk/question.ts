import type { RefName } from '../domain/ref.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { ManifestQuestion, RepositoryQuestion } from '../resolve/port.ts'
import { makeQuestions, type Inquiry } from '../resolve/question.ts'
import type { RepositoryPlace } from './destination.ts'

/** What is asked of the repositories that a level of a walk leads to. */
export type AskPlaces = (places: readonly RepositoryPlace[]) => RepositoryQuestion[]

/** One question for each repository: what its refs name, and the manifests there. */
export function questionsAbout(places: readonly RepositoryPlace[]): RepositoryQuestion[] {
  const drafts = new Map<string, Draft>()
  for (const place of places) {
    const { owner, repo, ref, path, leadsTo } = place
    const draft = drafts.get(repositoryKey(place)) ?? {
      owner,
      repo,
      names: new Set(),
      manifests: new Map(),
    }
    drafts.set(repositoryKey(place), draft)
    if (ref.kind === 'name') draft.names.add(ref.name)
    draft.manifests.set(`${leadsTo} ${path} ${ref.text}`, { ref, path, kind: leadsTo })
  }
  return [...drafts.values()].map(({ owner, repo, names, manifests }) => ({
    owner,
    repo,
    names: [...names],
    shas: [],
    tags: { kind: 'none' },
    manifests: [...manifests.values()],
  }))
}

/** The same, and what is known of the refs: whether a SHA is a commit's, and the tags that may name it. */
export function questionsWithRefs(places: readonly RepositoryPlace[]): RepositoryQuestion[] {
  const inquiries = places.map(({ leadsTo: kind, owner, repo, path, ref }): Inquiry => ({
    reference: { kind, owner, repo, path, ref, text: '' },
    comment: { kind: 'prose' },
  }))
  return makeQuestions(inquiries, true)
}

interface Draft {
  readonly owner: string
  readonly repo: string
  readonly names: Set<RefName>
  readonly manifests: Map<string, ManifestQuestion>
}
