import type { Finding, FindingCode, Level } from '../../check/finding.ts'
import { defaultLevels } from '../../check/levels.ts'
import { FINDING_CODES } from '../../domain/finding-code.ts'
import { findingTitles } from '../finding/titles.ts'
import { findingPage } from '../project-pages.ts'

/** Where a code's rule stands in the list that {@link sarifRules} makes. */
export function ruleIndex(code: FindingCode): number {
  return FINDING_CODES.indexOf(code)
}

/**
 * The rules of a SARIF run: one for every code, found or not, so that the list is the same from run to run. A severity outranks
 * a result's level wherever code scanning shows it, so a rule has one only where no finding of this run is milder than an error.
 */
export function sarifRules(findings: readonly Finding[]): object[] {
  const softened = new Set(
    findings.flatMap(({ level, detail }) => (level === 'error' ? [] : [detail.code])),
  )
  return FINDING_CODES.map((code) => {
    const { title, description } = findingTitles[code]
    const page = findingPage(code)
    const level: Level = defaultLevels[code]
    const severity = softened.has(code) ? undefined : SEVERITIES[code]
    return {
      id: code,
      ...nameOf(code),
      shortDescription: { text: title },
      fullDescription: { text: description },
      helpUri: page,
      help: {
        text: `${description} More, and what to do: ${page}`,
        markdown: `${description}\n\n[What it means and what to do](${page})`,
      },
      defaultConfiguration: { level },
      properties: {
        tags: ['security', 'supply-chain', 'github-actions'],
        precision: 'very-high',
        ...(severity === undefined ? {} : { 'security-severity': severity }),
      },
    }
  })
}

/** `label-missing` as `LabelMissing`; one word would be the id over again, which the SARIF validator warns of (SARIF1001). */
function nameOf(code: FindingCode): { readonly name?: string } {
  if (!code.includes('-')) return {}
  return { name: code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()) }
}

/**
 * How grave each error is, by the scale of CVSS: critical from 9, high from 7. None is below 7, since GitHub lets a pull request
 * pass what is not high. Warnings and notes have none: their level says it.
 */
const SEVERITIES: Record<FindingCode, string | undefined> = {
  'impostor-commit': '9.8',
  'mass-moved-tags': '9.8',
  'moved-tag': '9.1',
  vulnerable: '8.8',
  'label-mismatch': '8.1',
  'vendored-edited': '8.1',
  unpinned: '7.5',
  'nested-unpinned': '7.5',
  'short-sha': '7.5',
  'tag-object': '7.5',
  'ambiguous-ref': '7.5',
  'unknown-commit': '7.5',
  'not-understood': '7.5',
  'owner-not-allowed': '7.5',
  lockfile: '7.0',
  'label-missing': undefined,
  'label-vague': undefined,
  'label-gone': undefined,
  archived: undefined,
  renamed: undefined,
  'unpinned-image': undefined,
  'breaks-when-pinned': undefined,
  undetermined: undefined,
  'ignore-expired': undefined,
}
