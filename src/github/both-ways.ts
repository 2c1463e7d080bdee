import type { HostTools } from './connection/host-tools.ts'
import { createRest, type Rest } from './rest/rest.ts'
import type { AskGraphql } from './graphql/client.ts'

/** How the same is asked in either way: one answer to each item, in their order. */
export interface BothWays<Item, Read> {
  readonly byGraphql: (ask: AskGraphql, items: readonly Item[]) => Promise<readonly Read[]>
  readonly byRest: (rest: Rest, items: readonly Item[]) => Promise<readonly Read[]>
  /** Whether an answer is what was asked for, and no failure. */
  readonly isTelling: (read: Read) => boolean
}

/** By GraphQL, and where that refuses the token, as everybody may; or all by REST. One answer to each, in their order. */
export async function askEitherWay<Item, Read extends { readonly kind: string }>(
  tools: HostTools,
  items: readonly Item[],
  { byGraphql, byRest, isTelling }: BothWays<Item, Read>,
): Promise<readonly Read[]> {
  const { ask } = tools
  if (ask === undefined) return byRest(createRest(tools), items)
  const reads = await byGraphql(ask, items)
  const isRefused = (n: number): boolean => reads[n]?.kind === 'forbidden'
  const refused = items.filter((_, n) => isRefused(n))
  const open = [...(await byRest(createRest({ ...tools, token: undefined }), refused))]
  return reads.map((read, n) => {
    const other = isRefused(n) ? open.shift() : undefined
    return other !== undefined && isTelling(other) ? other : read
  })
}
