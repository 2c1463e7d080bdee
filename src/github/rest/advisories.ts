import type { HostFailure } from '../../domain/outcome.ts'
import type { AdvisoryList, Vulnerability } from '../../resolve/connection.ts'
import { describeAnswer } from '../transport/failures.ts'
import { field } from '../json.ts'
import { isHostFailure } from '../transport/outage.ts'
import type { Rest } from './rest.ts'
import { readVulnerability } from '../vulnerability.ts'

const FIRST = '/advisories?ecosystem=actions&per_page=100'
const MOST_PAGES = 100

/**
 * What REST says of actions, page by page.
 * https://docs.github.com/rest/security-advisories/global-advisories#list-global-security-advisories
 */
export async function readAdvisoriesByRest(
  rest: Rest,
  host: string,
): Promise<AdvisoryList | HostFailure> {
  const vulnerabilities: Vulnerability[] = []
  let path = FIRST
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await rest.ask(path)
    if (isHostFailure(answer)) return answer
    const { response, value } = answer
    if (response.status === 404)
      return unusable(host, 'it has no advisory database that can be asked')
    if (response.status !== 200 || value === undefined)
      return unusable(host, describeAnswer(response))
    const read = Array.isArray(value) ? value.map(readAdvisory) : [undefined]
    for (const each of read) {
      if (each === undefined)
        return unusable(host, 'the answer about advisories is not of the known shape')
      vulnerabilities.push(...each)
    }
    const cursor = nextCursor(response.headers.get('link') ?? '')
    if (cursor === undefined) return { kind: 'advisories', vulnerabilities }
    path = `${FIRST}&after=${encodeURIComponent(cursor)}`
  }
  return unusable(host, 'its list of advisories does not end')
}

/** The cursor of the next page: of the link nothing else is taken, so that it leads nowhere else. */
function nextCursor(link: string): string | undefined {
  const url = /<([^>]*)>\s*;[^,]*\brel="next"/.exec(link)?.[1]
  if (url === undefined || !URL.canParse(url)) return undefined
  return new URL(url).searchParams.get('after') ?? undefined
}

/** The ranges of actions in an advisory; none of one that was withdrawn; `undefined` where it was not understood. */
function readAdvisory(advisory: unknown): readonly Vulnerability[] | undefined {
  const withdrawn = field(advisory, 'withdrawn_at')
  if (typeof withdrawn === 'string') return []
  const listed = field(advisory, 'vulnerabilities')
  if (withdrawn !== null || !Array.isArray(listed)) return undefined
  const ours = listed.filter(
    (each: unknown) => field(field(each, 'package'), 'ecosystem') === 'actions',
  )
  const read = ours.map((each: unknown) =>
    readVulnerability({
      id: field(advisory, 'ghsa_id'),
      action: field(field(each, 'package'), 'name'),
      severity: field(advisory, 'severity'),
      summary: field(advisory, 'summary'),
      // A range that nobody wrote is one that cannot be read, and not one that holds nothing.
      range: field(each, 'vulnerable_version_range') ?? '',
      patched: patchedIn(field(each, 'first_patched_version')),
      url: field(advisory, 'html_url'),
    }),
  )
  const known = read.filter((each) => each !== undefined)
  return known.length === read.length ? known : undefined
}

/** A text; earlier, and on some servers, an object that holds it. */
function patchedIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? field(value, 'identifier') : value
}

function unusable(host: string, detail: string): HostFailure {
  return { kind: 'unusable', host, detail }
}
