import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { entryFile, readEntry, writeEntry, type EntryKey } from './entry.ts'
import { entriesFolder, temporaryName, type Shelf } from './layout.ts'

// As many files as are open at a time: some systems allow 256 in all.
const PARALLEL = 32

/** Entries of one kind on disk. What goes wrong there only means that something is not found, or not kept. */
export interface CacheDisk {
  /** What was kept, as JSON has it; its shape has not been checked. */
  readonly read: (key: EntryKey) => Promise<unknown>
  readonly write: (key: EntryKey, answer: unknown) => Promise<void>
}

/**
 * Opens the entries of a kind below a folder of the cache. Several runs may share it: an entry appears whole or not at all, and
 * every one says what it is and is checked when it is read. Only the user may read it.
 */
export function openDisk(folder: string, shelf: Shelf): CacheDisk {
  const limit = pLimit(PARALLEL)
  const entries = entriesFolder(folder, shelf)
  return {
    read: (key) =>
      limit(async () => {
        try {
          return readEntry(key, await readFile(join(entries, ...entryFile(key)), 'utf8'))
        } catch {
          return undefined
        }
      }),
    write: (key, answer) => limit(() => replace(entries, key, writeEntry(key, answer))),
  }
}

async function replace(entries: string, key: EntryKey, content: string): Promise<void> {
  const [parent, name] = entryFile(key)
  const folder = join(entries, parent)
  const temporary = join(folder, temporaryName(randomBytes(12)))
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600 })
    await rename(temporary, join(folder, name))
  } catch {
    // Not kept, then. What is left of it is in nobody's way, and `clearCache` knows its name.
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
