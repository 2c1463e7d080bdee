import pLimit from 'p-limit'
import { describeAnswer, describeFailure } from '../transport/failures.ts'
import { get } from '../transport/get.ts'
import type { HostTools } from '../connection/host-tools.ts'
import { field, isBrokenJson, parseJson } from '../json.ts'
import { isHostFailure, watchOutage } from '../transport/outage.ts'
import { branchName, fullNameOf, type ReachCase } from './case.ts'
import { repositoryPath } from '../repository-path.ts'
import type { TransportResponse } from '../transport/response.ts'

const PARALLEL = 8

/**
 * Asks the page that a commit's own page takes "this commit belongs to …" from: every branch and tag that has it. It is not
 * documented, so anything but its known shape tells nothing. Both lists empty: nothing of the repository has the commit. A tag that
 * is not in the list may be one that it leaves out. It is a web page, for which no token counts.
 */
export function createBranchCommitsRung({
  host,
  send,
  userAgent,
}: HostTools): (cases: readonly ReachCase[]) => Promise<undefined> {
  return async (cases) => {
    const limit = pLimit(PARALLEL)
    const outage = watchOutage()
    const ask = async (each: ReachCase): Promise<void> => {
      const { question } = each
      const tail = `/branch_commits/${question.commit}`
      const over = outage.over()
      const { result } = over
        ? { result: over }
        : await get(send, {
            url: `${host.serverUrl}/${repositoryPath(question)}${tail}`,
            headers: { 'user-agent': userAgent, accept: 'application/json' },
            token: undefined,
            isSame: (path) => path.endsWith(tail),
            isDamaged: isBrokenJson,
          })
      if (isHostFailure(result)) {
        outage.failed(result)
        return each.failed(describeFailure(result))
      }
      outage.answered()
      if (result.kind === 'overload') return each.failed(result.detail)
      take(each, result)
    }
    await Promise.all(cases.map((each) => limit(ask, each)))
    return undefined
  }
}

function take(each: ReachCase, response: TransportResponse): void {
  const names = response.status === 200 ? readNames(parseJson(response.text())) : undefined
  if (names === undefined)
    return each.failed(`which refs have the commit was not told (${describeAnswer(response)})`)
  each.takeVisibility(true)
  const { branches, tags } = names
  each.settle({
    kind: branches.length > 0 ? 'branch' : tags.length > 0 ? 'tags-only' : 'nothing',
  })
  const told = new Set([...branches.map(branchName), ...tags].map(fullNameOf))
  for (const tag of each.openTags()) if (told.has(fullNameOf(tag))) each.place(tag, true)
}

interface Names {
  readonly branches: readonly string[]
  readonly tags: readonly string[]
}

function readNames(value: unknown): Names | undefined {
  const [branches, tags] = [field(value, 'branches'), field(value, 'tags')]
  if (!Array.isArray(branches) || !Array.isArray(tags)) return undefined
  const named = branches.map((each: unknown) => field(each, 'branch'))
  return named.every(isText) && tags.every(isText) ? { branches: named, tags } : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
