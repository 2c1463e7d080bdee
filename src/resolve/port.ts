import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import type { Ref, RefName } from '../domain/ref.ts'
import type { CommitSha } from '../domain/sha.ts'

/** What a run asks of one repository, all in one go. */
export interface RepositoryQuestion {
  readonly owner: string
  readonly repo: string
  /** Names to look up both as a tag and as a branch, by their full ref names. */
  readonly names: readonly RefName[]
  /** SHAs that a reference names: is it a commit, or the object of an annotated tag? */
  readonly shas: readonly CommitSha[]
  /** Which further tags to list, for labels. */
  readonly tags: TagList
  /** Manifests to bring along, at the commits that these refs name. */
  readonly manifests: readonly ManifestQuestion[]
  /** Whether to say which its default branch is; left out: no. */
  readonly defaultBranch?: boolean
}

/** A manifest to read: that of the action in a folder, or a reusable workflow's file. */
export interface ManifestQuestion {
  readonly ref: Ref
  /** Below the repository's root, with `/`: the action's folder (empty for the root) or the workflow's file. */
  readonly path: string
  readonly kind: 'action' | 'workflow'
}

/** What stands where a manifest should. An action's is `action.yml`, `action.yaml`, `Dockerfile` or `dockerfile`, in the runner's order. */
export type ManifestAnswer =
  | { readonly kind: 'text'; readonly file: string; readonly text: string }
  /** A Dockerfile alone: an action that uses nothing. */
  | { readonly kind: 'dockerfile'; readonly file: string }
  | { readonly kind: 'missing' }
  /** It is there, but is no text, or could not be had. */
  | { readonly kind: 'unreadable'; readonly detail: string }

/** Which tags of a repository to list. */
export type TagList =
  | { readonly kind: 'none' }
  /** Those whose names begin with one of these, such as `v4.` or `login/v1.`. */
  | { readonly kind: 'families'; readonly prefixes: readonly string[] }
  /** As many of the newest as come in one answer, and those of the families. */
  | { readonly kind: 'newest'; readonly prefixes: readonly string[] }
  /** Every one, whatever it costs. */
  | { readonly kind: 'all' }

/** The branch that a repository shows first. */
export interface DefaultBranch {
  readonly name: string
  readonly commit: CommitSha
}

/** What a repository answered. Maps hold what was asked for and exists; they may hold more. */
export interface RepositoryRefs {
  readonly kind: 'refs'
  /** The repository's name today, where it was renamed or moved; else `undefined`. */
  readonly renamedTo: string | undefined
  /** Whether its owner has archived the repository, where the host said so: git does not. */
  readonly archived: boolean | undefined
  /** Tag name to the commit it peels to, through tags of tags. Tags of trees and blobs are left out. */
  readonly tags: ReadonlyMap<string, CommitSha>
  readonly branches: ReadonlyMap<string, CommitSha>
  /** Id of an annotated tag's object to the commit it peels to. */
  readonly tagObjects: ReadonlyMap<string, CommitSha>
  /** The SHAs asked for that the host has no object of, neither in the repository nor in a fork, where it said so: git does not. */
  readonly absent: ReadonlySet<string>
  /** Whether a tag on this commit, of the kind asked for, could exist that `tags` does not hold. */
  readonly mayHaveMoreTags: (commit: CommitSha) => boolean
  /** What was asked for, by {@link manifestKey}: at the commit of the tag and at that of the branch, where a name is both. */
  readonly manifests: ReadonlyMap<string, ManifestAnswer>
  /** Where it was asked for, and there is one: a repository without a commit has none. */
  readonly defaultBranch?: DefaultBranch | undefined
}

/** The key of a manifest in its repository's answer. */
export function manifestKey(
  commit: CommitSha,
  { path, kind }: Pick<ManifestQuestion, 'path' | 'kind'>,
): string {
  return `${commit}:${kind}:${path}`
}

/** One answer to each question. */
export interface RefAnswers {
  readonly kind: 'answers'
  /** By `repositoryKey` of the question. */
  readonly repositories: ReadonlyMap<string, RepositoryRefs | RepositoryFailure>
}

/** What is known of a repository that an answer does not speak of. */
export const LEFT_OUT: RepositoryFailure = {
  kind: 'broken',
  detail: 'the host left this repository out of its answer',
}

/**
 * The port to a GitHub host. Implementations count round trips: all questions of a call go out in as few
 * parallel requests as the protocol allows. Questions name each repository once. A failure of the host as
 * a whole is returned, never thrown.
 */
export interface GitHub {
  readonly lookUp: (questions: readonly RepositoryQuestion[]) => Promise<RefAnswers | HostFailure>
}
