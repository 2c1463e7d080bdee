import type { LocalReference, RemoteReference, SelfReference } from '../domain/reference.ts'
import type { Ref } from '../domain/ref.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { Site } from '../yaml/locate.ts'
import type { Target } from './graph.ts'

/** What stands in a file is read against: the workspace, or a repository at a commit. */
export type Origin =
  | { readonly kind: 'workspace' }
  | {
      readonly kind: 'repository'
      readonly owner: string
      readonly repo: string
      readonly commit: CommitSha
    }

/** Where a reference leads. */
export type Destination =
  | { readonly kind: 'known'; readonly target: Target }
  | { readonly kind: 'workspace'; readonly reference: LocalReference | SelfReference }
  | RepositoryPlace

/** A place in a repository. */
export interface RepositoryPlace {
  readonly kind: 'repository'
  readonly owner: string
  readonly repo: string
  readonly path: string
  readonly leadsTo: 'action' | 'workflow'
  readonly ref: Ref
}

/**
 * Where a site's reference leads, by the runner's rules: `$/` is the repository of the file it stands in, at that
 * file's commit; so is a called workflow by `./`; any other `./` is the workspace of the repository that runs, even in an action of another.
 */
export function destinationOf({ reference }: Site, origin: Origin): Destination {
  if (typeof reference === 'string')
    return {
      kind: 'known',
      target: { kind: 'unknown', reason: { kind: 'not-understood', fault: reference } },
    }
  switch (reference.kind) {
    case 'image':
      return { kind: 'known', target: { kind: 'leaf', what: 'image', image: reference.image } }
    case 'action':
    case 'workflow':
      return placeOf(reference)
    case 'local':
    case 'self': {
      const { leadsTo, path } = reference
      if (origin.kind === 'workspace' || (reference.kind === 'local' && leadsTo === 'action'))
        return { kind: 'workspace', reference }
      const { owner, repo, commit } = origin
      return {
        kind: 'repository',
        owner,
        repo,
        path,
        leadsTo,
        ref: { kind: 'sha', sha: commit, text: commit },
      }
    }
  }
}

function placeOf({ kind, owner, repo, path, ref }: RemoteReference): RepositoryPlace {
  return { kind: 'repository', owner, repo, path, leadsTo: kind, ref }
}
