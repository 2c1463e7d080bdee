import { join } from 'node:path'

// One number for the layout and for the content of entries: whoever changes either counts it up, and old entries are not seen again.
const VERSION = 'v1'

/** What kind of entries there are: manifests, and small facts about commits, repositories and the host. */
export type Shelf = 'manifests' | 'facts'

const SHELVES: readonly Shelf[] = ['manifests', 'facts']

/** The folder of the entries of a kind: in it one folder for each first two digits, in those a file for each entry. */
export function entriesFolder(folder: string, shelf: Shelf): string {
  return join(folder, VERSION, shelf)
}

/** The folders of all entries. */
export function allEntriesFolders(folder: string): readonly string[] {
  return SHELVES.map((shelf) => entriesFolder(folder, shelf))
}

/** The folders around the entries, innermost first; the last is the cache's own. */
export function foldersAround(folder: string): readonly string[] {
  return [...allEntriesFolders(folder), join(folder, VERSION), folder]
}

export function temporaryName(random: Uint8Array): string {
  return `.${Buffer.from(random).toString('hex')}.tmp`
}

export function isEntriesFolder(name: string): boolean {
  return /^[0-9a-f]{2}$/.test(name)
}

/** Whether a file is an entry of ours, or what a run that was killed left of one. */
export function isEntryFile(name: string): boolean {
  return /^(?:[0-9a-f]{62}\.json|\.[0-9a-f]{24}\.tmp)$/.test(name)
}
