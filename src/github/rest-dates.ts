import pLimit from 'p-limit'
import type { RepositoryCommit } from '../resolve/connection.ts'
import { NO_COMMIT, readDate, type DateRead } from './date-read.ts'
import { describeAnswer, repositoryRefusal } from './failures.ts'
import { field } from './json.ts'
import { isHostFailure, watchOutage } from './outage.ts'
import type { Rest, RestAnswer } from './rest.ts'

const PARALLEL = 8

/** When commits were made, by REST, one request for each. One answer to each, in their order. */
export function readDatesByRest(
  rest: Rest,
  commits: readonly RepositoryCommit[],
): Promise<readonly DateRead[]> {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()
  const read = async (at: RepositoryCommit): Promise<DateRead> => {
    // A page of one: the rest of the files that it changed does not matter.
    const answer =
      outage.over() ?? (await rest.askRepository(at, `/commits/${at.commit}?per_page=1`))
    if (isHostFailure(answer)) {
      outage.failed(answer)
      return answer
    }
    outage.answered()
    return readAnswer(at, answer)
  }
  return Promise.all(commits.map((at) => limit(read, at)))
}

// https://docs.github.com/rest/commits/commits#get-a-commit
function readAnswer({ commit }: RepositoryCommit, answer: RestAnswer): DateRead {
  const { response, value, isOpen } = answer
  if (response.status === 422) return NO_COMMIT
  if (response.status !== 200) return repositoryRefusal(response)
  return field(value, 'sha') === commit
    ? readDate(field(field(field(value, 'commit'), 'committer'), 'date'), isOpen)
    : { kind: 'broken', detail: describeAnswer(response) }
}
