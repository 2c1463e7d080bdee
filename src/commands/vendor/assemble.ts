import { portableDigest, sha256 } from '../../apply/digest.ts'
import { isSameState, knowsExecutables } from '../../apply/standing.ts'
import { byCodeUnits } from '../../domain/order.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { Copies, CopiedRepository, FileChange, FileState } from '../../remedy/vendor/copies.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import type { VendoredAction, VendoredRepository } from '../../remedy/vendor/manifest.ts'
import { copyPath } from '../../remedy/vendor/place.ts'
import {
  changeOfRecord,
  encode,
  recordCopies,
  recordEdits,
  recordFile,
  withoutCopies,
} from '../../remedy/vendor/record.ts'
import type { Ground } from './ground.ts'
import { removalsOf, type UnusedCopies } from './unused.ts'

/** The copies as they are to be written, and what that changes. */
export type Assembled = Omit<Copies, 'problems'>

/**
 * Makes files of drafts, now that their manifests are planned.
 * @param plans of the copies' manifests, by their paths below the root
 * @param own of the repository's own files: recorded copies may be among them
 * @param unused recorded copies that go
 */
export async function assembleCopies(
  drafts: readonly CopyDraft[],
  plans: ReadonlyMap<string, FilePlan>,
  own: readonly FilePlan[],
  unused: UnusedCopies,
  ground: Ground,
): Promise<Assembled> {
  const built = await Promise.all(drafts.map((draft) => assembleOne(draft, plans, ground)))
  const fresh = recordCopies(
    ground.manifest,
    built.map(({ record }) => record),
  )
  const edited = recordEdits(fresh, own, sha256)
  const record = changeOfRecord(edited, ground.recorded)
  const last =
    unused.copies.length === 0
      ? undefined
      : changeOfRecord(withoutCopies(edited, unused.copies), record?.after ?? ground.recorded)
  return {
    repositories: built.map(({ repository }) => repository),
    unused: unused.copies,
    removals: [...(last === undefined ? [] : [last]), ...unused.changes],
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
  const { owner, repo, folder, commit, archive, earlier, kept, standing } = draft
  const after = new Map<string, FileState>()
  const planned = new Map<string, FilePlan>()
  for (const { drafted } of draft.actions)
    for (const [path, { bytes, executable }] of drafted.files) {
      if (kept.has(path)) continue
      const plan = plans.get(copyPath(draft, path))
      if (plan !== undefined) planned.set(path, plan)
      after.set(path, { bytes: plan === undefined ? bytes : encode(plan.after), executable })
    }
  // An earlier copy at another commit may have files that this one does not have.
  const earlierFiles = earlier === undefined || earlier.commit === commit ? [] : earlier.files
  const gone = earlierFiles.filter(({ path }) => !after.has(path))
  const changes = [
    ...[...after].map(([path, state]): FileChange => {
      return { path: copyPath(draft, path), before: standing.get(path), after: state }
    }),
    ...(await removalsOf(draft, gone, ground)),
  ].toSorted((a, b) => byCodeUnits(a.path, b.path))
  const actions = actionsOf(draft)
  const recorded = earlier?.files.filter(({ path }) => kept.has(path)) ?? []
  const files = [...after].map(([path, state]) => recordFile(path, state, portableDigest))
  return {
    repository: {
      owner,
      repo,
      folder,
      commit,
      actions,
      plans: [...planned.values()].toSorted((a, b) => byCodeUnits(a.path, b.path)),
      files: changes.length,
      unmarked: knowsExecutables
        ? []
        : changes.flatMap((change) => (change.after?.executable === true ? [change.path] : [])),
      notes: [...new Set(draft.actions.flatMap(({ drafted }) => drafted.notes))],
    },
    record: {
      owner,
      repo,
      folder,
      host: archive.host,
      commit,
      actions,
      files: [...recorded, ...files],
    },
    changes,
  }
}

function actionsOf({ actions, earlier, commit }: CopyDraft): VendoredAction[] {
  const fresh = actions.map(({ drafted: { folder: path }, version }) => ({ path, version }))
  const others =
    earlier?.commit === commit
      ? earlier.actions.filter(({ path }) => !fresh.some((action) => action.path === path))
      : []
  return [...others, ...fresh].toSorted((a, b) => byCodeUnits(a.path, b.path))
}
