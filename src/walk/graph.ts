import type { Unresolved, UsesFault } from '../domain/problem.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { Position } from '../domain/span.ts'

/** Everything that the files of a repository run, down to the leaves. Each node stands in it once, whatever leads to it. */
export interface Graph {
  readonly nodes: ReadonlyMap<NodeKey, GraphNode>
  /** The workflows of the repository: GitHub's policy looks at what they lead to, and at nothing else. */
  readonly roots: readonly NodeKey[]
}

/** A file's path, or `owner/repo[/path]@commit` in lower case but for the path. */
export type NodeKey = string

export type GraphNode = FileNode | RemoteNode

/** A workflow or an action of the repository itself. */
export interface FileNode {
  readonly kind: 'file'
  readonly key: NodeKey
  readonly path: string
  readonly edges: readonly Edge[]
}

/** An action or a reusable workflow of some repository, at a commit. */
export interface RemoteNode {
  readonly kind: 'remote'
  readonly key: NodeKey
  readonly owner: string
  readonly repo: string
  /** The action's folder or the workflow's file, below the repository's root. */
  readonly path: string
  readonly commit: CommitSha
  readonly edges: readonly Edge[]
}

/** One `uses:` of a node, or an image. */
export interface Edge {
  readonly position: Position
  /** As written. */
  readonly written: string
  /** The label beside it, as written; `undefined` where none is. */
  readonly label: string | undefined
  readonly standing: Standing
  readonly target: Target
}

/**
 * How a reference stands with the SHA policy by what is written alone: `exempt` ones are those that GitHub does not look at;
 * of `open` ones it is not known.
 */
export type Standing = 'pinned' | 'unpinned' | 'exempt' | 'open'

export type Target =
  | { readonly kind: 'node'; readonly key: NodeKey }
  /** An image uses nothing. `image` is its name, as in `alpine:3`; `undefined` where it is built from a Dockerfile. */
  | { readonly kind: 'leaf'; readonly what: 'image'; readonly image: string | undefined }
  /** An action that is a Dockerfile alone: it uses nothing. */
  | { readonly kind: 'leaf'; readonly what: 'dockerfile' }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason }

/** Why it is not known what a reference leads to. */
export type UnknownReason =
  | { readonly kind: 'not-understood'; readonly fault: UsesFault }
  | { readonly kind: 'unresolved'; readonly resolution: Unresolved }
  /** No manifest stands at that place of the repository. */
  | { readonly kind: 'no-manifest' }
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** `./` in an action of another repository is a place in the workspace, where there is nothing. */
  | { readonly kind: 'not-in-workspace'; readonly tried: readonly string[] }
  /** A copy of this action, `owner/repo[/path]`, is recorded to stand in the workspace, and does not. */
  | { readonly kind: 'copy-missing'; readonly action: string }
  /** Below the ten levels that GitHub allows. */
  | { readonly kind: 'too-deep' }
