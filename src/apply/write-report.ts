import { randomBytes } from 'node:crypto'
import {
  access,
  appendFile,
  constants,
  lstat,
  open,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { systemCode, systemDetail } from './system-error.ts'

/**
 * Writes a report to a file: whoever opens it sees the earlier one or the new one. What is there and no regular file, such as
 * a pipe or a link, is written to as it is.
 * @returns why it could not be written, as the end of a sentence
 */
export async function writeReport(absolute: string, text: string): Promise<string | undefined> {
  try {
    if (await isReplaceable(absolute)) await replace(absolute, text)
    else await writeFile(absolute, text)
    return undefined
  } catch (error) {
    return describe(error)
  }
}

/**
 * Adds to a report that others write to as well.
 * @param makeText gets how many bytes stand there; `undefined` for nothing to add
 * @returns why it could not be written, as the end of a sentence
 */
export async function appendReport(
  absolute: string,
  makeText: (size: number) => string | undefined,
): Promise<string | undefined> {
  try {
    const text = makeText(await sizeOf(absolute))
    if (text !== undefined) await appendFile(absolute, text)
    return undefined
  } catch (error) {
    return describe(error)
  }
}

function describe(error: unknown): string {
  return systemCode(error) === 'ENOENT' ? 'its folder does not exist' : systemDetail(error)
}

async function isReplaceable(absolute: string): Promise<boolean> {
  try {
    if (!(await lstat(absolute)).isFile()) return false
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true
    throw error
  }
  // A file in a folder that may be written to could be replaced all the same; but somebody made it read-only.
  await access(absolute, constants.W_OK)
  return true
}

async function replace(absolute: string, text: string): Promise<void> {
  const temporary = join(dirname(absolute), `.pinsmith-${randomBytes(12).toString('hex')}.tmp`)
  const handle = await open(temporary, 'wx')
  try {
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    await rename(temporary, absolute)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function sizeOf(absolute: string): Promise<number> {
  try {
    return (await stat(absolute)).size
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0
    throw error
  }
}
