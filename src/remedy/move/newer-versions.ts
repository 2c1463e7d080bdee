import { canBeLabel } from '../../domain/comment.ts'
import { byCodeUnits } from '../../domain/order.ts'
import type { CommitSha } from '../../domain/sha.ts'
import {
  isExact,
  isWithin,
  parseVersion,
  spelledWithV,
  type Version,
} from '../../domain/version.ts'
import { compareVersions } from '../../resolve/versions.ts'
import type { MoveLimit } from './move.ts'
import { isMovingTag, type Release } from '../release/newer-releases.ts'

/**
 * The versions after one, the newest first: of its family of tags, each commit once, by its highest name. Never a tag that moves,
 * and a pre-release only after one of its kind. What lies within a version that is not exact does not come after it for sure.
 */
export function versionsAfter(
  current: Version,
  tags: ReadonlyMap<string, CommitSha>,
): readonly Release[] {
  const family = [...tags].flatMap(([name, commit]): Release[] => {
    const version = parseVersion(name)
    const isOf = version !== undefined && isOfFamily(version, current) && canBeLabel(name)
    return isOf ? [{ version, commit }] : []
  })
  const after = family
    .filter(({ version }) => compareVersions(version, current) > 0)
    .filter(({ version }) => isExact(current) || !isWithin(version, current))
    .filter(({ version }) => mayFollow(version, current) && !isMovingTag(version, family))
    .toSorted((a, b) => newestFirst(a.version, b.version, current))
  const byCommit = new Map<CommitSha, Release>()
  for (const release of after)
    if (!byCommit.has(release.commit)) byCommit.set(release.commit, release)
  return [...byCommit.values()]
}

/** Whether a newer version is within what a run may move to. */
export function isWithinLimit(version: Version, current: Version, limit: MoveLimit): boolean {
  const isSame = (part: 0 | 1): boolean =>
    version.parts[part] !== undefined && version.parts[part] === current.parts[part]
  switch (limit) {
    case 'patch':
      return isSame(0) && isSame(1)
    case 'minor':
      return isSame(0)
    case 'major':
      return true
  }
}

/** The beginnings of the names that newer versions can have. Nothing where any name may be one. */
export function prefixesOfNewer(current: Version, limit: MoveLimit): readonly string[] | undefined {
  const { prefix, parts } = current
  const known = limit === 'patch' ? parts.slice(0, 2) : parts.slice(0, 1)
  if (limit === 'major' || known.length === 0) return undefined
  const numbers = `${known.join('.')}.`
  return prefixesOf(prefix).map((each) => `${each}${numbers}`)
}

/** A family that did without a `v` may have begun to write one. */
function isOfFamily({ prefix }: Version, current: Version): boolean {
  return prefixesOf(current.prefix).includes(prefix)
}

function prefixesOf(prefix: string): string[] {
  const withV = spelledWithV({ prefix, parts: [], prerelease: '', text: prefix })
  return withV === undefined ? [prefix] : [prefix, withV]
}

/** A release after anything but a variant such as `v1-node16`; a pre-release, or a variant, only after one of its kind. */
function mayFollow({ prerelease }: Version, current: Version): boolean {
  if (prerelease === '') return current.prerelease === '' || isPreRelease(current.prerelease)
  return kindOf(prerelease) === kindOf(current.prerelease)
}

const PRE_RELEASE = /^(alpha|beta|rc|pre|preview|dev|next|canary|a|b)\d*$/i

function isPreRelease(prerelease: string): boolean {
  return PRE_RELEASE.test(kindOf(prerelease))
}

/** `beta` for `beta.2` and `beta2`, `node16` for `node16`. */
function kindOf(prerelease: string): string {
  return (prerelease.split('.')[0] ?? '').replace(PRE_RELEASE, '$1')
}

// Of equal ones the one that is spelled like the present version, and else always the same, in whatever order a host lists them.
function newestFirst(a: Version, b: Version, current: Version): number {
  const isOther = ({ prefix }: Version): number => (prefix === current.prefix ? 0 : 1)
  return (
    compareVersions(b, a) ||
    b.parts.length - a.parts.length ||
    isOther(a) - isOther(b) ||
    byCodeUnits(a.text, b.text)
  )
}
