import { repositoryKey } from '../domain/reference.ts'
import type { Expansion, Expansions, ShortenedCommit } from '../resolve/connection.ts'
import { askEitherWay } from './both-ways.ts'
import type { ExpansionRead } from './expansion-read.ts'
import { describeFailure, describeRepositoryFailure } from './transport/failures.ts'
import { expandByGraphql } from './graphql/expansions.ts'
import type { HostTools } from './connection/host-tools.ts'
import { expandByRest } from './rest/expansions.ts'

/**
 * Tells which commits shortened SHAs are of: with a token all of them in a few queries, without one by one, each of which costs one
 * of the sixty requests that an hour has. Nothing of it is kept: another commit may come to begin so.
 */
export function createExpander(tools: HostTools): Expansions['expandShas'] {
  return async (shortened) => {
    const wanted = [...new Map(shortened.map((at) => [keyOf(at), at] as const)).values()]
    const reads = await askEitherWay(tools, wanted, {
      byGraphql: (ask, open) => expandByGraphql(ask, tools.host.name, open),
      byRest: expandByRest,
      isTelling: ({ kind }) => kind === 'commit' || kind === 'none',
    })
    const known = new Map<string, Expansion>()
    for (const [n, at] of wanted.entries()) {
      const read = reads[n]
      if (read !== undefined) known.set(keyOf(at), expansionOf(read))
    }
    return (at) => known.get(keyOf(at)) ?? { kind: 'unknown', detail: 'it was not asked for' }
  }
}

function expansionOf(read: ExpansionRead): Expansion {
  switch (read.kind) {
    case 'commit':
    case 'none':
      return read
    case 'repository-not-found':
    case 'forbidden':
    case 'broken':
      return { kind: 'unknown', detail: describeRepositoryFailure(read) }
    case 'network':
    case 'unauthorized':
    case 'rate-limited':
    case 'unusable':
      return { kind: 'unknown', detail: describeFailure(read) }
  }
}

function keyOf(at: ShortenedCommit): string {
  return `${repositoryKey(at)}@${at.digits}`
}
