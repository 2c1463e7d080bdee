/** An advisory as the local GitHub's database holds it. */
export interface WorldAdvisory {
  /** `GHSA-…` */
  readonly id: string
  readonly summary?: string
  /** `high` unless told. */
  readonly severity?: 'low' | 'moderate' | 'high' | 'critical'
  readonly withdrawn?: boolean
  readonly vulnerabilities: readonly WorldVulnerability[]
}

export interface WorldVulnerability {
  readonly package: string
  readonly range: string
  readonly patched?: string
  /** In capitals; `ACTIONS` unless told. */
  readonly ecosystem?: string
}

/** What every local GitHub knows that was not told otherwise: a database without entries is no database. */
export const someAdvisories: readonly WorldAdvisory[] = [
  {
    id: 'GHSA-0000-0000-0000',
    summary: 'An action that nobody uses',
    vulnerabilities: [{ package: 'nobody/uses-this', range: '< 1', patched: '1' }],
  },
]

/** One vulnerable range with the advisory that it is of. */
export interface ListedVulnerability extends WorldVulnerability {
  readonly advisory: WorldAdvisory
}

export function vulnerabilitiesOf(
  advisories: readonly WorldAdvisory[],
  ecosystem: string | undefined,
): readonly ListedVulnerability[] {
  return advisories
    .flatMap((advisory) => advisory.vulnerabilities.map((each) => ({ ...each, advisory })))
    .filter((each) => ecosystem === undefined || ecosystemOf(each) === ecosystem)
}

export function ecosystemOf({ ecosystem }: WorldVulnerability): string {
  return ecosystem ?? 'ACTIONS'
}

export function advisoryUrl({ id }: WorldAdvisory): string {
  return `https://github.com/advisories/${id}`
}
