import pLimit from 'p-limit'
import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import { repositoryKey } from '../../domain/reference.ts'
import { describeFailure } from '../transport/failures.ts'
import type { ListRefs, RefList } from '../git/refs.ts'
import { isHostFailure, watchOutage } from '../transport/outage.ts'
import type { ReachCase } from './case.ts'

const PARALLEL = 16

/** What to make of the answers. */
interface Takers {
  readonly take: (each: ReachCase, list: RefList) => void
  readonly refused: (each: ReachCase, failure: RepositoryFailure) => void
}

/** Lists refs by git for all cases: one request for each repository. */
export async function listForCases(
  listRefs: ListRefs,
  prefixes: readonly string[],
  cases: readonly ReachCase[],
  { take, refused }: Takers,
): Promise<HostFailure | undefined> {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()

  async function ask(group: readonly ReachCase[]): Promise<HostFailure | undefined> {
    const [first] = group
    if (first === undefined) return undefined
    const over = outage.over()
    const { result, token } = over ? { result: over } : await listRefs(first.question, prefixes)
    if (isHostFailure(result)) {
      outage.failed(result)
      for (const each of group) each.failed(describeFailure(result))
      return result.kind === 'unauthorized' ? result : undefined
    }
    outage.answered()
    for (const each of group)
      if (result.kind === 'list') {
        if (token === undefined) each.takeVisibility(true)
        take(each, result)
      } else refused(each, result)
    return undefined
  }

  const groups = new Map<string, readonly ReachCase[]>()
  for (const each of cases) {
    const key = repositoryKey(each.question)
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  const failures = await Promise.all([...groups.values()].map((group) => limit(ask, group)))
  return failures.find((failure) => failure !== undefined)
}
