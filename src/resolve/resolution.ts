import type { Resolution } from '../domain/outcome.ts'
import type { Ref } from '../domain/ref.ts'
import { looksLikeShortSha, type CommitSha } from '../domain/sha.ts'
import type { RepositoryRefs } from './port.ts'

/** Which of a tag and a branch of one name is meant, where they are different commits. */
export type Preference = 'tag' | 'branch' | undefined

/** What one ref names, by the answers of its repository. */
export function resolveRef(ref: Ref, refs: RepositoryRefs, prefer: Preference): Resolution {
  if (ref.kind === 'sha') {
    const commit = refs.tagObjects.get(ref.sha)
    return commit === undefined
      ? { kind: 'commit', commit: ref.sha, through: 'sha' }
      : { kind: 'tag-object', commit }
  }
  const tag = ref.scope === 'branch' ? undefined : refs.tags.get(ref.name)
  const branch = ref.scope === 'tag' ? undefined : refs.branches.get(ref.name)
  if (tag !== undefined && branch !== undefined && tag !== branch) {
    if (prefer === undefined) return { kind: 'ambiguous', tag, branch }
    return { kind: 'commit', commit: prefer === 'tag' ? tag : branch, through: prefer }
  }
  if (tag !== undefined) return { kind: 'commit', commit: tag, through: 'tag' }
  if (branch !== undefined) return { kind: 'commit', commit: branch, through: 'branch' }
  return ref.scope === 'any' && looksLikeShortSha(ref.name)
    ? { kind: 'short-sha', tips: tipsThatBegin(ref.name, refs) }
    : { kind: 'ref-not-found' }
}

function tipsThatBegin(digits: string, refs: RepositoryRefs): CommitSha[] {
  const tips = new Set([...refs.tags.values(), ...refs.branches.values()])
  return [...tips].filter((tip) => tip.startsWith(digits.toLowerCase()))
}
