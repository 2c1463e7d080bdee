import { advisoryUrl, ecosystemOf, type WorldAdvisory } from './advisories.ts'
import { searchOf, type Endpoint } from './endpoint.ts'
import { json } from './reply.ts'
import { metered, restEndpoint } from './rest-endpoint.ts'

/** `GET /advisories`: https://docs.github.com/rest/security-advisories/global-advisories */
export const advisoriesEndpoint: Endpoint = restEndpoint('/advisories', (request, _, services) =>
  metered(request, services, () => {
    const search = searchOf(request)
    const ecosystem = search.get('ecosystem')?.toUpperCase()
    const size = Number(search.get('per_page') ?? 30)
    const start = Number(search.get('after') ?? 0)
    const listed = services.advisories.filter(
      ({ vulnerabilities }) =>
        ecosystem === undefined || vulnerabilities.some((each) => ecosystemOf(each) === ecosystem),
    )
    const end = start + size
    search.set('after', `${end}`)
    const next = `<${services.url}/api/v3/advisories?${search.toString()}>; rel="next"`
    const page = listed.slice(start, end).map(advisoryJson)
    return json(200, page, end < listed.length ? { link: next } : {})
  }),
)

function advisoryJson(advisory: WorldAdvisory): object {
  const { id, summary = id, severity = 'high', withdrawn = false, vulnerabilities } = advisory
  return {
    ghsa_id: id,
    html_url: advisoryUrl(advisory),
    summary,
    type: 'reviewed',
    severity: severity === 'moderate' ? 'medium' : severity,
    withdrawn_at: withdrawn ? '2025-01-01T00:00:00Z' : null,
    vulnerabilities: vulnerabilities.map((each) => ({
      package: { ecosystem: ecosystemOf(each).toLowerCase(), name: each.package },
      vulnerable_version_range: each.range,
      first_patched_version: each.patched ?? null,
      vulnerable_functions: [],
    })),
  }
}
