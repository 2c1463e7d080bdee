import { access, constants, lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FileProblem } from '../domain/problem.ts'
import { symlinkOnTheWay } from './entry.ts'
import { readBytes, type SourceFile } from './read.ts'
import { systemCode, systemDetail } from './system-error.ts'

/**
 * What, right now, keeps a file from being replaced: it is no longer what was read, a link leads to it, or it
 * must not be written. Nothing is touched. A file without a single write bit is read-only even for root,
 * who may write anything: whoever took the bits away meant it.
 */
export async function findObstacle(file: SourceFile): Promise<FileProblem | undefined> {
  const { path, absolute, root, text } = file
  if ((await symlinkOnTheWay(root, absolute)) !== undefined) return { file: path, code: 'symlink' }
  try {
    const stats = await lstat(absolute)
    if (!stats.isFile()) return { file: path, code: 'changed-meanwhile' }
    if ((stats.mode & 0o222) === 0 || !(await mayWrite(absolute)))
      return { file: path, code: 'read-only' }
    if (!(await mayWrite(dirname(absolute))))
      return { file: path, code: 'write-failed', detail: 'its folder may not be written to' }
  } catch (error) {
    return systemCode(error) === 'ENOENT'
      ? { file: path, code: 'changed-meanwhile' }
      : { file: path, code: 'write-failed', detail: systemDetail(error) }
  }
  const bytes = await readBytes(absolute)
  if (!(bytes instanceof Uint8Array)) {
    return bytes.code === 'symlink'
      ? { file: path, code: 'symlink' }
      : { file: path, code: 'write-failed', detail: `it can no longer be read: ${bytes.detail}` }
  }
  return bytes.equals(Buffer.from(text)) ? undefined : { file: path, code: 'changed-meanwhile' }
}

async function mayWrite(absolute: string): Promise<boolean> {
  try {
    await access(absolute, constants.W_OK)
    return true
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) return false
    throw error
  }
}
