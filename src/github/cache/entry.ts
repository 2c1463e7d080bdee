import { createHash } from 'node:crypto'
import { field, parseJson } from '../json.ts'

/** What one entry of the cache is about: every part that makes it another one. */
export type EntryKey = readonly string[]

/** The name of an entry's file below the cache's folder. Hashed: paths of actions may be longer than names of files, and differ in case alone. */
export function entryFile(key: EntryKey): readonly [folder: string, file: string] {
  const hash = sha256(JSON.stringify(key))
  return [hash.slice(0, 2), `${hash.slice(2)}.json`]
}

/** The content of an entry's file; `answer` is anything that JSON can hold. */
export function writeEntry(key: EntryKey, answer: unknown): string {
  return JSON.stringify({ key, answer, digest: digestOf(key, answer) })
}

/** Reads an entry's file: the answer as it was written, or `undefined` where it is damaged, cut short, or another entry's. */
export function readEntry(key: EntryKey, content: string): unknown {
  const entry = parseJson(content)
  const answer = field(entry, 'answer')
  const same = JSON.stringify(field(entry, 'key')) === JSON.stringify(key)
  return same && field(entry, 'digest') === digestOf(key, answer) ? answer : undefined
}

function digestOf(key: EntryKey, answer: unknown): string {
  return sha256(JSON.stringify([key, answer]))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
