import type { Ref } from './ref.ts'
import { parseReference, type ReferenceFault } from './reference.ts'

/** A repository that a person names: `owner/repo`, or at a ref `owner/repo@ref`. */
export interface RepositoryTarget {
  readonly owner: string
  readonly repo: string
  /** `undefined` for the default branch. */
  readonly ref: Ref | undefined
  /** As written. */
  readonly text: string
}

/** Why a text names no repository. `has-path`: it names a folder or a file in one. */
export type TargetFault = ReferenceFault | 'has-path'

/** Reads what a person names as a repository, by the rules of a reference. */
export function parseTarget(text: string): RepositoryTarget | TargetFault {
  const hasRef = text.includes('@')
  const reference = parseReference(hasRef ? text : `${text}@HEAD`, 'step')
  if (typeof reference === 'string') return reference
  if (!('ref' in reference)) return 'not-owner-repo'
  const { owner, repo, path, ref } = reference
  return path === '' ? { owner, repo, ref: hasRef ? ref : undefined, text } : 'has-path'
}
