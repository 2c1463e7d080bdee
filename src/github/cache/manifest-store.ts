import type { ManifestAnswer } from '../../resolve/port.ts'
import type { ManifestTarget } from '../manifest/target.ts'

export interface RepositoryName {
  readonly owner: string
  readonly repo: string
}

/** Manifests of one host that are known from earlier. Never fails: what cannot be found is not there, what cannot be kept is not kept. */
export interface ManifestStore {
  readonly find: (
    repository: RepositoryName,
    target: ManifestTarget,
  ) => Promise<ManifestAnswer | undefined>
  readonly keep: (
    repository: RepositoryName,
    target: ManifestTarget,
    answer: ManifestAnswer,
  ) => Promise<void>
}

/** Knows nothing and keeps nothing. */
export const noStore: ManifestStore = {
  find: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
}
