import { byCodeUnits } from '../../domain/order.ts'
import { repositoryKey } from '../../domain/reference.ts'
import { parseVersion } from '../../domain/version.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import { compareVersions } from '../../resolve/versions.ts'
import { stateOf, type Ground } from './ground.ts'

/**
 * The order in which wishes choose their folders, whatever that of the places is: first those whose copies may stand there already,
 * so that these stay; and of a repository the newest version first.
 */
export function inOrder(wishes: readonly Wish[], ground: Ground): readonly Wish[] {
  const rank = (wish: Wish): number => (stateOf(ground, wish) === undefined ? 1 : 0)
  return wishes.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      byCodeUnits(repositoryKey(a), repositoryKey(b)) ||
      newestFirst(a, b) ||
      byCodeUnits(a.key, b.key),
  )
}

/** What bears no version comes last. */
function newestFirst(a: Wish, b: Wish): number {
  const [one, other] = [a, b].map(({ version = '' }) => parseVersion(version))
  if (one !== undefined && other !== undefined) return compareVersions(other, one)
  return (one === undefined ? 1 : 0) - (other === undefined ? 1 : 0)
}
