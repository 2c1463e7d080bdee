import type { RefName } from '../domain/ref.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { ManifestQuestion, RepositoryQuestion } from '../resolve/port.ts'

/** The refs that a question is about: those it asks for, and those whose manifests it asks for. */
export function refsIn({
  names,
  shas,
  manifests,
}: Pick<RepositoryQuestion, 'names' | 'shas' | 'manifests'>): {
  readonly names: readonly RefName[]
  readonly shas: readonly CommitSha[]
} {
  const refs = manifests.map(({ ref }) => ref)
  const moreNames = refs.flatMap((ref) => (ref.kind === 'name' ? [ref.name] : []))
  const moreShas = refs.flatMap((ref) => (ref.kind === 'sha' ? [ref.sha] : []))
  return {
    names: [...new Set([...names, ...moreNames])],
    shas: [...new Set([...shas, ...moreShas])],
  }
}

/** The name or the SHA that a manifest is to be read at. */
export function refIn({ ref }: ManifestQuestion): string {
  return ref.kind === 'sha' ? ref.sha : ref.name
}
