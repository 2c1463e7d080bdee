/**
 * One repository as the local GitHub serves it: the JSON format of recorded worlds, read-only.
 * `fixtures/worlds/README.md` describes the keys. Every key but `owner` and `name` may be left out.
 */
export interface World {
  readonly owner: string
  readonly name: string
  /** Stays the same through renames. Left out: derived from the name. */
  readonly id?: number
  readonly default_branch?: string
  readonly heads?: Readonly<Record<string, string>>
  readonly tags?: Readonly<Record<string, WorldTag>>
  /** Tags of tags: what stands between `object` and `commit`, the commit included, in order. */
  readonly tag_chains?: Readonly<Record<string, readonly WorldTagLink[]>>
  readonly commits?: Readonly<Record<string, WorldCommit>>
  /** commit → path → blob. A commit without an entry was not recorded. */
  readonly manifests?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly dockerfiles?: Readonly<Record<string, readonly string[]>>
  readonly blobs?: Readonly<Record<string, string>>
  /** Blobs that are no text, as base64. */
  readonly binary_blobs?: Readonly<Record<string, string>>
  /** commit → paths of files that may be run, in archives. */
  readonly executables?: Readonly<Record<string, readonly string[]>>
  /** commit → path → where a symbolic link leads; only archives hold them. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** commit → what is served as its archive, as base64, in place of one made of its files. */
  readonly archives?: Readonly<Record<string, string>>
  /** commit → its parents. What it leaves out, `history.ts` makes up. */
  readonly parents?: Readonly<Record<string, readonly string[]>>
  readonly pull_only?: readonly WorldPull[]
  readonly referenced?: Readonly<Record<string, WorldReferenced>>
  readonly archived?: boolean
  /** Only the good token sees it. */
  readonly private?: boolean
  /** Private, and the good token has no access either. */
  readonly hidden?: boolean
  /** Its organization refuses tokens that were not authorized for SAML single sign-on. */
  readonly saml?: boolean
  /** Earlier `owner/name`s, which redirect here. */
  readonly renamed_from?: readonly string[]
}

export interface WorldTag {
  readonly object: string
  readonly type: 'commit' | 'tag'
  readonly commit: string
}

export type WorldTagLink = readonly [sha: string, type: 'commit' | 'tag']

export interface WorldCommit {
  readonly date: string
  readonly tree: string
}

export interface WorldPull extends WorldCommit {
  readonly sha: string
  readonly ref: string
}

export interface WorldReferenced {
  readonly kind: 'sha' | 'shortsha' | 'tagobject' | 'missing'
  readonly commit?: string
  readonly reachable?: boolean
}
