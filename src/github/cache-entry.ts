import { createHash } from 'node:crypto'
import { repositoryKey } from '../domain/reference.ts'
import type { ManifestAnswer } from '../resolve/port.ts'
import { field } from './json.ts'
import type { RepositoryName } from './manifest-store.ts'
import type { ManifestTarget } from './manifest-target.ts'

/** What one entry of the cache is about: every part that makes it another one. */
export type EntryKey = readonly string[]

export function entryKey(
  serverUrl: string,
  repository: RepositoryName,
  { commit, kind, path }: ManifestTarget,
): EntryKey {
  return [serverUrl.toLowerCase(), repositoryKey(repository), commit, kind, path]
}

/** The name of an entry's file below the cache's folder. Hashed: paths of actions may be longer than names of files, and differ in case alone. */
export function entryFile(key: EntryKey): readonly [folder: string, file: string] {
  const hash = sha256(JSON.stringify(key))
  return [hash.slice(0, 2), `${hash.slice(2)}.json`]
}

/** The content of an entry's file. */
export function writeEntry(key: EntryKey, answer: ManifestAnswer): string {
  return JSON.stringify({ key, answer, digest: digestOf(key, answer) })
}

/** Reads an entry's file; `undefined` where it is damaged, cut short, or another entry's. */
export function readEntry(key: EntryKey, content: string): ManifestAnswer | undefined {
  const entry = parse(content)
  const answer = readAnswer(field(entry, 'answer'))
  const same = JSON.stringify(field(entry, 'key')) === JSON.stringify(key)
  return answer !== undefined && same && field(entry, 'digest') === digestOf(key, answer)
    ? answer
    : undefined
}

function readAnswer(value: unknown): ManifestAnswer | undefined {
  const [kind, file, text] = ['kind', 'file', 'text'].map((name) => field(value, name))
  if (kind === 'missing') return { kind }
  if (typeof file !== 'string') return undefined
  if (kind === 'dockerfile') return { kind, file }
  return kind === 'text' && typeof text === 'string' ? { kind, file, text } : undefined
}

function digestOf(key: EntryKey, answer: ManifestAnswer): string {
  return sha256(JSON.stringify([key, answer]))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
