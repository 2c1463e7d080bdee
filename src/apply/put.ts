import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileProblem } from '../domain/problem.ts'
import type { FileState } from '../remedy/vendor/copies.ts'
import { symlinkOnTheWay } from './entry.ts'
import { isInside } from './place.ts'
import { isSameState, standingAt } from './standing.ts'
import { systemDetail } from './system-error.ts'

/** A file that comes, changes or goes, with what stands there before. */
export interface FilePut {
  /** As people see it. */
  readonly path: string
  readonly absolute: string
  /** Absolute: nothing is written above it, and no folder that is empty then is taken away up to it. */
  readonly root: string
  readonly before: FileState | undefined
  /** `undefined`: it goes. */
  readonly after: FileState | undefined
}

/**
 * Puts files in place, each in one step and only if what stands there is what it was, in their order; the first that cannot
 * be put ends it. All are looked at before the first is put.
 * @returns what was in the way; `undefined` where all is done
 */
export async function putAll(puts: readonly FilePut[]): Promise<FileProblem | undefined> {
  const obstacles = await Promise.all(puts.map(findObstacleTo))
  const obstacle = obstacles.find((each) => each !== undefined)
  if (obstacle !== undefined) return obstacle
  for (const put of puts) {
    const problem = await putOne(put)
    if (problem !== undefined) return problem
  }
  return undefined
}

async function putOne(file: FilePut): Promise<FileProblem | undefined> {
  const { path, absolute, root, after } = file
  try {
    return after === undefined ? await remove(file) : await place(file, after)
  } catch (error) {
    if ((await symlinkOnTheWay(root, absolute)) !== undefined)
      return { file: path, code: 'symlink' }
    return { file: path, code: 'write-failed', detail: systemDetail(error) }
  }
}

async function place(file: FilePut, after: FileState): Promise<FileProblem | undefined> {
  const { absolute } = file
  await mkdir(dirname(absolute), { recursive: true })
  const temporary = join(dirname(absolute), `.pinsmith-${randomBytes(12).toString('hex')}.tmp`)
  // The umask takes from this what the user does not want.
  const handle = await open(temporary, 'wx', after.executable ? 0o777 : 0o666)
  try {
    try {
      await handle.writeFile(after.bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const obstacle = await findObstacleTo(file)
    if (obstacle === undefined) await rename(temporary, absolute)
    return obstacle
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

async function remove(file: FilePut): Promise<FileProblem | undefined> {
  const obstacle = await findObstacleTo(file)
  if (obstacle !== undefined) return obstacle
  await rm(file.absolute)
  let folder = dirname(file.absolute)
  while (folder !== file.root && isInside(folder, file.root)) {
    try {
      await rmdir(folder)
    } catch {
      // Something else is in it.
      return undefined
    }
    folder = dirname(folder)
  }
  return undefined
}

/** What keeps a file from being put: something else stands there than was found before. */
async function findObstacleTo({
  path,
  absolute,
  root,
  before,
}: FilePut): Promise<FileProblem | undefined> {
  const standing = await standingAt(root, absolute)
  switch (standing.kind) {
    case 'nothing':
      return before === undefined ? undefined : { file: path, code: 'changed-meanwhile' }
    case 'file':
      return isSameState(before, standing) ? undefined : { file: path, code: 'changed-meanwhile' }
    case 'symlink':
      return { file: path, code: 'symlink' }
    case 'case':
    case 'not-a-file':
      return { file: path, code: 'changed-meanwhile' }
  }
}
