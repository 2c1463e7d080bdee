import { byCodeUnits } from '../domain/order.ts'
import type { Finding } from './finding.ts'
import type { Fixes } from './fixes.ts'
import type { Weighed } from './weigh.ts'

/** What stands of accusations as findings, by file and place; those about the whole run come first. */
export function toFindings(weighed: readonly Weighed[], fixes: Fixes): Finding[] {
  return weighed.map((each) => toFinding(each, fixes.of)).toSorted(byPlace)
}

/** What stands of an accusation, as a finding. */
export function toFinding({ detail, level, place, ways }: Weighed, fixOf: Fixes['of']): Finding {
  const isOwn = place !== undefined && place.chain.length <= 1
  return {
    level,
    detail,
    file: place?.file,
    position: place?.position,
    length: place?.length ?? 0,
    reference: place?.reference,
    chain: place?.chain ?? [],
    ...(ways > 1 ? { ways } : {}),
    fix: isOwn ? fixOf(detail, place.site) : undefined,
  }
}

function byPlace(a: Finding, b: Finding): number {
  return (
    byCodeUnits(a.file ?? '', b.file ?? '') ||
    (a.position?.line ?? 0) - (b.position?.line ?? 0) ||
    (a.position?.column ?? 0) - (b.position?.column ?? 0) ||
    byCodeUnits(a.detail.code, b.detail.code) ||
    byCodeUnits(a.chain.join('\n'), b.chain.join('\n'))
  )
}
