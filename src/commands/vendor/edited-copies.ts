import { join } from 'node:path'
import { sha256 } from '../../apply/digest.ts'
import { putAll } from '../../apply/put.ts'
import { readVendored } from '../../apply/vendored.ts'
import type { FileProblem } from '../../domain/problem.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { FileChange } from '../../remedy/vendor/copies.ts'
import { VENDOR_FOLDER } from '../../remedy/vendor/place.ts'
import { changeOfRecord, recordEdits } from '../../remedy/vendor/record.ts'
import type { Sources } from '../sources.ts'

/**
 * What becomes of the record of copies once plans are carried out, manifests of copies among them: what pinsmith pins in a copy is
 * none of what people edited.
 */
export async function findRecordChange(
  { found }: Sources,
  plans: readonly FilePlan[],
): Promise<readonly FileChange[]> {
  const isEdited = plans.some(
    ({ path, before, after }) => before !== after && path.startsWith(`${VENDOR_FOLDER}/`),
  )
  if (!isEdited) return []
  const record = await readVendored(found, found.root)
  if (record.kind !== 'record') return []
  const change = changeOfRecord(recordEdits(record.manifest, plans, sha256), record.file)
  return change === undefined ? [] : [change]
}

/** Writes changes below the root of the repository that a run is about. */
export function putChanges(
  changes: readonly FileChange[],
  { found: { root } }: Sources,
): Promise<FileProblem | undefined> {
  return putAll(
    changes.map((change) => {
      return { ...change, root, absolute: join(root, ...change.path.split('/')) }
    }),
  )
}
