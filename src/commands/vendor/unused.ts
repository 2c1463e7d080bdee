import type { FilePlan } from '../../plan/plan.ts'
import type { FileChange } from '../../remedy/vendor/copies.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import { localUses, usedCopies } from '../../remedy/vendor/copy-uses.ts'
import type { CopyState, VendoredFile, VendoredRepository } from '../../remedy/vendor/manifest.ts'
import { copyPath, folderKey, type CopyFolder } from '../../remedy/vendor/place.ts'
import { locateParsed } from '../../yaml/locate.ts'
import { lookAt, stateIn, type Ground } from './ground.ts'

/** Recorded copies that go, and the files that go with them. */
export interface UnusedCopies {
  readonly copies: readonly VendoredRepository[]
  readonly changes: readonly FileChange[]
}

/**
 * The copies that something uses now and nothing will once these plans are carried out, and those that nothing uses and of which
 * nothing is left but their record. What was edited stays, and so does what pinsmith did not bring; what stands there and nothing
 * used before may have a reason of its own.
 * @param plans of the repository's own files, and of the drafts' manifests
 * @param taken files of drafts, and of the earlier copies that give way to them: as they stand now they do not count
 */
export async function findUnused(
  drafts: readonly CopyDraft[],
  plans: readonly FilePlan[],
  taken: ReadonlySet<string>,
  ground: Ground,
): Promise<UnusedCopies> {
  if (!ground.isWhole) return { copies: [], changes: [] }
  const { manifest, uses } = ground
  const planned = new Set(plans.map(({ path }) => path))
  const usesThen = [
    ...uses.filter(({ file }) => !taken.has(file) && !planned.has(file)),
    ...plans.flatMap(({ path, parsedAfter }) => {
      const located = locateParsed(parsedAfter)
      return located.kind === 'located' ? localUses(path, located) : []
    }),
  ]
  const drafted = new Set(drafts.map(folderKey))
  const others = manifest.copies.filter((copy) => !drafted.has(folderKey(copy)))
  const usedNow = usedCopies(manifest.copies, uses)
  const mayGo = ({ copy, edited, missing }: CopyState): boolean =>
    usedNow.has(copy) ? edited.length === 0 : missing.length === copy.files.length
  const going = others.filter((copy) => {
    const state = stateIn(ground, copy)
    return state !== undefined && mayGo(state)
  })
  const staying = others.filter((copy) => !going.includes(copy))
  const usedThen = usedCopies<CopyFolder>([...others, ...drafts], usesThen, staying)
  const copies = going.filter((copy) => !usedThen.has(copy))
  const changes = await Promise.all(copies.map((copy) => removalsOf(copy, copy.files, ground)))
  return { copies, changes: changes.flat() }
}

/** What makes recorded files of a copy go, as far as they are there. */
export async function removalsOf(
  copy: CopyFolder,
  files: readonly VendoredFile[],
  ground: Ground,
): Promise<FileChange[]> {
  const changes = await Promise.all(
    files.map(async (file): Promise<FileChange[]> => {
      const path = copyPath(copy, file.path)
      const found = await lookAt(ground, path)
      return found === undefined || 'kind' in found
        ? []
        : [{ path, before: found, after: undefined }]
    }),
  )
  return changes.flat()
}
