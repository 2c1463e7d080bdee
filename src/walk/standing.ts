import type { UsesFault } from '../domain/problem.ts'
import type { Reference } from '../domain/reference.ts'
import type { Standing } from './graph.ts'

/**
 * How a reference stands with the policy "require actions to be pinned to a full-length commit SHA". Images, `./` and `$/` are
 * exempt, and so is a called workflow by tag, but not what it runs; whether one by branch is, is not documented, and by its
 * name a branch cannot be told from a tag: `namesBranch` says what was found.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
 */
export function standingOf(reference: Reference | UsesFault, namesBranch: boolean): Standing {
  if (typeof reference === 'string') return 'open'
  switch (reference.kind) {
    case 'image':
    case 'local':
    case 'self':
      return 'exempt'
    case 'action':
      return reference.ref.kind === 'sha' ? 'pinned' : 'unpinned'
    case 'workflow':
      if (reference.ref.kind === 'sha') return 'pinned'
      return namesBranch ? 'open' : 'exempt'
  }
}
