import { readVendored } from '../apply/vendored.ts'
import { accuseVendored } from '../check/accuse-repository.ts'
import { accuseFiles } from '../check/accuse-shapes.ts'
import type { Accusation } from '../check/accusation.ts'
import type { Sources } from './sources.ts'

/** Accuses what is not as it should be about the copies of actions in the repository. */
export async function accuseCopies({ found }: Sources): Promise<Accusation[]> {
  const record = await readVendored(found, found.root)
  switch (record.kind) {
    case 'none':
      return []
    case 'problem':
      return accuseFiles([record.problem])
    case 'record':
      return accuseVendored(record.states)
  }
}
