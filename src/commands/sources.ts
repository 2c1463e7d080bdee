import {
  discover,
  type Discovery,
  type DiscoveredFile,
  type DiscoveryFault,
  type Found,
} from '../apply/discover.ts'
import { gitLister } from '../apply/git-files.ts'
import { localTarget, type LocalTarget } from '../apply/local-target.ts'
import { readSource, type SourceFile } from '../apply/read.ts'
import type { FileProblem } from '../domain/problem.ts'
import { locate, type LocatedFile } from '../yaml/locate.ts'

/** A file with its sites. */
export interface LocatedSource {
  readonly path: string
  readonly source: SourceFile
  readonly located: LocatedFile
}

/** Which files a run is about. */
export interface SourceOptions {
  /** The current folder, absolute. */
  readonly cwd: string
  /** Files and folders; none for the repository that `cwd` is in. */
  readonly paths: readonly string[]
  /** The environment that `git ls-files` runs in. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The files that a run is about, read and understood. */
export interface Sources {
  readonly kind: 'sources'
  readonly found: Found
  readonly files: readonly LocatedSource[]
  /** Files that could not be read or understood. */
  readonly problems: readonly FileProblem[]
}

/**
 * Finds and reads the files of a run. Where the run is about a whole repository, `./` and `$/` references are
 * followed to files that git does not track or that bear another name.
 */
export async function readSources({
  cwd,
  paths,
  env,
}: SourceOptions): Promise<Sources | DiscoveryFault> {
  const found: Discovery = await discover({ cwd, paths, git: gitLister(env) })
  if (found.kind === 'usage') return found
  const files = new Map<string, LocatedSource | undefined>()
  const problems: FileProblem[] = [...found.problems]
  let open: readonly DiscoveredFile[] = found.files
  while (open.length > 0) {
    const results = await Promise.all(open.map(readAndLocate))
    for (const [index, file] of open.entries()) {
      const result = results[index]
      files.set(file.absolute, result?.kind === 'located' ? result.file : undefined)
      if (result?.kind === 'problem') problems.push(result.problem)
    }
    if (paths.length > 0) break
    const located = results.flatMap((result) => (result.kind === 'located' ? [result.file] : []))
    const targets = (await Promise.all(located.map((file) => followLocal(found, file)))).flat()
    for (const target of targets)
      if (target.kind === 'problem' && !problems.some(({ file }) => file === target.problem.file))
        problems.push(target.problem)
    open = unseen(targets, files)
  }
  const located = [...files.values()].filter((file) => file !== undefined)
  return { kind: 'sources', found, files: located.toSorted(byPath), problems }
}

type ReadAndLocated =
  | { readonly kind: 'located'; readonly file: LocatedSource }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  | { readonly kind: 'irrelevant' }

async function readAndLocate(file: DiscoveredFile): Promise<ReadAndLocated> {
  const read = await readSource(file)
  if (read.kind === 'problem') return read
  const { path } = file
  const located = locate(read.file.text)
  switch (located.kind) {
    case 'located':
      return { kind: 'located', file: { path, source: read.file, located } }
    case 'yaml':
      return {
        kind: 'problem',
        problem: { code: 'yaml', file: path, position: located.position, detail: located.detail },
      }
    case 'not-a-workflow':
      return meansToBeWorkflow(file)
        ? { kind: 'problem', problem: { code: 'not-a-workflow', file: path } }
        : { kind: 'irrelevant' }
  }
}

// Other YAML files of a folder may be anything, and an `action.yml` need not be GitHub's.
function meansToBeWorkflow({ named, path }: DiscoveredFile): boolean {
  return named || /(?:^|\/)(?:\.github\/workflows|workflow-templates)\/[^/]+$/.test(path)
}

async function followLocal(
  found: Found,
  { source, located }: LocatedSource,
): Promise<LocalTarget[]> {
  return Promise.all(
    located.sites.flatMap(({ reference }) => {
      if (
        typeof reference === 'string' ||
        (reference.kind !== 'local' && reference.kind !== 'self')
      )
        return []
      const position = reference.leadsTo === 'workflow' ? 'job' : 'step'
      return [localTarget(found, source, reference.path, position)]
    }),
  )
}

function unseen(
  targets: readonly LocalTarget[],
  seen: ReadonlyMap<string, unknown>,
): DiscoveredFile[] {
  const files = targets.flatMap((target) => (target.kind === 'file' ? [target.file] : []))
  const fresh = new Map(files.map((file) => [file.absolute, file]))
  return [...fresh.values()].filter(({ absolute }) => !seen.has(absolute))
}

function byPath(a: LocatedSource, b: LocatedSource): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
