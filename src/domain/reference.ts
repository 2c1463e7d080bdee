import { parseRef, type Ref, type RefFault } from './ref.ts'

/** What stands in a `uses:`. */
export type Reference = RemoteReference | LocalReference | SelfReference | ImageReference

/** A repository action, or a reusable workflow of a repository. */
export interface RemoteReference {
  readonly kind: 'action' | 'workflow'
  readonly owner: string
  readonly repo: string
  /** The folder or file below the repository's root, with `/` between its parts; empty for the root. */
  readonly path: string
  readonly ref: Ref
  /** As written. */
  readonly text: string
}

/** `./path`: below the workspace. */
export interface LocalReference {
  readonly kind: 'local'
  /** What it leads to: in a step an action's folder, at a job's level a workflow's file. */
  readonly leadsTo: 'action' | 'workflow'
  /** Below the workspace's root, with `/` between its parts, without `.` parts; empty for the root. */
  readonly path: string
  readonly text: string
}

/** `$/path`: below the root of the repository that holds the file, at that file's commit. */
export interface SelfReference {
  readonly kind: 'self'
  readonly leadsTo: 'action' | 'workflow'
  readonly path: string
  readonly text: string
}

/** `docker://image`, a container's or a service's image, or an action's `runs.image`. */
export interface ImageReference {
  readonly kind: 'image'
  /** Without `docker://`; `undefined` where one is built, from a Dockerfile. */
  readonly image: string | undefined
  readonly text: string
}

/** Why a `uses:` text is no reference. */
export type ReferenceFault =
  | RefFault
  | 'empty'
  | 'expression'
  | 'missing-ref'
  | 'two-ats'
  | 'not-owner-repo'
  | 'outside-repository'
  | 'self-with-ref'
  | 'not-a-workflow'

/** Where a `uses:` stands: in a step it names an action, at a job's level a reusable workflow. */
export type UsesPosition = 'step' | 'job'

const OWNER = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*)$/
const REPO = /^[A-Za-z0-9._-]+$/
const WORKFLOW_PATH = /^\.github\/workflows\/[^/]+\.ya?ml$/

/**
 * Reads a `uses:` as the runner does: `docker://`, then `./` or `.\`, then `$/`, else `owner/repo[/path]@ref`
 * split at `@` into exactly two parts. Total: what is no reference is a fault, never a guess.
 */
export function parseReference(text: string, position: UsesPosition): Reference | ReferenceFault {
  if (text.trim() === '') return 'empty'
  if (text.includes('${{')) return 'expression'
  if (text.startsWith('docker://')) return position === 'step' ? parseImage(text) : 'not-a-workflow'
  if (text.startsWith('./') || text.startsWith('.\\')) return parseInside('local', text, position)
  if (text.startsWith('$/'))
    return text.includes('@') ? 'self-with-ref' : parseInside('self', text, position)
  return parseRemote(text, position)
}

/** Reads the image of a `docker://` reference, of a container or a service. */
export function parseImage(text: string): ImageReference {
  return { kind: 'image', image: text.replace(/^docker:\/\//, ''), text }
}

/** Reads the `runs.image` of a Docker action: whatever does not begin with `docker://` is the path of a Dockerfile. */
export function parseActionImage(text: string): ImageReference {
  return text.startsWith('docker://') ? parseImage(text) : { kind: 'image', image: undefined, text }
}

/** The key by which repositories compare: GitHub ignores case in owners and names. */
export function repositoryKey(reference: {
  readonly owner: string
  readonly repo: string
}): string {
  return `${reference.owner}/${reference.repo}`.toLowerCase()
}

/** `owner/repo[/path]` as written, without the ref. */
export function actionName(reference: RemoteReference): string {
  const { owner, repo, path } = reference
  return path === '' ? `${owner}/${repo}` : `${owner}/${repo}/${path}`
}

function parseRemote(text: string, position: UsesPosition): RemoteReference | ReferenceFault {
  const [name = '', refText, ...more] = text.split('@')
  if (more.length > 0) return 'two-ats'
  const [owner = '', repo = '', ...rest] = pathParts(name)
  if (!OWNER.test(owner) || !REPO.test(repo) || repo === '.' || repo === '..')
    return 'not-owner-repo'
  if (rest.includes('..') || rest.includes('.')) return 'outside-repository'
  if (refText === undefined || refText === '') return 'missing-ref'
  const ref = parseRef(refText)
  if (typeof ref === 'string') return ref
  const path = rest.join('/')
  if (position === 'step') return { kind: 'action', owner, repo, path, ref, text }
  return WORKFLOW_PATH.test(path)
    ? { kind: 'workflow', owner, repo, path, ref, text }
    : 'not-a-workflow'
}

function parseInside(
  kind: 'local' | 'self',
  text: string,
  position: UsesPosition,
): LocalReference | SelfReference | ReferenceFault {
  const parts = pathParts(text.slice(2)).filter((part) => part !== '.')
  if (parts.includes('..')) return 'outside-repository'
  const path = parts.join('/')
  if (position === 'job' && !WORKFLOW_PATH.test(path)) return 'not-a-workflow'
  return { kind, leadsTo: position === 'job' ? 'workflow' : 'action', path, text }
}

// The runner takes both slashes and drops empty parts.
function pathParts(text: string): string[] {
  return text.split(/[\\/]/).filter((part) => part !== '')
}
