import type { HostFailure } from '../../domain/outcome.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { describeRepositoryFailure } from '../transport/failures.ts'
import { refsBelow, type ListRefs, type RefList } from '../git/refs.ts'
import type { ReachCase } from './case.ts'
import { listForCases } from './list.ts'

const PULLS = 'refs/pull/'

/**
 * Looks among the heads of all pull requests, those that were closed too, by git: one request for each repository. What a pull request
 * held before its head is not listed anywhere.
 */
export function readPulls(
  listRefs: ListRefs,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  return listForCases(listRefs, [PULLS], cases, {
    take: (each, list) => each.takePull(pullAt(each.question.commit, list)),
    refused: (each, failure) => {
      each.failed(`its pull requests could not be listed: ${describeRepositoryFailure(failure)}`)
    },
  })
}

/** The first pull request that brought a commit; what a pull request would be when merged (`merge`) counts as well. */
function pullAt(commit: CommitSha, list: RefList): number | undefined {
  const numbers = [...refsBelow(list, PULLS)].flatMap(([name, at]) => {
    const number = at === commit ? /^(\d+)\/(?:head|merge)$/.exec(name)?.[1] : undefined
    return number === undefined ? [] : [Number(number)]
  })
  return numbers.length === 0 ? undefined : Math.min(...numbers)
}
