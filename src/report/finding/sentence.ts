import type { Finding } from '../../check/finding.ts'
import { accusedReference, isNested } from './subject.ts'
import { shortenCommits, shortenReference } from '../graph/reference.ts'
import type { Words } from '../words.ts'

/** Which reference is accused of what, for where that is not seen from the place: `acme/tool@v1: v1 is no commit SHA`. */
export function accusation(finding: Finding, { what }: Words): string {
  const accused = accusedReference(finding)
  const said = shortenCommits(what)
  return accused === '' || what.includes(accused) ? said : `${shortenReference(accused)}: ${said}`
}

/** How a nested finding is reached, references as they are shown; `undefined` for one that is not nested. */
export function shownChain(finding: Finding): readonly string[] | undefined {
  return isNested(finding) ? finding.chain.map(shortenReference) : undefined
}
