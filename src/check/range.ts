import { parseVersion, type Version } from '../domain/version.ts'
import { compareVersions } from '../resolve/versions.ts'

/** The versions that an advisory means: those for which every bound holds. */
export type Range = readonly [Bound, ...Bound[]]

interface Bound {
  readonly operator: '<' | '<=' | '>' | '>=' | '='
  readonly version: Version
}

const BOUND = /^(<=?|>=?|=)\s*(\S+)$/

/** Reads a range as GitHub's advisories write it: `< 41`, `>= 87, < 90`, `= 1`, without a `v`. `undefined` where it is none. */
export function parseRange(text: string): Range | undefined {
  const bounds = text.split(',').map((part): Bound | undefined => {
    const match = BOUND.exec(part.trim())
    const version = parseVersion(match?.[2] ?? '')
    const operator = OPERATORS.find((known) => known === match?.[1])
    return version === undefined || operator === undefined || !isPlain(version)
      ? undefined
      : { operator, version }
  })
  const [first, ...rest] = bounds.filter((bound) => bound !== undefined)
  return first === undefined || rest.length + 1 < bounds.length ? undefined : [first, ...rest]
}

/**
 * Whether a range holds a version. A full one, or one with nothing behind it, stands for itself, short ones filled up with zeros;
 * `v4`, where it is all that is known, is any version of that major: then it may be `partly` within.
 */
export function isInRange(version: Version, range: Range): 'inside' | 'outside' | 'partly' {
  const places = range.map((bound) => placeOf(version, bound))
  if (places.includes('outside')) return 'outside'
  return places.includes('partly') ? 'partly' : 'inside'
}

const OPERATORS = ['<', '<=', '>', '>=', '='] as const

/** Whether a version is that of the whole repository: nothing but a `v` stands before it. */
export function isPlain({ prefix }: Version): boolean {
  return prefix === '' || prefix === 'v'
}

/** Where the stretch of versions that one stands for lies with regard to a bound. */
function placeOf(
  version: Version,
  { operator, version: bound }: Bound,
): 'inside' | 'outside' | 'partly' {
  const low = compareVersions(version, bound)
  const high = compareVersions(lastOf(version), bound)
  switch (operator) {
    case '<':
      return high < 0 ? 'inside' : low < 0 ? 'partly' : 'outside'
    case '<=':
      return high <= 0 ? 'inside' : low <= 0 ? 'partly' : 'outside'
    case '>':
      return low > 0 ? 'inside' : high > 0 ? 'partly' : 'outside'
    case '>=':
      return low >= 0 ? 'inside' : high >= 0 ? 'partly' : 'outside'
    case '=':
      return equalPlace(version, bound, low, high)
  }
}

/** `= 1` means the tag `v1` as well as 1.0.0: where no more than `v1` is known, it is that. */
function equalPlace(
  version: Version,
  bound: Version,
  low: number,
  high: number,
): 'inside' | 'outside' | 'partly' {
  if (low === 0 && (high === 0 || version.parts.length === bound.parts.length)) return 'inside'
  return low <= 0 && high >= 0 ? 'partly' : 'outside'
}

const ENOUGH = 999_999_999

/** The highest version that a short one can stand for. */
function lastOf(version: Version): Version {
  const { parts, prerelease } = version
  if (prerelease !== '') return version
  return { ...version, parts: [...parts, ENOUGH, ENOUGH, ENOUGH].slice(0, 3) }
}
