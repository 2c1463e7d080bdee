import type { LocalReference, SelfReference } from '../domain/reference.ts'
import type { LocatedFile } from '../yaml/locate.ts'

/** The repository's own files, as `./` and `$/` references reach them. */
export interface Workspace {
  readonly open: (reference: LocalReference | SelfReference) => Promise<WorkspaceFile>
}

export type WorkspaceFile =
  | { readonly kind: 'located'; readonly path: string; readonly located: LocatedFile }
  | { readonly kind: 'dockerfile' }
  /** Nothing is there; `tried` are the places where something could be. */
  | { readonly kind: 'missing'; readonly tried: readonly string[] }
  /** The copy of an action stood there, by the record of the copies: of which, as `owner/repo[/path]`. */
  | { readonly kind: 'copy-missing'; readonly action: string }
  | { readonly kind: 'unreadable'; readonly detail: string }
