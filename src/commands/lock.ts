import { join } from 'node:path'
import { exists } from '../apply/entry.ts'
import { displayPath } from '../apply/place.ts'
import { readBytes } from '../apply/read.ts'
import type { LockedRun, LockedWorkflow, Lockfile } from '../check/accuse-locked.ts'
import type { FileProblem } from '../domain/problem.ts'
import { parseCommitSha } from '../domain/sha.ts'
import type { Policy } from '../plan/policy.ts'
import { readLockedCommits, readLockfile } from '../yaml/lockfile.ts'
import { reachedBySelf } from './reached-by-self.ts'
import type { LocatedSource, Sources } from './sources.ts'

/** What GitHub's lockfiles of actions say of the files of a run. */
export interface Lock {
  /** Whether a lockfile lists a workflow, or one that leads to an action by `$/`: what those use must agree with it. */
  readonly isLocked: Policy['isLocked']
  /** The listed workflows to which the references of a file belong. */
  readonly workflowsOf: (file: string) => readonly LockedWorkflow[]
  /** Those that could be read. */
  readonly files: readonly Lockfile[]
  readonly problems: readonly FileProblem[]
}

/** As if there were no lockfile. */
export const unlocked: Lock = {
  isLocked: () => false,
  workflowsOf: () => [],
  files: [],
  problems: [],
}

/**
 * Reads the lockfile of every repository that the files are of. One that cannot be read may list any
 * workflow: then none of that repository is edited.
 */
export async function readLock({ found, files }: Sources): Promise<Lock> {
  const roots = new Set(files.map(({ source }) => source.root))
  const read = await Promise.all([...roots].map((root) => readOne(root, found)))
  const held = read.flatMap((lock) => (lock === undefined ? [] : holdFiles(lock, files)))
  const locked = new Set(held.map(({ file }) => file))
  return {
    isLocked: (file) => locked.has(file),
    workflowsOf: (path) => held.flatMap(({ file, by }) => (file === path ? (by ?? []) : [])),
    files: read.flatMap((lock) => (lock?.listed === undefined ? [] : [lock.lockfile])),
    problems: read.flatMap((lock) =>
      lock === undefined || lock.listed !== undefined
        ? []
        : [{ code: 'lockfile', file: lock.lockfile.path }],
    ),
  }
}

/** The lockfile of one repository. */
interface ReadLock {
  readonly root: string
  readonly lockfile: Lockfile
  /** `undefined` where it cannot be read. */
  readonly listed: ReturnType<typeof readLockfile>
}

async function readOne(root: string, found: Sources['found']): Promise<ReadLock | undefined> {
  const absolute = join(root, '.github', 'workflows', 'actions.lock')
  if (!(await exists(absolute))) return undefined
  const bytes = await readBytes(absolute)
  const text = bytes instanceof Uint8Array ? bytes.toString('utf8') : ''
  const lockfile = {
    path: displayPath(found, absolute),
    commits: readLockedCommits(text).map(runOf),
  }
  return { root, lockfile, listed: readLockfile(text) }
}

/** A file whose references must agree with a lockfile, and the workflow by which; `undefined` where the lockfile cannot be read. */
interface Held {
  readonly file: string
  readonly by: LockedWorkflow | undefined
}

function holdFiles({ root, lockfile, listed }: ReadLock, files: Sources['files']): Held[] {
  const own = files.filter(({ source }) => source.root === root)
  const byPath = new Map(own.map((file) => [pathInRepository(file), file]))
  return [...byPath].flatMap(([inside, workflow]): Held[] => {
    const uses = listed?.get(inside)
    const mayBeListed = listed === undefined && inside.startsWith('.github/workflows/')
    if (uses === undefined && !mayBeListed) return []
    return reachedBySelf(workflow, byPath).map(({ file, way }) => ({
      file: file.path,
      by: uses === undefined ? undefined : { path: workflow.path, lockfile, uses, way },
    }))
  })
}

function runOf({ key, commit, position }: ReturnType<typeof readLockedCommits>[number]): LockedRun {
  const digits = /^sha1-(.*)$/.exec(commit)?.[1]
  return { key, commit: digits === undefined ? undefined : parseCommitSha(digits), position }
}

function pathInRepository({ source: { root, absolute } }: LocatedSource): string {
  return displayPath({ root, cwd: root }, absolute)
}
