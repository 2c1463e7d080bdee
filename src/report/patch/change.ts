import { repositoryKey, type RemoteReference } from '../../domain/reference.ts'
import type { Pin } from '../../plan/decision.ts'
import type { FilePlan, PlannedSite } from '../../plan/plan.ts'
import type { Site } from '../../yaml/locate.ts'

/** One reference that a patch pins. */
export interface PatchChange {
  readonly file: string
  readonly site: Site
  readonly reference: RemoteReference
  readonly pin: Pin
}

/** The files that a patch changes: those in which something is pinned. What is pinned already is no reason to bother anybody. */
export function patchedFiles(files: readonly FilePlan[]): FilePlan[] {
  return files.filter(({ sites }) => sites.some(({ change }) => change === 'pinned'))
}

/** What a patch pins, in the order of the files. */
export function patchChanges(files: readonly FilePlan[]): PatchChange[] {
  return files.flatMap(({ path, sites }) => sites.flatMap((site) => changeOf(path, site)))
}

/** Whether what is pinned is of the very repository that uses it. */
export function isOwn(
  { reference }: PatchChange,
  repository: { readonly owner: string; readonly repo: string },
): boolean {
  return repositoryKey(reference) === repositoryKey(repository)
}

/** Whether a file is a workflow rather than an action. */
export function isWorkflowFile(path: string): boolean {
  return path.startsWith('.github/workflows/')
}

function changeOf(file: string, { site, decision, change }: PlannedSite): PatchChange[] {
  const { reference } = site
  const isPinned = change === 'pinned' && decision.kind === 'pin'
  if (!isPinned || typeof reference === 'string' || !('ref' in reference)) return []
  return [{ file, site, reference, pin: decision }]
}
