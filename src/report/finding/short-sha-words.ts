import type { FindingDetail } from '../../check/finding-detail.ts'
import type { Finding } from '../../check/finding.ts'
import { accusedReference, refOf, repositoryOf } from './subject.ts'
import { resolutionWords } from '../resolution-words.ts'
import type { Words } from '../words.ts'

/** The words for a shortened SHA, and for what is known of the commit that it is of. */
export function shortShaWords(
  { tips, expansion }: Extract<FindingDetail, { code: 'short-sha' }>,
  finding: Finding,
): Words {
  const words = resolutionWords(accusedReference(finding), { kind: 'short-sha', tips })
  switch (expansion?.kind) {
    case undefined:
      return words
    case 'commit':
      return {
        ...words,
        what: `${refOf(finding)} is a shortened SHA, of ${expansion.commit}`,
        next: 'run `pinsmith check --fix`, which writes the full 40 digits',
      }
    case 'none':
      return {
        ...words,
        what: `${refOf(finding)} looks like a shortened SHA, but no commit of ${repositoryOf(finding)} begins so, or several do`,
        next: 'find out which commit is meant, and write the full 40 digits',
      }
    case 'unknown':
      return {
        ...words,
        what: `${refOf(finding)} looks like a shortened SHA, which could not be expanded: ${expansion.detail}`,
        next: 'run pinsmith again, with a token if there was none, or write the full 40 digits',
      }
  }
}
