import pLimit from 'p-limit'
import type { HostFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import { describeFailure, describeRepositoryFailure } from './failures.ts'
import type { ReadRefs } from './git-refs.ts'
import { isHostFailure, watchOutage } from './outage.ts'
import type { ReachCase } from './reach-case.ts'

const PARALLEL = 16

/** Looks among the tips of all branches and tags, by git: one request for each repository. */
export async function readTips(
  readRefs: ReadRefs,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()

  async function ask(group: readonly ReachCase[]): Promise<HostFailure | undefined> {
    const [first] = group
    if (first === undefined) return undefined
    const over = outage.over()
    const { result, token } = over
      ? { result: over }
      : await readRefs(first.question, ['refs/heads/', 'refs/tags/'])
    if (isHostFailure(result)) {
      outage.failed(result)
      for (const each of group) each.failed(describeFailure(result))
      return result.kind === 'unauthorized' ? result : undefined
    }
    outage.answered()
    if (result.kind !== 'refs') {
      const detail = describeRepositoryFailure(result)
      for (const each of group)
        if (result.kind === 'repository-not-found') each.close({ kind: 'undetermined', detail })
        else each.failed(detail)
      return undefined
    }
    for (const each of group) {
      if (token === undefined) each.takeVisibility(true)
      each.takeTips(result.branches, result.tags)
    }
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
