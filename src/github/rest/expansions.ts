import type { ShortenedCommit } from '../../resolve/connection.ts'
import { NO_EXPANSION, readExpansion, type ExpansionRead } from '../expansion-read.ts'
import { describeAnswer, repositoryRefusal } from '../transport/failures.ts'
import { field } from '../json.ts'
import { askEachByRest } from './each.ts'
import type { Rest, RestAnswer } from './rest.ts'

/** Which commits shortened SHAs are of, by REST, one request for each. One answer to each, in their order. */
export function expandByRest(
  rest: Rest,
  shortened: readonly ShortenedCommit[],
): Promise<readonly ExpansionRead[]> {
  return askEachByRest<ShortenedCommit, ExpansionRead>(rest, shortened, {
    tailOf: ({ digits }) => `/commits/${digits}?per_page=1`,
    read: readAnswer,
  })
}

// 422: no such commit, or several; 409: a repository without any.
// https://docs.github.com/rest/commits/commits#get-a-commit
function readAnswer({ digits }: ShortenedCommit, { response, value }: RestAnswer): ExpansionRead {
  if (response.status === 422 || response.status === 409) return NO_EXPANSION
  if (response.status !== 200) return repositoryRefusal(response)
  return (
    readExpansion(field(value, 'sha'), digits) ?? {
      kind: 'broken',
      detail: describeAnswer(response),
    }
  )
}
