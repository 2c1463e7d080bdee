import pLimit from 'p-limit'
import type { HostFailure } from '../../domain/outcome.ts'
import { createBinding, type Bind, type Query } from './binding.ts'
import type { AskGraphql } from './client.ts'
import { readErrors, type GraphqlError } from './errors.ts'
import { field } from '../json.ts'
import { watchOutage } from '../transport/outage.ts'

// GitHub allows 100 requests at a time, and a minute of computing in a minute, which is what large queries use up.
const PARALLEL = 8

/** What is asked in batches: each item under an alias of its own, by {@link aliasOf}. */
export interface BatchKind<Item> {
  readonly build: (items: readonly Item[]) => Query
  /** Smaller batches for one that was too much; `undefined` where it cannot be smaller. */
  readonly shrink: (items: readonly Item[]) => readonly (readonly Item[])[] | undefined
  /** Takes what stands under the item's alias, and the errors below it. */
  readonly take: (item: Item, value: unknown, errors: readonly GraphqlError[]) => void
  readonly fail: (item: Item, failure: HostFailure) => void
}

/**
 * Makes what asks a batch; where it is refused as a whole, smaller ones; what is refused by itself has failed. One for all batches
 * of a call: it notices when there is no use in asking on.
 */
export function createBatches<Item>(
  ask: AskGraphql,
  host: string,
  { build, shrink, take, fail }: BatchKind<Item>,
): (items: readonly Item[]) => Promise<void> {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()

  async function askBatch(items: readonly Item[]): Promise<void> {
    const smaller = shrink(items)
    const onOverload = smaller === undefined ? 'retry' : 'smaller'
    const request = { ...build(items), onOverload } as const
    const reply = await limit(async () => outage.over() ?? ask(request))
    if (reply.kind === 'reply') {
      const errors = readErrors(reply.errors)
      const whole = errors.find(({ path }) => !items.some((_, n) => path[0] === aliasOf(n)))
      if (whole !== undefined) return refused(items, smaller, `GitHub said: ${whole.message}`)
      outage.answered()
      for (const [n, item] of items.entries()) {
        const below = errors.filter(({ path }) => path[0] === aliasOf(n))
        take(item, field(reply.data, aliasOf(n)), below)
      }
      return
    }
    if (reply.kind === 'overload') return refused(items, smaller, reply.detail)
    return failAll(items, reply)
  }

  async function refused(
    items: readonly Item[],
    smaller: ReturnType<typeof shrink>,
    detail: string,
  ): Promise<void> {
    if (smaller === undefined) return failAll(items, { kind: 'unusable', host, detail })
    await Promise.all(smaller.map(askBatch))
  }

  function failAll(items: readonly Item[], failure: HostFailure): void {
    outage.failed(failure)
    for (const item of items) fail(item, failure)
  }

  return askBatch
}

export function aliasOf(index: number): string {
  return `r${index}`
}

/** How one thing each is asked of many items, that know nothing of each other. */
export interface EachKind<Item, Answer> {
  /** How many items one query asks for. */
  readonly size: number
  /** What to select of one. */
  readonly select: (item: Item, bind: Bind) => string
  readonly read: (item: Item, value: unknown, errors: readonly GraphqlError[]) => Answer
}

/** Asks for all items, in as few queries as can hold them, side by side. One answer to each, in their order. */
export async function askEach<Item, Answer>(
  ask: AskGraphql,
  host: string,
  items: readonly Item[],
  { size, select, read }: EachKind<Item, Answer>,
): Promise<readonly (Answer | HostFailure)[]> {
  const answers = new Map<number, Answer | HostFailure>()
  const askBatch = createBatches<readonly [number, Item]>(ask, host, {
    build: (batch) => {
      const { bind, queryOf } = createBinding()
      const fields = batch.map(([, item], n) => `${aliasOf(n)}:${select(item, bind)}`)
      return queryOf(fields.join(''), '')
    },
    shrink: halve,
    take: ([n, item], value, errors) => answers.set(n, read(item, value, errors)),
    fail: ([n], failure) => answers.set(n, failure),
  })
  const entries = [...items.entries()]
  const starts = entries.map(([n]) => n).filter((n) => n % size === 0)
  await Promise.all(starts.map((start) => askBatch(entries.slice(start, start + size))))
  const lacking: HostFailure = { kind: 'unusable', host, detail: 'no answer' }
  return items.map((_, n) => answers.get(n) ?? lacking)
}

function halve<Item>(items: readonly Item[]): readonly (readonly Item[])[] | undefined {
  const middle = Math.ceil(items.length / 2)
  return items.length > 1 ? [items.slice(0, middle), items.slice(middle)] : undefined
}
