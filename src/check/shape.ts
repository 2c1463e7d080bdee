import type { SiteComment } from '../domain/comment.ts'
import type { RemoteReference } from '../domain/reference.ts'
import { looksLikeShortSha } from '../domain/sha.ts'
import { breaksWhenPinned } from '../plan/policy.ts'
import { judgeImage } from './accuse-images.ts'
import type { FindingDetail } from './finding-detail.ts'
import type { OwnReference } from './own-reference.ts'

/** What a site can be accused of by what is written alone, without asking anybody. */
export function judgeShape({
  site: { reference },
  comment,
}: OwnReference): FindingDetail | undefined {
  if (typeof reference === 'string')
    return { code: 'not-understood', what: { kind: 'reference', fault: reference } }
  switch (reference.kind) {
    case 'local':
    case 'self':
      return undefined
    case 'image':
      return judgeImage(reference.image)
    case 'action':
    case 'workflow':
      return judgeRemote(reference, comment)
  }
}

function judgeRemote(reference: RemoteReference, comment: SiteComment): FindingDetail | undefined {
  const { ref } = reference
  if (ref.kind === 'sha')
    return comment.kind === 'prose' ? { code: 'label-missing', label: undefined } : undefined
  if (breaksWhenPinned(reference)) return { code: 'breaks-when-pinned' }
  return isSurelyShortSha(ref.name)
    ? { code: 'short-sha', tips: [], expansion: undefined }
    : { code: 'unpinned', commit: undefined }
}

// `2024` and `20240518` are tags rather: git writes no shorter ones, and nearly all have a letter.
function isSurelyShortSha(name: string): boolean {
  return looksLikeShortSha(name) && name.length >= 7 && /[a-f]/i.test(name)
}
