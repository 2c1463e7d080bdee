import type { Finding } from '../../check/finding.ts'
import type { CheckReport } from './report.ts'
import { count } from '../count.ts'
import { byLevel } from '../finding/levels.ts'
import { makeRegions } from '../finding/region.ts'
import { fingerprintsOf } from './fingerprint.ts'
import { groupBy } from '../group.ts'
import { HOME } from '../project-pages.ts'
import { sarifResult } from './sarif-result.ts'
import { sarifRules } from './sarif-rules.ts'

/**
 * Findings as a SARIF 2.1.0 log, with a final line end, in the form that GitHub's code scanning takes. It knows a rule but
 * once at a place; so where one reference leads to several others, they are one result, with a code flow for each.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * @param version pinsmith's own
 */
export function formatCheckSarif({ findings, texts }: CheckReport, version: string): string {
  const groups = groupByPlace(findings)
  const kept = groups.length > MOST_RESULTS ? gravest(groups) : groups
  const regions = makeRegions(texts)
  const prints = fingerprintsOf(
    kept.map(([first]) => first),
    texts,
  )
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'pinsmith',
            informationUri: HOME,
            semanticVersion: version,
            rules: sarifRules(findings),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: leftOut(groups.length - kept.length),
          },
        ],
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The root of the repository.' } },
        },
        columnKind: 'utf16CodeUnits',
        results: kept.flatMap((group, index) => {
          const print = prints[index]
          return print === undefined ? [] : [sarifResult(group, print, regions)]
        }),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

/** The findings of one code at one place together, the gravest first. */
function groupByPlace(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const numbered = findings.map((finding, number) => ({ finding, number }))
  const groups = groupBy(numbered, ({ finding: { detail, file, position }, number }) =>
    JSON.stringify(position === undefined ? number : [detail.code, file, position]),
  )
  return groups.map(([first, ...others]) => {
    const [gravestOne = first.finding, ...rest] = [first, ...others]
      .map(({ finding }) => finding)
      .toSorted(byLevel)
    return [gravestOne, ...rest]
  })
}

// A log with more results is refused as a whole.
const MOST_RESULTS = 25_000

function gravest(groups: readonly [Finding, ...Finding[]][]): [Finding, ...Finding[]][] {
  return groups.toSorted(([a], [b]) => byLevel(a, b)).slice(0, MOST_RESULTS)
}

function leftOut(number: number): object[] {
  if (number === 0) return []
  const text = `${count(number, 'result')} left out, since code scanning takes no more than ${MOST_RESULTS}.`
  return [{ level: 'warning', message: { text } }]
}
