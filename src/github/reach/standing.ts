/**
 * Whether a head lies in a base's history, by what GitHub says of comparing `base...head`. It tells how the head stands to the base:
 * `behind` is a head that the base has left behind, so it is in the base's history; `identical` is the base itself. `ahead` and
 * `diverged` have commits that the base does not have. `undefined` where it is none of these.
 *
 * To ask whether a branch has a commit, the branch is the base and the commit the head; to ask whether a tag comes after a commit,
 * the tag is the base and the commit the head.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 */
export function isWithin(status: unknown): boolean | undefined {
  switch (typeof status === 'string' ? status.toLowerCase() : '') {
    case 'behind':
    case 'identical':
      return true
    case 'ahead':
    case 'diverged':
      return false
    default:
      return undefined
  }
}
