import type { RepositoryName } from './cache/manifest-store.ts'

/** `owner/repo` as two segments of a URL's path. */
export function repositoryPath({ owner, repo }: RepositoryName): string {
  return `${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`
}
