import { dirname, join, resolve } from 'node:path'
import { byCodeUnits } from '../domain/order.ts'
import type { FileProblem } from '../domain/problem.ts'
import { entryAt, exists, symlinkOnTheWay } from './entry.ts'
import { isYamlName, searchTree } from './folder.ts'
import { gitLister, type ListTracked } from './git-files.ts'
import { canonicalPath, displayPath, isInside, type Place } from './place.ts'
import {
  findRepository,
  findUntrackedRoot,
  looksLikeRepository,
  repositoryFiles,
} from './repository.ts'
import { symlink, unreadable, type Sighting } from './sighting.ts'

/** One file to look for references in. It was a regular file when it was found. */
export interface DiscoveredFile {
  /** As people see it; see {@link displayPath}. May hold any character but NUL, a line feed included. */
  readonly path: string
  readonly absolute: string
  /** Absolute: the root of the repository that holds the file, which `./` references start from. */
  readonly root: string
  /** Whether the user named this very file, and so means it to be a workflow or a manifest. */
  readonly named: boolean
}

/** What was found: files by path, each once, and what could not be looked at. */
export interface Found extends Place {
  readonly kind: 'found'
  readonly files: readonly DiscoveredFile[]
  readonly problems: readonly FileProblem[]
}

/** Why there was nothing to look in: the command was used wrongly. */
export type DiscoveryFault =
  | { readonly kind: 'usage'; readonly code: 'missing-paths'; readonly paths: readonly string[] }
  | { readonly kind: 'usage'; readonly code: 'no-repository'; readonly cwd: string }

/** What came of looking for files. */
export type Discovery = Found | DiscoveryFault

export interface DiscoverOptions {
  /** The current folder, absolute. */
  readonly cwd: string
  /** Files and folders as the user gave them, absolute or relative to `cwd`; none for the repository that `cwd` is in. */
  readonly paths: readonly string[]
  readonly git?: ListTracked
}

/**
 * Finds the files that hold references. Without paths, those of the repository that the current folder is
 * in. A named file is taken whatever it is called; of a named folder, a repository's files where it
 * is one or has `.github`, else all YAML files below it. Symbolic links inside a repository are
 * problems, and never followed.
 */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const { paths, git = gitLister() } = options
  const cwd = await canonicalPath(resolve(options.cwd))
  const repository = await findRepository(cwd)
  const place: Place = { root: repository ?? cwd, cwd }
  if (paths.length === 0) {
    if (repository === undefined && !(await looksLikeRepository(cwd)))
      return { kind: 'usage', code: 'no-repository', cwd }
    return found(place, [], await repositoryFiles(place, place.root, git))
  }
  const visits = await Promise.all(
    paths.map((path) => visit(path, { place, git, inRepository: repository !== undefined })),
  )
  const missing = paths.filter((_, index) => visits[index]?.kind === 'missing')
  if (missing.length > 0) return { kind: 'usage', code: 'missing-paths', paths: missing }
  return found(
    place,
    visits.flatMap((each) => (each.kind === 'file' ? each.sightings : [])),
    visits.flatMap((each) => (each.kind === 'folder' ? each.sightings : [])),
  )
}

/** What to tell the user, and what to do next. */
export function discoveryFaultMessage(fault: DiscoveryFault): string {
  switch (fault.code) {
    case 'missing-paths':
      return `no such file or folder: ${fault.paths.map((path) => JSON.stringify(path)).join(', ')}`
    case 'no-repository':
      return `${fault.cwd} is not in a git repository and has neither .github/workflows nor action.yml: go to a repository, or name the files and folders to look in`
  }
}

interface Search {
  readonly place: Place
  readonly git: ListTracked
  /** Whether `place.root` is a repository's. */
  readonly inRepository: boolean
}

type Visit =
  | { readonly kind: 'file' | 'folder'; readonly sightings: readonly Sighting[] }
  | { readonly kind: 'missing' }

async function visit(path: string, { place, git, inRepository }: Search): Promise<Visit> {
  const given = resolve(place.cwd, path)
  const entry = path === '' ? { kind: 'missing' as const } : await entryAt(given)
  if (entry.kind === 'missing') return { kind: 'missing' }
  const base =
    inRepository && isInside(given, place.root) ? place.root : await findRepository(dirname(given))
  const link = await symlinkOnTheWay(base ?? dirname(given), given)
  if (link !== undefined) return { kind: 'file', sightings: [symlink(place, link)] }
  const absolute = await canonicalPath(given)
  switch (entry.kind) {
    case 'file':
      return { kind: 'file', sightings: [{ kind: 'file', absolute }] }
    case 'folder':
      return { kind: 'folder', sightings: await folderFiles(place, absolute, git) }
    case 'symlink':
      return { kind: 'file', sightings: [symlink(place, given)] }
    case 'other':
      return { kind: 'file', sightings: [unreadable(place, given, 'it is not a regular file')] }
    case 'unreadable':
      return { kind: 'file', sightings: [unreadable(place, given, entry.detail)] }
  }
}

async function folderFiles(
  place: Place,
  folder: string,
  git: ListTracked,
): Promise<readonly Sighting[]> {
  const isRepository =
    (await exists(join(folder, '.git'))) || (await exists(join(folder, '.github')))
  return isRepository
    ? repositoryFiles(place, folder, git)
    : searchTree(place, folder, { wanted: isYamlName, enterRepositories: true })
}

async function found(
  place: Place,
  named: readonly Sighting[],
  others: readonly Sighting[],
): Promise<Found> {
  const all = [...named, ...others]
  const explicit = new Set(filesOf(named))
  const absolutes = [...new Set(filesOf(all))]
  const folders = [...new Set(absolutes.map((absolute) => dirname(absolute)))]
  const roots = new Map(
    await Promise.all(
      folders.map(async (folder) => [folder, await rootOf(place, folder)] as const),
    ),
  )
  const files = absolutes.map((absolute) => ({
    path: displayPath(place, absolute),
    absolute,
    root: roots.get(dirname(absolute)) ?? place.root,
    named: explicit.has(absolute),
  }))
  const problems = all.flatMap((each) => (each.kind === 'problem' ? [each.problem] : []))
  return {
    kind: 'found',
    ...place,
    files: files.toSorted((a, b) => byCodeUnits(a.path, b.path)),
    problems: uniqueByFile(problems).toSorted((a, b) => byCodeUnits(a.file, b.file)),
  }
}

function filesOf(sightings: readonly Sighting[]): string[] {
  return sightings.flatMap((each) => (each.kind === 'file' ? [each.absolute] : []))
}

async function rootOf(place: Place, folder: string): Promise<string> {
  const root = (await findRepository(folder)) ?? (await findUntrackedRoot(folder))
  return root ?? (isInside(folder, place.root) ? place.root : folder)
}

function uniqueByFile(problems: readonly FileProblem[]): FileProblem[] {
  return [...new Map(problems.map((problem) => [problem.file, problem])).values()]
}
