import { portableDigest, sha256 } from '../apply/digest.ts'
import { isSameState } from '../apply/standing.ts'
import { byCodeUnits } from '../domain/order.ts'
import type { FilePlan } from '../plan/plan.ts'
import type { CopiedRepository, FileChange, FileState } from '../remedy/copies.ts'
import type { CopyDraft } from '../remedy/copy-draft.ts'
import type { VendoredAction, VendoredRepository } from '../remedy/vendor-manifest.ts'
import { copyFolder, copyPath } from '../remedy/vendor-place.ts'
import {
  changeOfRecord,
  encode,
  recordCopies,
  recordEdits,
  recordFile,
} from '../remedy/vendor-record.ts'
import { lookAt, type Ground } from './vendor-ground.ts'

/** The copies as they are to be written, and what that changes. */
export interface Assembled {
  readonly repositories: readonly CopiedRepository[]
  /** The record first. */
  readonly changes: readonly FileChange[]
}

/**
 * Makes files of drafts, now that their manifests are planned.
 * @param plans of the copies' manifests, by their paths below the root
 * @param own of the repository's own files: recorded copies may be among them
 */
export async function assembleCopies(
  drafts: readonly CopyDraft[],
  plans: ReadonlyMap<string, FilePlan>,
  own: readonly FilePlan[],
  ground: Ground,
): Promise<Assembled> {
  const built = await Promise.all(drafts.map((draft) => assembleOne(draft, plans, ground)))
  const fresh = recordCopies(
    ground.manifest,
    built.map(({ record }) => record),
  )
  const record = changeOfRecord(recordEdits(fresh, own, sha256), ground.recorded)
  return {
    repositories: built.map(({ repository }) => repository),
    changes: [
      ...(record === undefined ? [] : [record]),
      ...built.flatMap(({ changes }) => changes),
    ].filter(({ before, after }) => !isSameState(before, after)),
  }
}

interface Built {
  readonly repository: CopiedRepository
  readonly record: VendoredRepository
  readonly changes: readonly FileChange[]
}

async function assembleOne(
  draft: CopyDraft,
  plans: ReadonlyMap<string, FilePlan>,
  ground: Ground,
): Promise<Built> {
  const { owner, repo, commit, archive, earlier, kept, standing } = draft
  const after = new Map<string, FileState>()
  const planned = new Map<string, FilePlan>()
  for (const { drafted } of draft.actions)
    for (const [path, { bytes, executable }] of drafted.files) {
      if (kept.has(path)) continue
      const plan = plans.get(copyPath(draft, path))
      if (plan !== undefined) planned.set(path, plan)
      after.set(path, { bytes: plan === undefined ? bytes : encode(plan.after), executable })
    }
  const gone = await findGone(draft, after, ground)
  const changes = [
    ...[...after].map(([path, state]): FileChange => {
      return { path: copyPath(draft, path), before: standing.get(path), after: state }
    }),
    ...gone,
  ].toSorted((a, b) => byCodeUnits(a.path, b.path))
  const actions = actionsOf(draft)
  const recorded = earlier?.files.filter(({ path }) => kept.has(path)) ?? []
  const files = [...after].map(([path, state]) => recordFile(path, state, portableDigest))
  return {
    repository: {
      owner,
      repo,
      folder: copyFolder(draft),
      commit,
      actions,
      plans: [...planned.values()].toSorted((a, b) => byCodeUnits(a.path, b.path)),
      files: changes.length,
      notes: [...new Set(draft.actions.flatMap(({ drafted }) => drafted.notes))],
    },
    record: {
      owner,
      repo,
      host: archive.host,
      commit,
      actions,
      files: [...recorded, ...files],
    },
    changes,
  }
}

/** Files of an earlier copy, at another commit, that this one does not have. */
async function findGone(
  { owner, repo, commit, earlier }: CopyDraft,
  after: ReadonlyMap<string, FileState>,
  ground: Ground,
): Promise<FileChange[]> {
  if (earlier === undefined || earlier.commit === commit) return []
  const gone = earlier.files.filter(({ path }) => !after.has(path))
  const changes = await Promise.all(
    gone.map(async (file): Promise<FileChange[]> => {
      const path = copyPath({ owner, repo }, file.path)
      const found = await lookAt(ground, path)
      return found === undefined || 'kind' in found
        ? []
        : [{ path, before: found, after: undefined }]
    }),
  )
  return changes.flat()
}

function actionsOf({ actions, earlier, commit }: CopyDraft): VendoredAction[] {
  const fresh = actions.map(({ drafted: { folder: path }, version }) => ({ path, version }))
  const others =
    earlier?.commit === commit
      ? earlier.actions.filter(({ path }) => !fresh.some((action) => action.path === path))
      : []
  return [...others, ...fresh].toSorted((a, b) => byCodeUnits(a.path, b.path))
}
