import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { entryAt, exists } from './entry.ts'
import type { Place } from './place.ts'
import { sight, symlink, unreadable, type Sighting } from './sighting.ts'
import { systemDetail } from './system-error.ts'

/** Which files of a tree are wanted. */
export interface TreeSearch {
  readonly wanted: (name: string) => boolean
  /** Whether to enter folders that are repositories of their own, such as submodules. */
  readonly enterRepositories: boolean
}

/** Whether GitHub would take a file of this name for YAML. It compares with case. */
export function isYamlName(name: string): boolean {
  return name.endsWith('.yml') || name.endsWith('.yaml')
}

/** Whether the file of this name is an action's manifest. */
export function isActionName(name: string): boolean {
  return name === 'action.yml' || name === 'action.yaml'
}

/** The YAML files that stand in a folder itself. A folder that is not there holds none. */
export async function yamlFilesIn(place: Place, folder: string): Promise<readonly Sighting[]> {
  const entry = await entryAt(folder)
  if (entry.kind === 'symlink') return [symlink(place, folder)]
  if (entry.kind !== 'folder' && entry.kind !== 'unreadable') return []
  const entries = await list(place, folder)
  if ('kind' in entries) return [entries]
  const names = entries.map((each) => each.name).filter(isYamlName)
  return (await Promise.all(names.map((name) => sight(place, join(folder, name))))).flat()
}

/**
 * The wanted files of a whole tree, without `.git` and `node_modules`. Linked folders are not entered: what
 * they lead to is either in the tree too, or not of it.
 */
export async function searchTree(
  place: Place,
  folder: string,
  search: TreeSearch,
): Promise<readonly Sighting[]> {
  const entries = await list(place, folder)
  if ('kind' in entries) return [entries]
  return (await Promise.all(entries.map((entry) => visit(place, folder, entry, search)))).flat()
}

async function visit(
  place: Place,
  folder: string,
  entry: Dirent,
  search: TreeSearch,
): Promise<readonly Sighting[]> {
  const absolute = join(folder, entry.name)
  if (!entry.isDirectory()) return search.wanted(entry.name) ? sight(place, absolute) : []
  if (entry.name === '.git' || entry.name === 'node_modules') return []
  if (!search.enterRepositories && (await exists(join(absolute, '.git')))) return []
  return searchTree(place, absolute, search)
}

async function list(place: Place, folder: string): Promise<readonly Dirent[] | Sighting> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    return unreadable(place, folder, systemDetail(error))
  }
}
