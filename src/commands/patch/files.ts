import { posix } from 'node:path'
import { decodeText } from '../../apply/decode.ts'
import type { FileProblem } from '../../domain/problem.ts'
import type { FileToPlan } from '../../plan/plan.ts'
import { isManifestPath } from '../../remedy/vendor/archive.ts'
import type { Archive } from '../../resolve/connection.ts'
import { locate } from '../../yaml/locate.ts'
import { readLockfile } from '../../yaml/lockfile.ts'
import { isCallable } from '../../yaml/triggers.ts'

/** What of a repository others run. */
export interface PatchFiles {
  readonly files: readonly FileToPlan[]
  /** Files that could not be read or understood. */
  readonly problems: readonly FileProblem[]
  /** Whether GitHub's lockfile lists a file, so that an edit would put the two out of step. */
  readonly isLocked: (path: string) => boolean
}

/**
 * Finds what others run of a repository: its actions, in whatever folder, and the workflows that can be called. What a package
 * manager put there is left out.
 * @param locked whether workflows that the repository's lockfile lists are to be edited, too
 */
export function findPatchFiles({ entries }: Archive, locked: boolean): PatchFiles {
  const files: FileToPlan[] = []
  const problems: FileProblem[] = []
  for (const path of [...entries.keys()].filter(isWanted).toSorted()) {
    const read = readEntry(path, entries)
    if (read.kind === 'problem') problems.push(read.problem)
    else if (read.kind === 'file') files.push(read.file)
  }
  const lock = locked ? UNLOCKED : readLock(entries)
  return {
    files,
    problems: [...problems, ...lock.problems],
    isLocked: lock.isLocked,
  }
}

type ReadEntry =
  | { readonly kind: 'file'; readonly file: FileToPlan }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  | { readonly kind: 'irrelevant' }

function readEntry(path: string, entries: Archive['entries']): ReadEntry {
  const entry = entries.get(path)
  if (entry === undefined) return IRRELEVANT
  if (entry.kind === 'link') {
    const elsewhere = posix.join(posix.dirname(path), entry.target)
    // Then it is dealt with under its own name.
    if (isWanted(elsewhere) && entries.get(elsewhere)?.kind === 'file') return IRRELEVANT
    return { kind: 'problem', problem: { code: 'symlink', file: path } }
  }
  const decoded = decodeText(path, Buffer.from(entry.bytes))
  if (decoded.kind === 'problem') return decoded
  const located = locate(decoded.text)
  switch (located.kind) {
    case 'yaml':
      return {
        kind: 'problem',
        problem: { code: 'yaml', file: path, position: located.position, detail: located.detail },
      }
    case 'not-a-workflow':
      return IRRELEVANT
    case 'located':
      return isWorkflow(path) && !isCallable(located.parsed)
        ? IRRELEVANT
        : { kind: 'file', file: { path, located } }
  }
}

const IRRELEVANT: ReadEntry = { kind: 'irrelevant' }

const UNLOCKED = { isLocked: () => false, problems: [] }

const LOCKFILE = '.github/workflows/actions.lock'

function readLock(entries: Archive['entries']): Pick<PatchFiles, 'isLocked' | 'problems'> {
  const entry = entries.get(LOCKFILE)
  if (entry === undefined) return UNLOCKED
  const text = entry.kind === 'file' ? Buffer.from(entry.bytes).toString('utf8') : undefined
  const listed = text === undefined ? undefined : readLockfile(text)
  return listed === undefined
    ? { isLocked: isWorkflow, problems: [{ code: 'lockfile', file: LOCKFILE }] }
    : { isLocked: (path) => listed.has(path), problems: [] }
}

function isWanted(path: string): boolean {
  if (/(?:^|\/)node_modules\//.test(path)) return false
  return isWorkflow(path) || isManifestPath(path)
}

function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)
}
