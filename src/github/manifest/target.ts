import type { Ref } from '../../domain/ref.ts'
import type { CommitSha } from '../../domain/sha.ts'
import {
  manifestKey,
  type ManifestAnswer,
  type ManifestQuestion,
  type RepositoryRefs,
} from '../../resolve/port.ts'

/** A manifest at a commit: it never changes. */
export interface ManifestTarget extends Pick<ManifestQuestion, 'path' | 'kind'> {
  readonly commit: CommitSha
}

type KnownRefs = Pick<RepositoryRefs, 'tags' | 'branches' | 'tagObjects'>

/** Where the manifests asked for are, each once: a name that is both a tag and a branch has two places, one that is neither none. */
export function targetsOf(
  manifests: readonly ManifestQuestion[],
  refs: KnownRefs,
): readonly ManifestTarget[] {
  const targets = manifests.flatMap(({ ref, path, kind }) =>
    commitsOf(ref, refs).map((commit) => ({ commit, path, kind })),
  )
  return [...new Map(targets.map((target) => [keyOf(target), target])).values()]
}

export function keyOf(target: ManifestTarget): string {
  return manifestKey(target.commit, target)
}

/**
 * Whether an answer will be the same for ever. A commit that is not known to exist may come to be, and what could not be read
 * may be readable tomorrow.
 */
export function isLasting(
  answer: ManifestAnswer,
  { commit }: ManifestTarget,
  { tags, branches, tagObjects }: KnownRefs,
): boolean {
  switch (answer.kind) {
    case 'text':
    case 'dockerfile':
      return true
    case 'missing':
      return [tags, branches, tagObjects].some((known) => [...known.values()].includes(commit))
    case 'unreadable':
      return false
  }
}

function commitsOf(ref: Ref, { tags, branches, tagObjects }: KnownRefs): readonly CommitSha[] {
  if (ref.kind === 'sha') return [tagObjects.get(ref.sha) ?? ref.sha]
  return [tags.get(ref.name), branches.get(ref.name)].filter((commit) => commit !== undefined)
}
