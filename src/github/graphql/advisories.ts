import type { HostFailure } from '../../domain/outcome.ts'
import type { AdvisoryList, Vulnerability } from '../../resolve/connection.ts'
import type { AskGraphql } from './client.ts'
import { readErrors } from './errors.ts'
import { field } from '../json.ts'
import { readVulnerability } from '../vulnerability.ts'

const QUERY = `query($after:String){securityVulnerabilities(ecosystem:ACTIONS,first:100,after:$after){
pageInfo{hasNextPage endCursor}
nodes{advisory{ghsaId summary permalink withdrawnAt}package{name}severity vulnerableVersionRange firstPatchedVersion{identifier}}
}}`

// The whole list was one page in 2026.
const MOST_PAGES = 100

/** What GraphQL says of actions, page by page. */
export async function readAdvisoriesByGraphql(
  ask: AskGraphql,
  host: string,
): Promise<AdvisoryList | HostFailure> {
  const vulnerabilities: Vulnerability[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const reply: Awaited<ReturnType<AskGraphql>> = await ask({
      query: QUERY,
      variables: { after },
      onOverload: 'retry',
    })
    if (reply.kind === 'overload') return unusable(host, reply.detail)
    if (reply.kind !== 'reply') return reply
    const [error] = readErrors(reply.errors)
    if (error !== undefined) return unusable(host, `GitHub said: ${error.message}`)
    const list = field(reply.data, 'securityVulnerabilities')
    const nodes = field(list, 'nodes')
    const read = Array.isArray(nodes) ? nodes.map(readNode) : [undefined]
    for (const each of read) {
      if (each === undefined) return unusable(host, NOT_UNDERSTOOD)
      if (each !== 'withdrawn') vulnerabilities.push(each)
    }
    const info = field(list, 'pageInfo')
    const cursor = field(info, 'endCursor')
    if (field(info, 'hasNextPage') === false) return { kind: 'advisories', vulnerabilities }
    if (typeof cursor !== 'string') return unusable(host, NOT_UNDERSTOOD)
    after = cursor
  }
  return unusable(host, 'its list of advisories does not end')
}

const NOT_UNDERSTOOD = 'the answer about advisories is not of the known shape'

function readNode(node: unknown): Vulnerability | 'withdrawn' | undefined {
  const advisory = field(node, 'advisory')
  const withdrawn = field(advisory, 'withdrawnAt')
  if (typeof withdrawn === 'string') return 'withdrawn'
  if (withdrawn !== null) return undefined
  const patched = field(node, 'firstPatchedVersion')
  const id = field(advisory, 'ghsaId')
  return readVulnerability({
    id,
    action: field(field(node, 'package'), 'name'),
    severity: field(node, 'severity'),
    summary: field(advisory, 'summary'),
    range: field(node, 'vulnerableVersionRange'),
    patched: patched === null ? null : field(patched, 'identifier'),
    url: field(advisory, 'permalink') ?? `https://github.com/advisories/${String(id)}`,
  })
}

function unusable(host: string, detail: string): HostFailure {
  return { kind: 'unusable', host, detail }
}
