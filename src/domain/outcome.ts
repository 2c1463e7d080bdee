import type { CommitSha } from './sha.ts'

/** What came of asking what one ref of one repository names. */
export type Resolution =
  | {
      readonly kind: 'commit'
      readonly commit: CommitSha
      readonly through: 'tag' | 'branch' | 'sha'
    }
  /** The 40 digits are an annotated tag's own id; `commit` is what the tag peels to. */
  | { readonly kind: 'tag-object'; readonly commit: CommitSha }
  /** A tag and a branch of this name are different commits. */
  | { readonly kind: 'ambiguous'; readonly tag: CommitSha; readonly branch: CommitSha }
  /** No ref has this name, but it could be a shortened SHA; `tips` are the tags' and branches' commits that begin so. */
  | { readonly kind: 'short-sha'; readonly tips: readonly CommitSha[] }
  | { readonly kind: 'ref-not-found' }
  | RepositoryFailure

/** Why one repository could not be asked, while others could. */
export type RepositoryFailure =
  /** GitHub does not tell a missing repository from a private one that the token may not read. */
  | { readonly kind: 'repository-not-found' }
  | {
      readonly kind: 'forbidden'
      readonly reason: 'saml' | 'permission' | 'blocked'
      readonly detail: string
    }
  /** The host answered, but not with anything that could be understood. */
  | { readonly kind: 'broken'; readonly detail: string }

/** Why nothing could be asked at all. The run writes nothing and ends with exit code 2. */
export type HostFailure =
  | { readonly kind: 'network'; readonly host: string; readonly detail: string }
  | { readonly kind: 'unauthorized'; readonly host: string; readonly detail: string }
  /** `until`: when the host will answer again, in milliseconds since the epoch, where it said so. */
  | {
      readonly kind: 'rate-limited'
      readonly host: string
      readonly until: number | undefined
      readonly detail: string
    }
  | { readonly kind: 'unusable'; readonly host: string; readonly detail: string }
