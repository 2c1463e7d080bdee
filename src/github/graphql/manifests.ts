import { parseCommitSha, type CommitSha } from '../../domain/sha.ts'
import { manifestKey, type ManifestAnswer, type ManifestQuestion } from '../../resolve/port.ts'
import type { Part } from './part.ts'
import { field } from '../json.ts'
import { candidatesOf, MOST_BYTES } from '../manifest/files.ts'
import { isBlob, tooLarge } from '../manifest/text.ts'
import { refIn } from '../question-refs.ts'

/** What to select of a commit that this name or id leads to, for the manifests there; empty where there is none to bring. */
export function manifestFields(part: Part, ref: string, bind: (path: string) => string): string {
  const fields = part.manifests.map((manifest, n) =>
    refIn(manifest) === ref
      ? candidatesOf(manifest).map(
          ({ path, isDockerfile }, candidate) =>
            `${aliasOf(n, candidate)}:file(path:${bind(path)}){${isDockerfile ? 'type' : '...E'}}`,
        )
      : [],
  )
  return fields.flat().join('')
}

/** What `manifestFields` selects of a file that may hold text. */
export const ENTRY_FRAGMENT = 'fragment E on TreeEntry{type object{...on Blob{oid byteSize text}}}'

/** Which of a part's manifests a path of the answer leads into, if any. */
export function manifestAt(path: readonly string[]): number | undefined {
  const found = path.map((step) => /^m(\d+)c\d+$/.exec(step)?.[1]).find((n) => n !== undefined)
  return found === undefined ? undefined : Number(found)
}

/**
 * Reads the manifests that stand under a part's alias, by `manifestKey`. What is not in it was not had, or not whole: an error
 * struck it, it is no text to GitHub, or was cut, or is not the bytes that git has.
 */
export function readManifests(
  part: Part,
  value: unknown,
  struck: ReadonlySet<number>,
): readonly (readonly [string, ManifestAnswer])[] {
  const wanted = [...part.manifests.entries()].filter(([n]) => !struck.has(n))
  return wanted.flatMap(([n, manifest]) => {
    if (isUnknownCommit(part, manifest, value)) return missingAt(manifest)
    return commitsFor(part, manifest, value).flatMap(({ commit, files }) => {
      const answer = readManifest(manifest, n, files)
      return answer === undefined ? [] : [[manifestKey(commit, manifest), answer] as const]
    })
  })
}

function isUnknownCommit(part: Part, { ref }: ManifestQuestion, value: unknown): boolean {
  return ref.kind === 'sha' && field(value, `o${part.oids.indexOf(ref.sha)}`) === null
}

// Git's protocol cannot tell such a commit from one that has no manifest, and both ways must say the same.
function missingAt(manifest: ManifestQuestion): readonly (readonly [string, ManifestAnswer])[] {
  const { ref } = manifest
  return ref.kind === 'sha' ? [[manifestKey(ref.sha, manifest), { kind: 'missing' }]] : []
}

interface Commit {
  readonly commit: CommitSha
  readonly files: unknown
}

function commitsFor(part: Part, { ref }: ManifestQuestion, value: unknown): readonly Commit[] {
  const objects =
    ref.kind === 'sha'
      ? [field(value, `o${part.oids.indexOf(ref.sha)}`)]
      : ['t', 'b'].map((kind) =>
          field(field(value, `${kind}${part.names.indexOf(ref.name)}`), 'target'),
        )
  return objects.map(peel).filter((commit) => commit !== undefined)
}

function peel(object: unknown): Commit | undefined {
  switch (field(object, '__typename')) {
    case 'Commit': {
      const oid = field(object, 'oid')
      const commit = typeof oid === 'string' ? parseCommitSha(oid) : undefined
      return commit === undefined ? undefined : { commit, files: object }
    }
    case 'Tag':
      return peel(field(object, 'target'))
    default:
      return undefined
  }
}

function readManifest(
  manifest: ManifestQuestion,
  n: number,
  files: unknown,
): ManifestAnswer | undefined {
  for (const [candidate, { path, isDockerfile }] of candidatesOf(manifest).entries()) {
    const entry = field(files, aliasOf(n, candidate))
    if (entry === undefined) return undefined
    // A folder of that name is no file.
    if (entry === null || field(entry, 'type') !== 'blob') continue
    return isDockerfile
      ? { kind: 'dockerfile', file: path }
      : readText(path, field(entry, 'object'))
  }
  return { kind: 'missing' }
}

function readText(file: string, blob: unknown): ManifestAnswer | undefined {
  const [oid, size, text] = ['oid', 'byteSize', 'text'].map((name) => field(blob, name))
  if (typeof size === 'number' && size > MOST_BYTES) return tooLarge(file)
  const whole = typeof text === 'string' && typeof oid === 'string' && isBlob(text, oid)
  return whole && !text.includes('\0') ? { kind: 'text', file, text } : undefined
}

function aliasOf(manifest: number, candidate: number): string {
  return `m${manifest}c${candidate}`
}
