import { repositoryKey } from '../domain/reference.ts'
import type { CopyState } from '../remedy/vendor-manifest.ts'
import { placeAt, placeIn, type Accusation } from './accusation.ts'
import { inquiryOf, type OwnReference } from './own-reference.ts'

/** What GitHub's lockfile of actions says of a workflow. */
export interface LockEntry {
  /** The lockfile's path. */
  readonly lockfile: string
  /** What the workflow uses, itself and by what that uses in turn, as `owner/repo@ref`. */
  readonly uses: readonly string[]
}

/** Accuses workflows that do not agree with the lockfile: each once, where it first uses what is not listed. */
export function accuseLocked(
  own: readonly OwnReference[],
  entryOf: (file: string) => LockEntry | undefined,
): Accusation[] {
  const accused = new Map<string, Disagreement>()
  for (const reference of own) {
    const entry = entryOf(reference.file)
    const used = inquiryOf(reference)?.reference
    if (entry === undefined || used === undefined) continue
    const key = `${repositoryKey(used)}@${used.ref.text}`
    if (entry.uses.some((listed) => lockKey(listed) === key)) continue
    const known = accused.get(reference.file) ?? {
      entry,
      first: reference,
      texts: new Set<string>(),
    }
    known.texts.add(used.text)
    accused.set(reference.file, known)
  }
  return [...accused.values()].map(({ entry, first, texts }) => ({
    detail: {
      code: 'lockfile',
      detail: `the lockfile of actions does not list ${[...texts].join(', ')}, which this workflow uses`,
    },
    // Either file can have come out of step with the other, wherever in it.
    places: [{ ...placeAt(first), site: undefined }, placeIn(entry.lockfile, undefined)],
  }))
}

interface Disagreement {
  readonly entry: LockEntry
  readonly first: OwnReference
  readonly texts: Set<string>
}

/** Accuses files of vendored copies that are not as they were brought. */
export function accuseVendored(states: readonly CopyState[]): Accusation[] {
  return states.flatMap(({ edited, missing, added }) => [
    ...edited.map((path) => vendored(path, 'edited')),
    ...missing.map((path) => vendored(path, 'missing')),
    ...added.map((path) => vendored(path, 'added')),
  ])
}

function vendored(path: string, change: 'edited' | 'missing' | 'added'): Accusation {
  return {
    detail: { code: 'vendored-edited', path, change },
    places: [placeIn(path, undefined)],
  }
}

// Without case but for the ref, and without a path, which a lockfile has no use for.
function lockKey(listed: string): string {
  const at = listed.lastIndexOf('@')
  const name = listed.slice(0, at).split('/').slice(0, 2).join('/')
  return `${name.toLowerCase()}${listed.slice(at)}`
}
