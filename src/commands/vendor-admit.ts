import { repositoryKey } from '../domain/reference.ts'
import type { VendorObstacle } from '../domain/vendor-obstacle.ts'
import type { FileState } from '../remedy/copies.ts'
import type { CopiedAction, CopyDraft } from '../remedy/copy-draft.ts'
import type { Archive } from '../resolve/connection.ts'
import { draftAction, type DraftedAction } from '../remedy/vendor-draft.ts'
import type { CopyState, VendoredAction } from '../remedy/vendor-manifest.ts'
import { copyPath, isSafePath, type RepositoryName } from '../remedy/vendor-place.ts'
import type { Wish } from '../remedy/vendor-wish.ts'
import { inTheWay, lookAt, usersOf, type Ground } from './vendor-ground.ts'

/** A wish that can be granted. */
export interface Admitted {
  readonly kind: 'admitted'
  readonly draft: CopyDraft
  /** What is in the draft now that was not before. */
  readonly fresh: readonly DraftedAction[]
}

/** The copy that a wish is granted by as it stands: the same action, at the same commit, and nobody edited it. */
export function findStanding(wish: Wish, { states }: Ground): RepositoryName | undefined {
  const state = states.get(repositoryKey(wish))
  if (state === undefined || state.copy.commit !== wish.commit) return undefined
  const isWhole = state.edited.length === 0 && state.missing.length === 0
  return isWhole && state.copy.actions.some(({ path }) => path === wish.path)
    ? state.copy
    : undefined
}

/**
 * Why a wish cannot be granted, as far as that can be told without its files.
 * @param draft of the same repository, where there is one already
 * @param replaced copies that are made anew at another commit, by `repositoryKey`
 */
export function findObstacleTo(
  wish: Wish,
  draft: CopyDraft | undefined,
  ground: Ground,
  replaced: ReadonlySet<string>,
): VendorObstacle | undefined {
  if (wish.leadsTo === 'workflow') return { kind: 'workflow' }
  if (draft !== undefined) {
    const { commit, places, actions } = draft
    if (commit === wish.commit) return undefined
    return { kind: 'other-commit', commit, label: actions[0]?.version, places }
  }
  const state = ground.states.get(repositoryKey(wish))
  if (state === undefined) return undefined
  const [edited] = state.edited
  if (edited !== undefined) return inTheWay(edited, 'edited')
  const { commit, actions } = state.copy
  const users = commit === wish.commit || wish.moves ? [] : usersOf(ground, state.copy, replaced)
  return users.length > 0
    ? { kind: 'other-commit', commit, label: actions[0]?.version, places: users }
    : undefined
}

/** Puts an action into the draft of its repository's copy, which is begun where there is none. */
export async function admit(
  wish: Wish,
  archive: Archive,
  draft: CopyDraft | undefined,
  ground: Ground,
): Promise<Admitted | VendorObstacle> {
  const begun = draft ?? beginDraft(wish, archive, ground.states.get(repositoryKey(wish)))
  const along = draft === undefined ? movedAlong(wish, ground.states.get(repositoryKey(wish))) : []
  const others = along.filter(({ path }) => path !== wish.path)
  const wanted = [{ path: wish.path, version: wish.version }, ...others].filter(
    ({ path }) => !begun.actions.some(({ drafted }) => drafted.folder === path),
  )
  const actions: CopiedAction[] = []
  const standing = new Map(begun.standing)
  for (const { path, version } of wanted) {
    const drafted = draftAction(begun, wish.commit, archive, path)
    if (drafted.kind !== 'drafted') return drafted
    const obstacle = await findStandingFiles(drafted, begun, ground, standing)
    if (obstacle !== undefined) return obstacle
    actions.push({ drafted, version })
  }
  return {
    kind: 'admitted',
    draft: { ...begun, standing, actions: [...begun.actions, ...actions] },
    fresh: actions.map(({ drafted }) => drafted),
  }
}

function beginDraft(wish: Wish, archive: Archive, state: CopyState | undefined): CopyDraft {
  const { owner, repo } = state?.copy ?? wish
  const { commit } = wish
  const missing = new Set(state?.missing)
  const kept =
    state?.copy.commit === commit
      ? state.copy.files.flatMap(({ path }) =>
          missing.has(copyPath(state.copy, path)) ? [] : [path],
        )
      : []
  return {
    owner,
    repo,
    commit,
    archive,
    actions: [],
    earlier: state?.copy,
    standing: new Map(),
    kept: new Set(kept),
    places: wish.sites.map(({ file, site }) => `${file}:${site.position.line}`),
  }
}

/** Actions of an earlier copy that have to be copied anew with this one: what is missing of them is brought back. */
function movedAlong(wish: Wish, state: CopyState | undefined): readonly VendoredAction[] {
  if (state === undefined) return []
  const { commit, actions } = state.copy
  if (commit === wish.commit) return state.missing.length > 0 ? actions : []
  return wish.moves ? actions.map(({ path }) => ({ path, version: wish.version })) : []
}

/** Looks at the places of an action's files. What pinsmith did not put there is not to be touched. */
async function findStandingFiles(
  { files }: DraftedAction,
  { owner, repo, earlier, kept }: CopyDraft,
  ground: Ground,
  standing: Map<string, FileState>,
): Promise<VendorObstacle | undefined> {
  const recorded = new Set(earlier?.files.map(({ path }) => path))
  for (const path of files.keys()) {
    if (kept.has(path) || standing.has(path)) continue
    const place = copyPath({ owner, repo }, path)
    if (!isSafePath(place)) return { kind: 'unsafe-name', file: place }
    const found = await lookAt(ground, place)
    if (found === undefined) continue
    if ('kind' in found) return found
    if (!recorded.has(path)) return inTheWay(place, 'unknown')
    standing.set(path, found)
  }
  return undefined
}
