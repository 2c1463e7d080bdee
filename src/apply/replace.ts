import { randomBytes } from 'node:crypto'
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { FileProblem } from '../domain/problem.ts'
import { findObstacle } from './obstacle.ts'
import type { SourceFile } from './read.ts'
import { systemCode, systemDetail } from './system-error.ts'

/** A file as it was read, and the whole text it is to have. */
export interface Change {
  readonly file: SourceFile
  readonly text: string
}

/** The parts of replacing a file that other programs can get in the way of. */
export interface ReplaceEffects {
  readonly rename: (from: string, to: string) => Promise<void>
  readonly wait: (milliseconds: number) => Promise<void>
}

export const nodeEffects: ReplaceEffects = {
  rename,
  wait: async (milliseconds) => {
    await setTimeout(milliseconds)
  },
}

/**
 * Replaces a file's text in one step: whoever opens the file sees the old bytes or the new ones, also after a crash.
 * The new bytes go to a temporary file beside it, and take its name only if the file is still what was read;
 * whatever happens, the temporary file does not stay. Permission bits are kept, owner and group where
 * the system lets us. Other names (hard links) of the file keep the old text, as with any rename.
 */
export async function replaceFile(
  { file, text }: Change,
  effects: ReplaceEffects,
): Promise<FileProblem | undefined> {
  // Not named after the file: it must be no workflow, and fit where the file's own name is as long as names may be.
  const name = `.pinsmith-${randomBytes(12).toString('hex')}.tmp`
  const temporary = join(dirname(file.absolute), name)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await fill(handle, text, file.absolute)
      return await takeName(temporary, file, effects)
    } finally {
      // After the rename there is none. Where it cannot be removed, the failure that is reported is the earlier one.
      await rm(temporary, { force: true }).catch(() => undefined)
    }
  } catch (error) {
    const failure = { file: file.path, code: 'write-failed', detail: systemDetail(error) } as const
    return (await findObstacle(file)) ?? failure
  }
}

async function fill(handle: FileHandle, text: string, target: string): Promise<void> {
  try {
    await handle.writeFile(text, 'utf8')
    await copyOwnership(handle, target)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function copyOwnership(handle: FileHandle, target: string): Promise<void> {
  const wanted = await lstat(target)
  const own = await handle.stat()
  if (own.uid !== wanted.uid || own.gid !== wanted.gid)
    // Only root may give files away: the file is then ours, as after any editor's save.
    await handle.chown(wanted.uid, wanted.gid).catch(() => undefined)
  const mode = wanted.mode & 0o777
  if ((own.mode & 0o777) !== mode) await handle.chmod(mode)
}

// Windows refuses to replace a file that a virus scanner or an editor has open; that is over in a moment.
const WAITS = [10, 20, 40, 80, 160, 320] as const
const PASSING: ReadonlySet<string | undefined> = new Set(['EACCES', 'EBUSY', 'EPERM'])

async function takeName(
  temporary: string,
  file: SourceFile,
  effects: ReplaceEffects,
): Promise<FileProblem | undefined> {
  for (const wait of [...WAITS, undefined]) {
    const obstacle = await findObstacle(file)
    if (obstacle !== undefined) return obstacle
    try {
      await effects.rename(temporary, file.absolute)
      return undefined
    } catch (error) {
      if (wait === undefined || !PASSING.has(systemCode(error))) throw error
      await effects.wait(wait)
    }
  }
  return undefined
}
