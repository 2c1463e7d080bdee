import type { HostFailure } from '../domain/outcome.ts'
import type { Advisories, Vulnerability } from '../resolve/connection.ts'
import { HOUR, type FactKey } from './cache/fact-store.ts'
import { readAdvisoriesByGraphql } from './graphql/advisories.ts'
import type { HostTools } from './connection/host-tools.ts'
import { createRest } from './rest/rest.ts'
import { readAdvisoriesByRest } from './rest/advisories.ts'
import { readVulnerability } from './vulnerability.ts'

/**
 * Brings what the host's database says of actions, all of it: about sixty entries. A host that has none cannot say that an action is
 * free of them, so an empty list is a failure. Kept for an hour.
 */
export function createAdvisoryReader(tools: HostTools): Advisories['readAdvisories'] {
  const { host, ask, facts } = tools
  return async () => {
    const kept = readKept(await facts.find(KEY, HOUR))
    if (kept !== undefined) return { kind: 'advisories', vulnerabilities: kept }
    const list =
      ask === undefined
        ? await readAdvisoriesByRest(createRest(tools), host.name)
        : await readAdvisoriesByGraphql(ask, host.name)
    if (list.kind !== 'advisories') return list
    if (list.vulnerabilities.length === 0) return hasNone(host.name)
    const vulnerabilities = list.vulnerabilities.toSorted(byName)
    await facts.keep(KEY, vulnerabilities)
    return { kind: 'advisories', vulnerabilities }
  }
}

const KEY: FactKey = ['advisories']

function hasNone(host: string): HostFailure {
  const detail =
    'its advisory database holds nothing about actions; on an Enterprise Server, GitHub Connect brings it'
  return { kind: 'unusable', host, detail }
}

function readKept(fact: unknown): readonly Vulnerability[] | undefined {
  if (!Array.isArray(fact)) return undefined
  const read = fact.map(readVulnerability)
  const known = read.filter((each) => each !== undefined)
  return known.length === read.length && known.length > 0 ? known : undefined
}

/** The same order, however it was asked. */
function byName(one: Vulnerability, other: Vulnerability): number {
  const [a, b] = [one, other].map(({ id, action, range }) => `${id} ${action} ${range}`)
  return (a ?? '') < (b ?? '') ? -1 : 1
}
