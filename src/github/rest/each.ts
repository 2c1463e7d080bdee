import pLimit from 'p-limit'
import type { HostFailure } from '../../domain/outcome.ts'
import type { RepositoryName } from '../cache/manifest-store.ts'
import { isHostFailure, watchOutage } from '../transport/outage.ts'
import type { Rest, RestAnswer } from './rest.ts'

const PARALLEL = 8

/** How one thing each is asked of many items by REST. */
export interface EachByRest<Item, Answer> {
  /** The part of the path after `/repos/OWNER/REPO`. */
  readonly tailOf: (item: Item) => string
  readonly read: (item: Item, answer: RestAnswer) => Answer
}

/** Asks for all items, one request for each, some side by side, while there is use in asking. One answer to each, in their order. */
export function askEachByRest<Item extends RepositoryName, Answer>(
  rest: Rest,
  items: readonly Item[],
  { tailOf, read }: EachByRest<Item, Answer>,
): Promise<readonly (Answer | HostFailure)[]> {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()
  const ask = async (item: Item): Promise<Answer | HostFailure> => {
    const answer = outage.over() ?? (await rest.askRepository(item, tailOf(item)))
    if (isHostFailure(answer)) {
      outage.failed(answer)
      return answer
    }
    outage.answered()
    return read(item, answer)
  }
  return Promise.all(items.map((item) => limit(ask, item)))
}
