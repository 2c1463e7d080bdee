import type { Unresolved } from '../../domain/problem.ts'
import { resolutionWords } from '../resolution-words.ts'
import type { Words } from '../words.ts'

/** Why no patch could be made of a repository, `owner/repo[@ref]` as the user wrote it. */
export function patchFailureWords(
  target: string,
  resolution: Unresolved | { readonly kind: 'empty' },
): Words {
  const why = 'there is nothing to make a patch of'
  if (resolution.kind === 'empty')
    return { what: `${target} has no commit yet`, why, next: 'check the spelling' }
  const { what, next } = resolutionWords(target, resolution)
  return { what, why, next }
}
