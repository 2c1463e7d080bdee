import pLimit from 'p-limit'
import type { HostFailure } from '../../domain/outcome.ts'
import { describeAnswer, describeFailure } from '../transport/failures.ts'
import { field } from '../json.ts'
import { isHostFailure, watchOutage } from '../transport/outage.ts'
import { fullNameOf, type ReachCase } from './case.ts'
import type { Rest, RestAnswer } from '../rest/rest.ts'
import { isWithin } from './standing.ts'

const PARALLEL = 8

/** Compares commits with their repositories' default branches, one request for each. */
export function compareWithHead(
  rest: Rest,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  const requests = cases.map((each) =>
    compare(each, 'HEAD', (isOnIt) => {
      if (isOnIt) each.settle({ kind: 'branch' })
    }),
  )
  return askAll(rest, requests)
}

/** Compares commits with the tags of which it is still open whether they come after them, one request for each. */
export function compareTags(
  rest: Rest,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  const requests = cases.flatMap((each) =>
    each.openTags().map((tag) => {
      // A short name may be a branch's too.
      const base = each.tagCommit(tag) ?? fullNameOf(tag)
      return compare(each, base, (isAfter) => each.place(tag, isAfter))
    }),
  )
  return askAll(rest, requests)
}

/** Asks whether there are such commits at all, one request for each. */
export function findAbsent(
  rest: Rest,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  return askAll(
    rest,
    cases.map((each) => ({
      each,
      // A page of one: the rest of the files that it changed does not matter.
      tail: `/commits/${each.question.commit}?per_page=1`,
      take: ({ response }) => {
        if (response.status === 422) each.close({ kind: 'absent' })
      },
    })),
  )
}

/** @param take hears whether the commit lies in the base's history */
function compare(each: ReachCase, base: string, take: (isWithin: boolean) => void): CommitRequest {
  return {
    each,
    // The second page: without the list of files, which stands on the first.
    tail: `/compare/${encodeURIComponent(base)}...${each.question.commit}?per_page=1&page=2`,
    take: ({ response, value }) => {
      // Histories that have nothing in common: neither lies in the other.
      const isUnrelated = response.status === 404 && /no common ancestor/i.test(response.text())
      const found = isUnrelated ? false : isWithin(field(value, 'status'))
      if (found === undefined) each.failed(`it could not be compared (${describeAnswer(response)})`)
      else take(found)
    },
  }
}

interface CommitRequest {
  readonly each: ReachCase
  readonly tail: string
  readonly take: (answer: RestAnswer) => void
}

async function askAll(
  rest: Rest,
  requests: readonly CommitRequest[],
): Promise<HostFailure | undefined> {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()
  const askOne = async ({ each, tail, take }: CommitRequest): Promise<HostFailure | undefined> => {
    const answer = outage.over() ?? (await rest.askRepository(each.question, tail))
    if (isHostFailure(answer)) {
      outage.failed(answer)
      each.failed(describeFailure(answer))
      return answer.kind === 'unauthorized' ? answer : undefined
    }
    outage.answered()
    if (answer.isOpen && answer.response.status === 200) each.takeVisibility(true)
    take(answer)
    return undefined
  }
  const failures = await Promise.all(requests.map((request) => limit(askOne, request)))
  return failures.find((failure) => failure !== undefined)
}
