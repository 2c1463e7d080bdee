import type { CopyObstacle } from '../../domain/problem.ts'
import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import type { FileState } from '../../remedy/vendor/copies.ts'
import type { CopiedAction, CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import type { Archive } from '../../resolve/connection.ts'
import { draftAction, type DraftedAction } from '../../remedy/vendor/draft.ts'
import type { VendoredAction } from '../../remedy/vendor/manifest.ts'
import { copyPath, isSafePath } from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { NodeKey } from '../../walk/graph.ts'
import type { ChosenPlace } from './choose.ts'
import { inTheWay, lookAt, type Ground } from './ground.ts'

/** A wish that can be granted. */
export interface Admitted {
  readonly kind: 'admitted'
  readonly draft: CopyDraft
  /** What is in the draft now that was not before. */
  readonly fresh: readonly DraftedAction[]
}

/**
 * Puts an action into the draft of its repository's copy.
 * @param refused actions that are not copied, by their keys
 */
export async function admit(
  wish: Wish,
  draft: CopyDraft,
  refused: ReadonlyMap<NodeKey, CopyObstacle>,
  ground: Ground,
): Promise<Admitted | CopyObstacle> {
  const along = draft.actions.length === 0 ? movedAlong(draft, wish) : []
  const others = along.filter(({ path }) => path !== wish.path)
  const wanted = [{ path: wish.path, version: wish.version }, ...others].filter(
    ({ path }) => !draft.actions.some(({ drafted }) => drafted.folder === path),
  )
  const actions: CopiedAction[] = []
  const standing = new Map(draft.standing)
  for (const { path, version } of wanted) {
    const known = refused.get(nodeKey({ ...draft, path }))
    if (known !== undefined) return known
    const drafted = draftAction(draft, wish.commit, draft.archive, path)
    if (drafted.kind !== 'drafted') return drafted
    const obstacle = await findStandingFiles(drafted, draft, ground, standing)
    if (obstacle !== undefined) return obstacle
    actions.push({ drafted, version })
  }
  return {
    kind: 'admitted',
    draft: { ...draft, standing, actions: [...draft.actions, ...actions] },
    fresh: actions.map(({ drafted }) => drafted),
  }
}

/** A draft in which nothing is yet. */
export function beginDraft(
  { owner, repo, folder, earlier }: ChosenPlace,
  { commit }: Wish,
  archive: Archive,
): CopyDraft {
  const missing = new Set([...(earlier?.missing ?? []), ...(earlier?.modes ?? [])])
  const kept =
    earlier?.copy.commit === commit
      ? earlier.copy.files.flatMap(({ path }) =>
          missing.has(copyPath(earlier.copy, path)) ? [] : [path],
        )
      : []
  return {
    owner,
    repo,
    folder,
    commit,
    archive,
    actions: [],
    earlier: earlier?.copy,
    standing: new Map(),
    kept: new Set(kept),
  }
}

/** Actions of an earlier copy that have to be copied anew with this one: what is missing of them is brought back. */
function movedAlong(
  { earlier, kept }: CopyDraft,
  { commit, version, moves }: Wish,
): readonly VendoredAction[] {
  if (earlier === undefined) return []
  if (earlier.commit === commit) return kept.size < earlier.files.length ? earlier.actions : []
  return moves ? earlier.actions.map(({ path }) => ({ path, version })) : []
}

/** Looks at the places of an action's files. What pinsmith did not put there is not to be touched. */
async function findStandingFiles(
  { files }: DraftedAction,
  draft: CopyDraft,
  ground: Ground,
  standing: Map<string, FileState>,
): Promise<VendorObstacle | undefined> {
  const { earlier, kept } = draft
  const recorded = new Set(earlier?.files.map(({ path }) => path))
  for (const path of files.keys()) {
    if (kept.has(path) || standing.has(path)) continue
    const place = copyPath(draft, path)
    if (!isSafePath(place)) return { kind: 'unsafe-name', file: place }
    const found = await lookAt(ground, place)
    if (found === undefined) continue
    if ('kind' in found) return found
    if (!recorded.has(path)) return inTheWay(place, 'unknown')
    standing.set(path, found)
  }
  return undefined
}
