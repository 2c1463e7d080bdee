import { join } from 'node:path'

// One number for the layout and for the content of entries: whoever changes either counts it up, and old entries are not seen again.
const VERSION = 'v1'
const MANIFESTS = 'manifests'

/** The folder of the entries: in it one folder for each first two digits, in those a file for each entry. */
export function entriesFolder(folder: string): string {
  return join(folder, VERSION, MANIFESTS)
}

/** The folders around the entries, innermost first; the last is the cache's own. */
export function foldersAround(folder: string): readonly string[] {
  return [entriesFolder(folder), join(folder, VERSION), folder]
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
