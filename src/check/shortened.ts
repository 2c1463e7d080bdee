import type { RemoteReference } from '../domain/reference.ts'
import { parseShortSha } from '../domain/sha.ts'
import type { ExpansionOf, ShortenedCommit } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import type { Inquiry } from '../resolve/question.ts'
import { resolveRef } from '../resolve/resolution.ts'

/** The shortened SHA that a reference is by, now that its repository has told that no ref is called so; `undefined` where it is none. */
export function shortenedIn(
  { owner, repo, ref }: RemoteReference,
  refs: RepositoryRefs,
): ShortenedCommit | undefined {
  if (resolveRef(ref, refs, undefined).kind !== 'short-sha') return undefined
  const digits = parseShortSha(ref.text)
  return digits === undefined ? undefined : { owner, repo, digits }
}

/** The inquiry that it is once all the digits stand there; `undefined` where they are not known, or stand there already. */
export function expandInquiry(
  { reference, comment }: Inquiry,
  refs: RepositoryRefs,
  expansionOf: ExpansionOf,
): Inquiry | undefined {
  const shortened = shortenedIn(reference, refs)
  const expansion = shortened === undefined ? undefined : expansionOf(shortened)
  if (expansion?.kind !== 'commit') return undefined
  const { commit } = expansion
  return { reference: { ...reference, ref: { kind: 'sha', sha: commit, text: commit } }, comment }
}
