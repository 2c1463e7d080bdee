import type { HostFailure } from '../../domain/outcome.ts'
import { describeRepositoryFailure } from '../transport/failures.ts'
import { refsBelow, type ListRefs } from '../git/refs.ts'
import type { ReachCase } from './case.ts'
import { listForCases } from './list.ts'

/** Looks among the tips of all branches and tags, by git: one request for each repository. */
export function readTips(
  listRefs: ListRefs,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  return listForCases(listRefs, ['refs/heads/', 'refs/tags/'], cases, {
    take: (each, list) => {
      each.takeTips(refsBelow(list, 'refs/heads/'), refsBelow(list, 'refs/tags/'))
    },
    refused: (each, failure) => {
      const detail = describeRepositoryFailure(failure)
      if (failure.kind === 'repository-not-found') each.close({ kind: 'undetermined', detail })
      else each.failed(detail)
    },
  })
}
