import type { FilePlan } from '../plan/plan.ts'
import { locateParsed, type LocatedFile } from '../yaml/locate.ts'
import { walkFiles, type GraphResult } from './graph.ts'
import type { Connect, PlanFailure } from './make-plan.ts'
import type { Sources } from './sources.ts'

/**
 * Walks from the workflows of a run as these plans leave them.
 * @param made actions' manifests that are to stand there, by their paths below the root
 */
export function walkPlanned(
  sources: Sources,
  plans: readonly FilePlan[],
  connect: Connect,
  made?: ReadonlyMap<string, LocatedFile>,
): Promise<GraphResult | PlanFailure> {
  return walkFiles(sources, plannedFiles(sources, plans), connect, made)
}

/** The files of a run as these plans leave them, by their paths. */
export function plannedFiles(
  sources: Sources,
  plans: readonly FilePlan[],
): ReadonlyMap<string, LocatedFile> {
  const files = new Map(sources.files.map(({ path, located }) => [path, located]))
  for (const { path, before, after, parsedAfter } of plans) {
    const located = before === after ? undefined : locateParsed(parsedAfter)
    if (located?.kind === 'located') files.set(path, located)
  }
  return files
}
