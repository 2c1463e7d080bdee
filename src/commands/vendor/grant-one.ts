import type { HostFailure } from '../../domain/outcome.ts'
import type { CopyObstacle } from '../../domain/problem.ts'
import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import type { DraftedAction } from '../../remedy/vendor/draft.ts'
import { copyKey } from '../../remedy/vendor/manifest.ts'
import type { CopyFolder } from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import type { Archives } from '../../resolve/connection.ts'
import { admit, beginDraft } from './admit.ts'
import type { Books, CopiedPlace } from './books.ts'
import { choosePlace, findStanding } from './choose.ts'
import type { Ground } from './ground.ts'

/** An action that is newly in a draft. */
export interface FreshAction extends CopyDraftPlace {
  readonly action: DraftedAction
}

type CopyDraftPlace = Pick<CopyDraft, 'owner' | 'repo' | 'folder' | 'commit'>

/** Enters into the books where the copy of one action stands, or is to stand; tells what is to be copied for that, or why nothing can be. */
export async function grantOne(
  wish: Wish,
  books: Books,
  read: Archives['readArchive'],
  ground: Ground,
): Promise<readonly FreshAction[] | CopyObstacle | HostFailure> {
  const { drafts, places, refused } = books
  const others = [...drafts.values()]
  const standing = findStanding(wish, others, ground)
  if (standing !== undefined) {
    places.set(wish.key, placeIn(standing, wish))
    return []
  }
  const begun = drafts.get(copyKey(wish)) ?? (await begin(wish, books, read, ground))
  if ('host' in begun || 'kind' in begun) return begun
  const admitted = await admit(wish, begun, refused, ground)
  if (admitted.kind !== 'admitted') return admitted
  const { owner, repo, folder, commit } = admitted.draft
  drafts.set(copyKey(wish), admitted.draft)
  places.set(wish.key, placeIn({ folder }, wish))
  return admitted.fresh.map((action) => ({ owner, repo, folder, commit, action }))
}

async function begin(
  wish: Wish,
  { drafts, places }: Books,
  read: Archives['readArchive'],
  ground: Ground,
): Promise<CopyDraft | VendorObstacle | HostFailure> {
  const place = choosePlace(wish, [...drafts.values()], [...places.values()], ground)
  if (place.kind !== 'place') return place
  const archive = await read(wish)
  if (archive.kind === 'archive') return beginDraft(place, wish, archive)
  return 'host' in archive ? archive : { kind: 'no-archive', failure: archive }
}

function placeIn({ folder }: CopyFolder, { path, commit, version }: Wish): CopiedPlace {
  return { folder, path, commit, version }
}

/** Whether a wish needs files that are not at hand. */
export function isOpen(wish: Wish, { drafts, places, refused }: Books, ground: Ground): boolean {
  const others = [...drafts.values()]
  return (
    !drafts.has(copyKey(wish)) &&
    !refused.has(wish.key) &&
    findStanding(wish, others, ground) === undefined &&
    choosePlace(wish, others, [...places.values()], ground).kind === 'place'
  )
}
