import { byCodeUnits } from '../domain/order.ts'
import type { CommitSha } from '../domain/sha.ts'
import { isExact, parseVersion, type Version } from '../domain/version.ts'
import type { RepositoryRefs } from '../resolve/port.ts'

/** So many full versions are one commit only where somebody moved them. */
const MANY = 5

/**
 * The full versions that are all this commit, where they are so many, and so different, that they look moved: several patches of
 * one minor version have been put on one commit in good faith, and so are the versions of a monorepo's packages.
 * `undefined` where they are not.
 */
export function massOfTags(
  commit: CommitSha,
  { tags }: Pick<RepositoryRefs, 'tags'>,
): readonly string[] | undefined {
  const families = new Map<string, Version[]>()
  for (const [name, at] of tags) {
    const version = at === commit ? parseVersion(name) : undefined
    if (version === undefined || !isExact(version)) continue
    families.set(version.prefix, [...(families.get(version.prefix) ?? []), version])
  }
  const masses = [...families.values()].filter(isMass)
  return masses.length === 0 ? undefined : masses.flatMap(namesOf).toSorted(byCodeUnits)
}

function isMass(versions: readonly Version[]): boolean {
  const numbers = new Set(versions.map(({ parts }) => parts.join('.')))
  const minors = new Set(versions.map(({ parts }) => parts.slice(0, 2).join('.')))
  return numbers.size >= MANY && minors.size > 1
}

function namesOf(versions: readonly Version[]): string[] {
  return versions.map(({ text }) => text)
}
