import type { FindingCode } from '../check/finding.ts'

/** The project's page. */
export const HOME = 'https://github.com/pinsmith/pinsmith'

/** The page that says what a finding means, why it matters, and what to do. */
export function findingPage(code: FindingCode): string {
  return `${HOME}/blob/main/docs/findings.md#${code}`
}
