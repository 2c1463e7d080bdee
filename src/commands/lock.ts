import { join } from 'node:path'
import { exists } from '../apply/entry.ts'
import { displayPath } from '../apply/place.ts'
import { readBytes } from '../apply/read.ts'
import type { FileProblem } from '../domain/problem.ts'
import type { LockEntry } from '../check/accuse-repository.ts'
import type { Policy } from '../plan/policy.ts'
import { readLockfile } from '../yaml/lockfile.ts'
import type { LocatedSource, Sources } from './sources.ts'

/** What GitHub's lockfiles of actions say of the files of a run. */
export interface Lock {
  readonly isLocked: Policy['isLocked']
  /** What a lockfile says of a file; `undefined` for a file that none lists. */
  readonly entryOf: (file: string) => LockEntry | undefined
  readonly problems: readonly FileProblem[]
}

/** As if there were no lockfile. */
export const unlocked: Lock = { isLocked: () => false, entryOf: () => undefined, problems: [] }

/**
 * Reads the lockfile of every repository that the files are of. One that cannot be read may list any
 * workflow: then none of that repository is edited.
 */
export async function readLock({ found, files }: Sources): Promise<Lock> {
  const locked = new Set<string>()
  const entries = new Map<string, LockEntry>()
  const problems: FileProblem[] = []
  for (const root of new Set(files.map(({ source }) => source.root))) {
    const lockfile = join(root, '.github', 'workflows', 'actions.lock')
    if (!(await exists(lockfile))) continue
    const bytes = await readBytes(lockfile)
    const listed = bytes instanceof Uint8Array ? readLockfile(bytes.toString('utf8')) : undefined
    if (listed === undefined)
      problems.push({ code: 'lockfile', file: displayPath(found, lockfile) })
    for (const file of files) {
      if (file.source.root !== root) continue
      const path = pathInRepository(file)
      if (listed?.has(path) ?? path.startsWith('.github/workflows/')) locked.add(file.path)
      const uses = listed?.get(path)
      if (uses !== undefined)
        entries.set(file.path, { lockfile: displayPath(found, lockfile), uses })
    }
  }
  return { isLocked: (file) => locked.has(file), entryOf: (file) => entries.get(file), problems }
}

function pathInRepository({ source: { root, absolute } }: LocatedSource): string {
  return displayPath({ root, cwd: root }, absolute)
}
