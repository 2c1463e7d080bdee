import { join, resolve } from 'node:path'
import { canonicalPath, isInside } from '../../apply/place.ts'
import { readVendored, type VendorRecord } from '../../apply/vendored.ts'
import { accuseVendored } from '../../check/accuse-vendored.ts'
import { accuseFiles } from '../../check/accuse-shapes.ts'
import type { Accusation } from '../../check/accusation.ts'
import type { Sources } from '../sources.ts'

/**
 * Accuses what is not as it should be about the copies of actions in the repository.
 * @param paths the files and folders that are looked at, as the user gave them; none for the whole repository
 */
export async function accuseCopies(
  { found }: Sources,
  paths: readonly string[],
): Promise<Accusation[]> {
  const accusations = accuseRecord(await readVendored(found, found.root))
  if (paths.length === 0) return accusations
  const folders = await Promise.all(paths.map((path) => canonicalPath(resolve(found.cwd, path))))
  return accusations.filter(({ places }) =>
    places.some(({ file }) => folders.some((folder) => isInside(join(found.root, file), folder))),
  )
}

function accuseRecord(record: VendorRecord): Accusation[] {
  switch (record.kind) {
    case 'none':
      return []
    case 'problem':
      return accuseFiles([record.problem])
    case 'record':
      return accuseVendored(record.states)
  }
}
