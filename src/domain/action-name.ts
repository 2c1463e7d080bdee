import {
  parseReference,
  repositoryKey,
  type ReferenceFault,
  type RemoteReference,
} from './reference.ts'

/** An action as a person names it: `owner/repo[/path][@ref]`. */
export interface ActionName {
  readonly kind: 'action-name'
  readonly owner: string
  readonly repo: string
  /** Below the repository's root; empty for the root. */
  readonly path: string
  /** With the ref, where one was given. */
  readonly reference: RemoteReference | undefined
  readonly text: string
}

/** Reads the name of an action. */
export function parseActionName(text: string): ActionName | ReferenceFault {
  const hasRef = text.includes('@')
  // Any ref will do to read the rest.
  const reference = parseReference(hasRef ? text : `${text}@v1`, 'step')
  if (typeof reference === 'string') return reference
  if (reference.kind !== 'action') return 'not-owner-repo'
  const { owner, repo, path } = reference
  return {
    kind: 'action-name',
    owner,
    repo,
    path,
    reference: hasRef ? reference : undefined,
    text,
  }
}

/** Whether two names mean the same action: GitHub ignores case in owners and repositories, but not in paths. */
export function isSameAction(
  a: Pick<ActionName, 'owner' | 'repo' | 'path'>,
  b: Pick<ActionName, 'owner' | 'repo' | 'path'>,
): boolean {
  return repositoryKey(a) === repositoryKey(b) && a.path === b.path
}
