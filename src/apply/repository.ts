import { dirname, join } from 'node:path'
import { entryAt, exists, symlinkOnTheWay } from './entry.ts'
import { isActionName, searchTree, yamlFilesIn } from './folder.ts'
import type { ListTracked } from './git-files.ts'
import type { Place } from './place.ts'
import { sight, symlink, type Sighting } from './sighting.ts'

/** The nearest folder, from this one upwards, with a `.git`: a folder, or a file in a worktree or submodule. */
export function findRepository(folder: string): Promise<string | undefined> {
  return nearest(folder, '.git')
}

/** The nearest folder upwards that a `./` reference starts from where there is no git: the one that holds `.github`. */
export function findUntrackedRoot(folder: string): Promise<string | undefined> {
  return nearest(folder, '.github')
}

/** Whether a folder outside any repository is laid out as one: it has workflows or is an action. */
export async function looksLikeRepository(folder: string): Promise<boolean> {
  const signs = [join('.github', 'workflows'), 'action.yml', 'action.yaml']
  const found = await Promise.all(signs.map((sign) => exists(join(folder, sign))))
  return found.includes(true)
}

/**
 * A repository's own files: its workflows, its workflow templates, and every action's manifest that git
 * tracks. Where git cannot say, the manifests of the whole tree, other repositories inside it left out.
 */
export async function repositoryFiles(
  place: Place,
  root: string,
  git: ListTracked,
): Promise<readonly Sighting[]> {
  const found = await Promise.all([
    workflows(place, root),
    yamlFilesIn(place, join(root, 'workflow-templates')),
    actions(place, root, git),
  ])
  return found.flat()
}

async function workflows(place: Place, root: string): Promise<readonly Sighting[]> {
  const folder = join(root, '.github')
  const entry = await entryAt(folder)
  return entry.kind === 'symlink'
    ? [symlink(place, folder)]
    : yamlFilesIn(place, join(folder, 'workflows'))
}

async function actions(place: Place, root: string, git: ListTracked): Promise<readonly Sighting[]> {
  const tracked = (await exists(join(root, '.git'))) ? await git(root) : undefined
  if (tracked === undefined)
    return searchTree(place, root, { wanted: isActionName, enterRepositories: false })
  const found = tracked.map(async (path) => {
    const absolute = join(root, ...path.split('/'))
    const link = await symlinkOnTheWay(root, absolute)
    return link === undefined ? sight(place, absolute) : [symlink(place, link)]
  })
  return (await Promise.all(found)).flat()
}

async function nearest(folder: string, name: string): Promise<string | undefined> {
  if (await exists(join(folder, name))) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : nearest(parent, name)
}
