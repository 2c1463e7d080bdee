import { lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { allEntriesFolders, foldersAround, isEntriesFolder, isEntryFile } from './layout.ts'

/** How much there is. */
export interface CacheSize {
  readonly files: number
  readonly bytes: number
}

/** Counts the entries of a cache; of one that does not exist there are none. Throws what the disk says otherwise. */
export async function measureCache(folder: string): Promise<CacheSize> {
  return sum(await entriesOf(folder))
}

/**
 * Removes the entries of a cache, and its folders where nothing else stands in them. Files that pinsmith did not make stay, and
 * links are not followed. Returns how much it removed; throws what the disk says.
 */
export async function clearCache(folder: string): Promise<CacheSize> {
  const entries = await entriesOf(folder)
  for (const { path } of entries) await rm(path, { force: true })
  const parents = await parentsOf(folder)
  for (const empty of [...parents, ...foldersAround(folder)]) await removeIfEmpty(empty)
  return sum(entries)
}

interface EntryOnDisk {
  readonly path: string
  readonly bytes: number
}

async function entriesOf(folder: string): Promise<readonly EntryOnDisk[]> {
  const found: EntryOnDisk[] = []
  for (const path of await parentsOf(folder)) {
    for (const entry of await list(path)) {
      if (!entry.isFile() || !isEntryFile(entry.name)) continue
      const file = join(path, entry.name)
      found.push({ path: file, bytes: (await lstat(file)).size })
    }
  }
  return found
}

/** The folders that entries stand in. */
async function parentsOf(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const shelf of allEntriesFolders(folder))
    for (const entry of await list(shelf))
      if (entry.isDirectory() && isEntriesFolder(entry.name)) found.push(join(shelf, entry.name))
  return found
}

async function list(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (isSystemError(error, ['ENOENT'])) return []
    throw error
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder)
  } catch (error) {
    if (!isSystemError(error, ['ENOENT', 'ENOTEMPTY', 'EEXIST'])) throw error
  }
}

function isSystemError(error: unknown, codes: readonly string[]): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  )
}

function sum(entries: readonly EntryOnDisk[]): CacheSize {
  return { files: entries.length, bytes: entries.reduce((all, { bytes }) => all + bytes, 0) }
}
