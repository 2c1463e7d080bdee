import type { SiteProblem } from '../../domain/problem.ts'
import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import { placeOf } from '../../plan/decision.ts'
import { isInCopy, type ReferBy } from '../../remedy/vendor/place.ts'
import type { WishSite } from '../../remedy/vendor/wish.ts'
import { sitesAfterCheckout } from '../../yaml/checkout.ts'
import { isCallable } from '../../yaml/triggers.ts'
import type { Ground } from './ground.ts'

/** What keeps a place in one of the repository's own files from using a copy; `undefined` where nothing does. */
export function findSiteProblem(
  { file, site }: WishSite,
  ground: Ground,
  referBy: ReferBy,
): SiteProblem | undefined {
  const { reference } = site
  if (typeof reference === 'object' && (reference.kind === 'self' || reference.kind === 'local'))
    // It uses a copy already, and can as well use another.
    return undefined
  const place = placeOf(file, site)
  if (typeof site.textSpan === 'string')
    return { code: 'not-editable', reason: site.textSpan, ...place }
  const obstacle = findObstacle({ file, site }, ground, referBy)
  return obstacle === undefined ? undefined : { code: 'not-vendored', obstacle, ...place }
}

function findObstacle(
  { file, site }: WishSite,
  { found, files, manifest }: Ground,
  referBy: ReferBy,
): VendorObstacle | undefined {
  const source = files.find(({ path }) => path === file)
  if (source === undefined || source.source.root !== found.root) return { kind: 'elsewhere' }
  if (file.startsWith('workflow-templates/')) return { kind: 'in-template' }
  // Who uses a copy has its files at hand, and the other copies with them.
  const isOfCopy = manifest.copies.some((copy) => isInCopy(file, copy))
  if (referBy === 'self' || isOfCopy) return undefined
  if (!file.startsWith('.github/workflows/')) return { kind: 'in-action' }
  if (isCallable(source.located.parsed)) return { kind: 'in-callable' }
  return sitesAfterCheckout(source.located).has(site) ? undefined : { kind: 'no-checkout' }
}
