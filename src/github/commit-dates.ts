import type { HostFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitDates, RepositoryCommit } from '../resolve/connection.ts'
import { askEitherWay } from './both-ways.ts'
import type { DateRead } from './date-read.ts'
import { describeFailure, describeRepositoryFailure } from './transport/failures.ts'
import type { FactStore } from './cache/fact-store.ts'
import { readDatesByGraphql } from './graphql/dates.ts'
import type { HostTools } from './connection/host-tools.ts'
import { readDatesByRest } from './rest/dates.ts'

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

async function readAll(tools: HostTools, commits: readonly RepositoryCommit[]): Promise<Reads> {
  const reads = await askEitherWay(tools, commits, {
    byGraphql: (ask, open) => readDatesByGraphql(ask, tools.host.name, open),
    byRest: readDatesByRest,
    isTelling: ({ kind }) => kind === 'date',
  })
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
