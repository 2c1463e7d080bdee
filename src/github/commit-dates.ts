import type { HostFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitDates, RepositoryCommit } from '../resolve/connection.ts'
import type { DateRead } from './date-read.ts'
import { describeFailure, describeRepositoryFailure } from './failures.ts'
import type { FactStore } from './fact-store.ts'
import { readDatesByGraphql } from './graphql-dates.ts'
import type { HostTools } from './host-tools.ts'
import { createRest } from './rest.ts'
import { readDatesByRest } from './rest-dates.ts'

/**
 * Tells when commits were made: with a token all of them in a few queries, without one by one, each of which costs one of the sixty
 * requests that an hour has. A date is never worth a failure of the run, unless the token is wrong. Dates do not change, so they
 * are kept for good.
 */
export function createDateReader(tools: HostTools): CommitDates['readDates'] {
  const { facts } = tools
  return async (commits) => {
    const known = new Map<string, number | string>()
    const wanted = [...new Map(commits.map((at) => [keyOf(at), at] as const)).values()]
    const kept = await Promise.all(wanted.map((at) => facts.find(factKey(at), Infinity)))
    const open = wanted.filter((at, n) => {
      const date = kept[n]
      if (typeof date === 'number') known.set(keyOf(at), date)
      return typeof date !== 'number'
    })
    const reads = await readAll(tools, open)
    for (const [at, read] of reads) {
      const date = dateOf(read)
      if (typeof date === 'object') return date
      known.set(keyOf(at), date)
    }
    await keepAll(facts, reads)
    return { kind: 'dates', of: (at) => known.get(keyOf(at)) ?? 'it was not asked for' }
  }
}

type Reads = readonly (readonly [RepositoryCommit, DateRead])[]

/** By GraphQL, and where that refuses the token, as everybody may; or all by REST. */
async function readAll(tools: HostTools, commits: readonly RepositoryCommit[]): Promise<Reads> {
  const { ask, host } = tools
  if (ask === undefined) return zip(commits, await readDatesByRest(createRest(tools), commits))
  const reads = zip(commits, await readDatesByGraphql(ask, host.name, commits))
  const refused = reads.filter(([, read]) => read.kind === 'forbidden')
  const rest = createRest({ ...tools, token: undefined })
  const again = refused.map(([at]) => at)
  const open = new Map(zip(again, await readDatesByRest(rest, again)))
  return reads.map(([at, read]) => {
    const other = open.get(at)
    return [at, other?.kind === 'date' ? other : read] as const
  })
}

function zip(commits: readonly RepositoryCommit[], reads: readonly DateRead[]): Reads {
  return commits.flatMap((at, n) => {
    const read = reads[n]
    return read === undefined ? [] : [[at, read] as const]
  })
}

async function keepAll(facts: FactStore, reads: Reads): Promise<void> {
  const kept = reads.map(async ([at, read]) => {
    if (read.kind === 'date' && read.isPublic) await facts.keep(factKey(at), read.date)
  })
  await Promise.all(kept)
}

/** The date, or why it is not known, or what ends the run. */
function dateOf(read: DateRead): number | string | HostFailure {
  switch (read.kind) {
    case 'date':
      return read.date
    case 'no-date':
      return read.reason
    case 'repository-not-found':
    case 'forbidden':
    case 'broken':
      return describeRepositoryFailure(read)
    case 'unauthorized':
      return read
    case 'network':
    case 'rate-limited':
    case 'unusable':
      return describeFailure(read)
  }
}

function keyOf(at: RepositoryCommit): string {
  return `${repositoryKey(at)}@${at.commit}`
}

function factKey(at: RepositoryCommit) {
  return ['date', repositoryKey(at), at.commit] as const
}
