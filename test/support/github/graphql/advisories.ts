import type { GraphQLResolveInfo } from 'graphql'
import {
  advisoryUrl,
  ecosystemOf,
  vulnerabilitiesOf,
  type ListedVulnerability,
  type WorldAdvisory,
} from '../advisories.ts'
import { connection } from './connection.ts'
import { GraphObject, nodeId, stringArg, type Args } from './graph-object.ts'

/** `Query.securityVulnerabilities` */
export function vulnerabilitiesConnection(
  advisories: readonly WorldAdvisory[],
  args: Args,
  info: GraphQLResolveInfo,
): GraphObject {
  const listed = vulnerabilitiesOf(advisories, stringArg(args, 'ecosystem'))
  return connection('SecurityVulnerability', listed, vulnerability, args, info)
}

function vulnerability(listed: ListedVulnerability): GraphObject {
  const { advisory, range, patched } = listed
  return new GraphObject('SecurityVulnerability', {
    advisory: () => advisoryObject(advisory),
    package: () =>
      new GraphObject('SecurityAdvisoryPackage', {
        name: () => listed.package,
        ecosystem: () => ecosystemOf(listed),
      }),
    severity: () => severityOf(advisory),
    vulnerableVersionRange: () => range,
    firstPatchedVersion: () =>
      patched === undefined
        ? null
        : new GraphObject('SecurityAdvisoryPackageVersion', { identifier: () => patched }),
  })
}

function advisoryObject(advisory: WorldAdvisory): GraphObject {
  const { id, summary = id, withdrawn = false } = advisory
  return new GraphObject('SecurityAdvisory', {
    id: () => nodeId('GSA', id),
    ghsaId: () => id,
    summary: () => summary,
    severity: () => severityOf(advisory),
    permalink: () => advisoryUrl(advisory),
    withdrawnAt: () => (withdrawn ? '2025-01-01T00:00:00Z' : null),
  })
}

function severityOf({ severity = 'high' }: WorldAdvisory): string {
  return severity.toUpperCase()
}
