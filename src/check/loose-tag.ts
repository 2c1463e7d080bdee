import type { CommitSha } from '../domain/sha.ts'
import { isExact, parseVersion } from '../domain/version.ts'
import type { RepositoryRefs } from '../resolve/port.ts'

/**
 * Whether a commit has nothing but tags that move: it is the tip of a tag but of no branch, and no full version. Honest as that
 * mostly is, it is also what is left where somebody moved such a tag to a commit that is not the repository's.
 */
export function isLooselyTagged(
  commit: CommitSha,
  { tags, branches }: Pick<RepositoryRefs, 'tags' | 'branches'>,
): boolean {
  const names = tagsAt(commit, { tags })
  return names.length > 0 && !names.some(isFull) && ![...branches.values()].includes(commit)
}

/** The names of the tags that are this commit. */
export function tagsAt(
  commit: CommitSha,
  { tags }: Pick<RepositoryRefs, 'tags'>,
): readonly string[] {
  return [...tags].flatMap(([name, at]) => (at === commit ? [name] : [])).toSorted()
}

function isFull(name: string): boolean {
  const version = parseVersion(name)
  return version !== undefined && isExact(version)
}
