import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { entryFile, entryKey, readEntry, writeEntry, type EntryKey } from './cache-entry.ts'
import { entriesFolder, temporaryName } from './cache-layout.ts'
import type { ManifestStore } from './manifest-store.ts'

// As many files as are open at a time: some systems allow 256 in all.
const PARALLEL = 32

/**
 * Manifests on disk, below a folder of the cache. Several runs may share it: an entry appears whole or not at all, and every one
 * says what it is and is checked when it is read. Only the user may read it. What goes wrong on the disk only means
 * that something is not found, or not kept.
 */
export function openCache(folder: string, serverUrl: string): ManifestStore {
  const limit = pLimit(PARALLEL)
  const find = async (key: EntryKey) => {
    try {
      return readEntry(key, await readFile(join(entriesFolder(folder), ...entryFile(key)), 'utf8'))
    } catch {
      return undefined
    }
  }
  return {
    find: (repository, target) => limit(find, entryKey(serverUrl, repository, target)),
    keep: (repository, target, answer) =>
      limit(async () => {
        const key = entryKey(serverUrl, repository, target)
        if ((await find(key)) === undefined) await replace(folder, key, writeEntry(key, answer))
      }),
  }
}

async function replace(folder: string, key: EntryKey, content: string): Promise<void> {
  const [parent, name] = entryFile(key)
  const entries = join(entriesFolder(folder), parent)
  const temporary = join(entries, temporaryName(randomBytes(12)))
  try {
    await mkdir(entries, { recursive: true, mode: 0o700 })
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600 })
    await rename(temporary, join(entries, name))
  } catch {
    // Not kept, then. What is left of it is in nobody's way, and `clearCache` knows its name.
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
