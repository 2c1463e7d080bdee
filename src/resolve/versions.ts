import compare from 'semver/functions/compare.js'
import { canBeLabel } from '../domain/comment.ts'
import { byCodeUnits } from '../domain/order.ts'
import type { CommitSha } from '../domain/sha.ts'
import { parseVersion, type Version } from '../domain/version.ts'

/** The tags on a commit that read as versions and can be written as a label. */
export function versionsOn(commit: CommitSha, tags: ReadonlyMap<string, CommitSha>): Version[] {
  const versions: Version[] = []
  for (const [name, at] of tags) {
    const version = at === commit ? parseVersion(name) : undefined
    if (version !== undefined && canBeLabel(name)) versions.push(version)
  }
  return versions
}

/**
 * The version that says most (`v4.2.2` before `v4.2` before `v4`), and of these the highest; of equal ones always the
 * same, in whatever order a host lists them.
 */
export function mostExact(versions: readonly Version[]): Version | undefined {
  return versions.toSorted(
    (a, b) =>
      b.parts.length - a.parts.length ||
      compareVersions(b, a) ||
      byCodeUnits(b.prefix, a.prefix) ||
      byCodeUnits(a.text, b.text),
  )[0]
}

/** Negative where the first is the lower, zero where they are of the same rank, whatever their prefixes. */
export function compareVersions(a: Version, b: Version): number {
  return compare(asSemver(a), asSemver(b))
}

/**
 * The released versions of the nearest family: that of a stated version, else that of the action's folder in
 * a repository of several (`login/v1.0.0` for `…/login`), else plain ones (`v1.0.0`), else, for `any`, whichever there are.
 */
export function nearestFamily(
  versions: readonly Version[],
  family: Version | 'own' | 'any',
  path: string,
): Version[] {
  const released = versions.filter((version) => version.prerelease === '')
  const folder = path.split('/').at(-1) ?? ''
  const families: ((version: Version) => boolean)[] = [
    ({ prefix }) =>
      path !== '' &&
      (prefix.startsWith(`${path}/`) ||
        prefix.startsWith(`${folder}/`) ||
        prefix === `${folder}-v`),
    ({ prefix }) => prefix === 'v' || prefix === '',
  ]
  if (typeof family === 'object') families.unshift(({ prefix }) => prefix === family.prefix)
  if (family === 'any') families.push(() => true)
  return families.map((isOf) => released.filter(isOf)).find((found) => found.length > 0) ?? []
}

// Only as much of a pre-release as `semver` takes: a tag's name may be anything.
function asSemver({ parts, prerelease }: Version): string {
  const [major = 0, minor = 0, patch = 0] = parts
  const identifiers = prerelease
    .slice(0, 100)
    .split('.')
    .filter((identifier) => identifier !== '')
    .map((identifier) => identifier.replace(/^0+(?=\d+$)/, ''))
  return `${major}.${minor}.${patch}${identifiers.length === 0 ? '' : `-${identifiers.join('.')}`}`
}
