import type { FindingDetail } from '../../check/finding-detail.ts'
import type { Finding } from '../../check/finding.ts'
import { actionOf, entryOf, isNested } from './subject.ts'
import type { Words } from '../words.ts'

/** The words for an image without a digest: where it can be written, or what else can be done. */
export function imageWords(
  { image }: Extract<FindingDetail, { code: 'unpinned-image' }>,
  finding: Finding,
): Words {
  const isExpression = image.includes('${{')
  const why = 'whoever can push that image decides what runs'
  if (!isNested(finding))
    return {
      what: isExpression
        ? `which image runs is an expression's to say (${image}), so no digest stands here`
        : `the image ${image} has no digest`,
      why,
      next: 'write @sha256: and the digest behind it',
    }
  const holder = actionOf(finding.chain.at(-2) ?? '')
  return {
    what: isExpression
      ? `${holder} runs the image that an expression says (${image}), so no digest stands there`
      : `${holder} runs the image ${image}, which has no digest`,
    why,
    next: `look for a release of ${actionOf(entryOf(finding))} whose images have digests, ask the authors of ${holder} for one (@sha256: and the digest behind the image), or keep a copy of your own in which you write them`,
  }
}
