import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import type { CommitSha, ShortSha } from '../domain/sha.ts'
import type { GitHub } from './port.ts'

/** All that can be asked of a GitHub host. Every part returns a failure of the host as a whole, and never throws it. */
export interface Connection
  extends GitHub, Archives, CommitDates, Expansions, Reachability, Advisories {}

/** A commit of a repository, as somebody wrote the names. */
export interface RepositoryCommit {
  readonly owner: string
  readonly repo: string
  readonly commit: CommitSha
}

/** Brings whole repositories. */
export interface Archives {
  readonly readArchive: (at: RepositoryCommit) => Promise<Archive | RepositoryFailure | HostFailure>
}

/** What the host packs of a repository at a commit: what a runner downloads for an action. */
export interface Archive {
  readonly kind: 'archive'
  /** Whose it is, as in `https://HOST/owner/repo`. */
  readonly host: string
  /** By path below the repository's root, with `/`: never absolute, without `.`, `..`, empty parts or backslashes. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>
}

/** Folders are not listed. */
export type ArchiveEntry =
  | { readonly kind: 'file'; readonly executable: boolean; readonly bytes: Uint8Array }
  /** A symbolic link; where it leads was not looked at. */
  | { readonly kind: 'link'; readonly target: string }

/** Tells when commits were made. */
export interface CommitDates {
  /** In one round; a commit of which the date cannot be had is left out, with the reason beside it. */
  readonly readDates: (
    commits: readonly RepositoryCommit[],
  ) => Promise<{ readonly kind: 'dates'; readonly of: DateOf } | HostFailure>
}

/** Milliseconds since the epoch, by the committer's clock; a text says why it is not known. */
export type DateOf = (at: RepositoryCommit) => number | string

/** Tells which commits shortened SHAs are of. */
export interface Expansions {
  /** With a token all of them in one round. Whatever fails is the answer to what was asked, and ends no run. */
  readonly expandShas: (shortened: readonly ShortenedCommit[]) => Promise<ExpansionOf>
}

/** A shortened SHA, under the name of a repository as somebody wrote it. */
export interface ShortenedCommit {
  readonly owner: string
  readonly repo: string
  readonly digits: ShortSha
}

export type ExpansionOf = (at: ShortenedCommit) => Expansion

export type Expansion =
  /** It begins with the digits. As with every commit, it may be a fork's. */
  | { readonly kind: 'commit'; readonly commit: CommitSha }
  /** No commit begins so, or several do: the host does not tell which. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Tells whether commits are really a repository's: forks share their objects with it, so any of theirs resolves under its name. */
export interface Reachability {
  /** In as few rounds as the protocol allows. */
  readonly findReach: (
    questions: readonly ReachQuestion[],
  ) => Promise<{ readonly kind: 'reaches'; readonly of: ReachOf } | HostFailure>
}

/** Which commit, and what the caller knows of it already from the refs of this run: what is known is not asked again. */
export interface ReachQuestion extends RepositoryCommit {
  /** Tags, or with `refs/heads/` before their names branches, of which it is asked whether their history holds the commit. */
  readonly tags: readonly string[]
  /** What those tags are, as far as it is known: whether one commit comes after another never changes, so it can be kept. */
  readonly tagCommits?: ReadonlyMap<string, CommitSha>
  /** What the commit is the tip of; `none`: of nothing that the caller knows. Left out: the refs are asked for once more. */
  readonly tip?: 'branch' | 'tag' | 'none'
  /** Whether it matters if a branch has the commit that is a tag's tip. Without this such a commit costs no request. */
  readonly deep?: boolean
  /** Whether it matters if the commit that is a tag's tip came by a pull request that no branch took in: one request by git for a repository. */
  readonly pulls?: boolean
}

export type ReachOf = (at: RepositoryCommit) => Reach

export interface Reach {
  /** What of the repository has the commit in its history. */
  readonly by: ReachedBy
  /** Of the tags and branches asked for: those that are the commit or come after it, and those that do not. One that stands in neither is not known. */
  readonly after: ReadonlySet<string>
  readonly apart: ReadonlySet<string>
}

export type ReachedBy =
  | { readonly kind: 'branch' }
  /** A tag, at the least; whether a branch does too was not asked (`deep`), or does not matter (`pulls`): it is no pull request's. */
  | { readonly kind: 'tag' }
  /** Tags, and no branch: release commits are often made so. */
  | { readonly kind: 'tags-only' }
  /** Tags, and no branch; and it is the head of this pull request (`pulls`): tags were moved to what anybody can bring. */
  | { readonly kind: 'pull-request'; readonly number: number }
  /** Nothing: an impostor. */
  | { readonly kind: 'nothing' }
  /** The host said for sure that it has no such commit, neither of the repository nor of any fork. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'undetermined'; readonly detail: string }

/** Brings what GitHub's advisory database says of actions. */
export interface Advisories {
  readonly readAdvisories: () => Promise<AdvisoryList | HostFailure>
}

export interface AdvisoryList {
  readonly kind: 'advisories'
  readonly vulnerabilities: readonly Vulnerability[]
}

/** One vulnerable range of one action, by an advisory that was not withdrawn. */
export interface Vulnerability {
  /** `GHSA-…` */
  readonly id: string
  /** `owner/repo`, perhaps with a path, as the advisory writes it. */
  readonly action: string
  readonly severity: 'low' | 'moderate' | 'high' | 'critical'
  readonly summary: string
  /** As written, such as `>= 87, < 90`. */
  readonly range: string
  /** The first version that is not vulnerable any more, as written; `undefined` where there is none. */
  readonly patched: string | undefined
  readonly url: string
}
