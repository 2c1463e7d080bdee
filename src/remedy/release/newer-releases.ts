import { canBeLabel } from '../../domain/comment.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { isExact, isWithin, parseVersion, type Version } from '../../domain/version.ts'
import { compareVersions, mostExact, nearestFamily, versionsOn } from '../../resolve/versions.ts'

/** A released version of an action. */
export interface Release {
  readonly version: Version
  readonly commit: CommitSha
}

/**
 * The version that a pinned commit is: what a label says of it, where that is true, else the most exact version tag on it.
 * `undefined` where no version is known, as of the tip of a branch.
 */
export function currentVersion(
  labels: readonly (string | undefined)[],
  commit: CommitSha,
  tags: ReadonlyMap<string, CommitSha>,
  path: string,
): Version | undefined {
  const stated = labels.flatMap((label) => {
    const version = label === undefined ? undefined : parseVersion(label)
    return version !== undefined && tags.get(version.text) === commit ? [version] : []
  })
  return mostExact(stated) ?? mostExact(nearestFamily(versionsOn(commit, tags), 'any', path))
}

/**
 * The releases after a version, the nearest first, so those of its major before later ones: of its own family of tags, each
 * commit once, never a pre-release, and never a tag that moves. What lies within a version that is not exact (`v4.2.0` in `v4`)
 * does not come after it for sure.
 */
export function newerReleases(
  { version: current, commit }: Release,
  tags: ReadonlyMap<string, CommitSha>,
): Release[] {
  const family = [...tags].flatMap(([name, at]): Release[] => {
    const version = parseVersion(name)
    const isOf = version?.prefix === current.prefix && version.prerelease === ''
    return isOf && canBeLabel(name) ? [{ version, commit: at }] : []
  })
  const newer = family
    .filter(({ version }) => !isMovingTag(version, family))
    .filter(({ version }) => compareVersions(version, current) > 0 && !isWithin(version, current))
    .toSorted((a, b) => byVersion(a.version, b.version))
  const byCommit = new Map<CommitSha, Release>()
  for (const release of newer)
    if (release.commit !== commit && !byCommit.has(release.commit))
      byCommit.set(release.commit, release)
  return [...byCommit.values()]
}

/** Whether a tag is of a kind that moves on: others name the releases within what it names. */
export function isMovingTag(version: Version, family: readonly Release[]): boolean {
  return (
    !isExact(version) &&
    family.some(
      ({ version: other }) => other.parts.length > version.parts.length && isWithin(other, version),
    )
  )
}

// Of equal ones always the same, in whatever order a host lists them.
function byVersion(a: Version, b: Version): number {
  return compareVersions(a, b) || (a.text < b.text ? -1 : 1)
}

/** Whether a later version is of another major, which may break what uses it. */
export function isNewMajor(from: Version, to: Version): boolean {
  return from.parts[0] !== to.parts[0]
}

/**
 * Whether so many different versions are one commit that somebody must have moved their tags there: as in the attack on
 * tj-actions/changed-files (CVE-2025-30066).
 */
export function isMassTagged(
  { version: { prefix }, commit }: Release,
  tags: ReadonlyMap<string, CommitSha>,
): boolean {
  const exact = versionsOn(commit, tags).filter((version) => isExact(version))
  return exact.filter((version) => version.prefix === prefix).length >= MANY
}

const MANY = 5
