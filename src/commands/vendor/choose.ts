import { repositoryKey } from '../../domain/reference.ts'
import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import { isLedTo } from '../../remedy/vendor/copy-uses.ts'
import type { CopyState } from '../../remedy/vendor/manifest.ts'
import {
  folderKey,
  foldersFor,
  isInCopy,
  plainFolder,
  type CopyFolder,
  type RepositoryName,
} from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import type { Site } from '../../yaml/locate.ts'
import { inTheWay, stateIn, stateOf, type Ground } from './ground.ts'

/** Where the copy that a wish is for is to stand. */
export interface ChosenPlace extends RepositoryName, CopyFolder {
  readonly kind: 'place'
  /** What is recorded there: the same copy, of which something is missing, or one that gives way. */
  readonly earlier: CopyState | undefined
}

/** The copy that a wish is granted by as it stands: the same action, at the same commit, and nobody edited it. */
export function findStanding(
  wish: Wish,
  drafts: readonly CopyDraft[],
  ground: Ground,
): CopyFolder | undefined {
  const state = stateOf(ground, wish)
  if (state === undefined || isOneOf(state.copy, drafts)) return undefined
  return isWhole(state) && state.copy.actions.some(({ path }) => path === wish.path)
    ? state.copy
    : undefined
}

function isWhole({ edited, modes, missing }: CopyState): boolean {
  return edited.length === 0 && modes.length === 0 && missing.length === 0
}

/**
 * Chooses the folder of a copy: that in which it stands already; else the plain one, if no other copy has it or the one that has
 * it gives way; else one that bears the commit too. What was edited is no place for anything.
 * @param drafts of other copies
 * @param granted copies that are used as they stand
 */
export function choosePlace(
  wish: Wish,
  drafts: readonly CopyDraft[],
  granted: readonly CopyFolder[],
  ground: Ground,
): ChosenPlace | VendorObstacle {
  if (wish.leadsTo === 'workflow') return { kind: 'workflow' }
  const same = stateOf(ground, wish)
  if (same !== undefined && !isOneOf(same.copy, drafts)) return unlessEdited(same.copy, same)
  const name = nameAsSpelled(wish, drafts, ground)
  const folders = foldersFor(name, wish.commit)
  for (const folder of folders) {
    if (isOneOf({ folder }, drafts) || isOneOf({ folder }, granted)) continue
    const earlier = stateIn(ground, { folder })
    if (earlier === undefined || givesWay(earlier, wish, drafts, ground))
      return unlessEdited({ ...name, folder: earlier?.copy.folder ?? folder }, earlier)
  }
  return inTheWay(folders.at(-1) ?? plainFolder(name), 'copy')
}

function unlessEdited(
  { owner, repo, folder }: RepositoryName & CopyFolder,
  earlier: CopyState | undefined,
): ChosenPlace | VendorObstacle {
  const [edited] = earlier?.edited ?? []
  return edited === undefined
    ? { kind: 'place', owner, repo, folder, earlier }
    : inTheWay(edited, 'edited')
}

/** Whether a copy of the same repository at another commit may be replaced: nothing uses it, or what does is to move. */
function givesWay(
  { copy, edited }: CopyState,
  wish: Wish,
  drafts: readonly CopyDraft[],
  ground: Ground,
): boolean {
  if (repositoryKey(copy) !== repositoryKey(wish)) return false
  if (wish.moves && wish.sites.some(({ site }) => leadsInto(site, copy))) return true
  if (edited.length > 0 || !ground.isWhole) return false
  const replaced = drafts.flatMap(({ earlier, commit }) =>
    earlier === undefined || earlier.commit === commit ? [] : [earlier],
  )
  const uses = ground.uses.filter(({ file }) => !replaced.some((each) => isInCopy(file, each)))
  return !isLedTo(copy, uses)
}

function leadsInto({ reference }: Site, copy: CopyFolder): boolean {
  return (
    typeof reference === 'object' &&
    (reference.kind === 'self' || reference.kind === 'local') &&
    isInCopy(reference.path, copy)
  )
}

function isOneOf(place: CopyFolder, others: readonly CopyFolder[]): boolean {
  return others.some((other) => folderKey(other) === folderKey(place))
}

/** A name as other copies spell it: two folders that differ in case alone are one on many systems. */
function nameAsSpelled(
  wish: Wish,
  drafts: readonly CopyDraft[],
  { manifest }: Ground,
): RepositoryName {
  const others = [...manifest.copies, ...drafts]
  const same = others.find((other) => repositoryKey(other) === repositoryKey(wish))
  const owners = others.find(({ owner }) => owner.toLowerCase() === wish.owner.toLowerCase())
  const { owner, repo } = same ?? { owner: owners?.owner ?? wish.owner, repo: wish.repo }
  return { owner, repo }
}
