import type { OwnPlace } from '../check/accusation.ts'
import type { LocatedSource } from './sources.ts'

/** A file that a workflow leads to. */
export interface Reached {
  readonly file: LocatedSource
  /** From the workflow down; none for the workflow itself. */
  readonly way: readonly OwnPlace[]
}

/**
 * A workflow, and the actions that it leads to by `$/`: what those use belongs to its entry in GitHub's lockfile. By `./` a lockfile
 * takes in nothing, and a called workflow has an entry of its own.
 * https://github.com/github/gh-actions-lock
 * @param files of the repository, by their paths below its root
 */
export function reachedBySelf(
  workflow: LocatedSource,
  files: ReadonlyMap<string, LocatedSource>,
): readonly Reached[] {
  const reached = new Map<LocatedSource, Reached>([[workflow, { file: workflow, way: [] }]])
  for (const { file, way } of reached.values())
    for (const site of file.located.sites) {
      const { reference } = site
      const isAction =
        typeof reference === 'object' && reference.kind === 'self' && reference.leadsTo === 'action'
      const folder = isAction && reference.path !== '' ? `${reference.path}/` : ''
      const target = isAction
        ? (files.get(`${folder}action.yml`) ?? files.get(`${folder}action.yaml`))
        : undefined
      if (target === undefined || reached.has(target)) continue
      const step: OwnPlace = { file: file.path, located: file.located, site }
      reached.set(target, { file: target, way: [...way, step] })
    }
  return [...reached.values()]
}
