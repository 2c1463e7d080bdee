import type { RepositoryCommit } from '../../resolve/connection.ts'
import { NO_COMMIT, readDate, type DateRead } from '../date-read.ts'
import { describeAnswer, repositoryRefusal } from '../transport/failures.ts'
import { field } from '../json.ts'
import { askEachByRest } from './each.ts'
import type { Rest, RestAnswer } from './rest.ts'

/** When commits were made, by REST, one request for each. One answer to each, in their order. */
export function readDatesByRest(
  rest: Rest,
  commits: readonly RepositoryCommit[],
): Promise<readonly DateRead[]> {
  return askEachByRest<RepositoryCommit, DateRead>(rest, commits, {
    // A page of one: the rest of the files that it changed does not matter.
    tailOf: ({ commit }) => `/commits/${commit}?per_page=1`,
    read: readAnswer,
  })
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
