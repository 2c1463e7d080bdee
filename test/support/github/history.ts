import type { Repository } from './repository.ts'

/** How a head stands to a base, as GitHub tells it: `behind` is in the base's history. */
export type Standing = 'identical' | 'ahead' | 'behind' | 'diverged'

/**
 * Compares two commits; `undefined` where their histories have nothing in common, which a world shows only where it records both
 * of them down to their first commits.
 */
export function standing(repository: Repository, base: string, head: string): Standing | undefined {
  if (base === head) return 'identical'
  if (isWithin(repository, head, base)) return 'behind'
  if (isWithin(repository, base, head)) return 'ahead'
  const [one, other] = [recorded(repository, base), recorded(repository, head)]
  const related =
    !one.isWhole || !other.isWhole || [...one.commits].some((c) => other.commits.has(c))
  return related ? 'diverged' : undefined
}

/**
 * Whether a commit lies in the history of another. Most worlds know tips, not history. Without a record, of two honest commits the
 * older lies behind the newer, and an honest one that is no tip lies on the default branch whatever its age; a stranger (a
 * fork's commit) lies in no history but its own.
 */
export function isWithin(repository: Repository, commit: string, tip: string): boolean {
  if (commit === tip) return true
  const parents = repository.world.parents?.[tip]
  if (parents !== undefined) return parents.some((parent) => isWithin(repository, commit, parent))
  if (isStranger(repository, commit) || isStranger(repository, tip)) return false
  const { defaultBranch } = repository
  const isOnMain = tip === repository.ref(`refs/heads/${defaultBranch}`)?.commit
  if (isOnMain && !isTip(repository, commit)) return true
  const [age, tipAge] = [repository.commit(commit)?.date, repository.commit(tip)?.date]
  return age !== undefined && tipAge !== undefined && age < tipAge
}

function isTip({ refs }: Repository, oid: string): boolean {
  return refs.some(({ commit }) => commit === oid)
}

function isStranger({ world }: Repository, oid: string): boolean {
  return (
    Object.values(world.referenced ?? {}).some(
      ({ commit, reachable }) => commit === oid && reachable === false,
    ) || (world.pull_only ?? []).some((pull) => pull.sha === oid)
  )
}

/** The commits that a commit's recorded history holds, and whether that is all of it. */
function recorded({ world }: Repository, from: string) {
  const commits = new Set<string>()
  const open = [from]
  let isWhole = true
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (commits.has(next)) continue
    commits.add(next)
    const parents = world.parents?.[next]
    isWhole &&= parents !== undefined
    open.push(...(parents ?? []))
  }
  return { commits, isWhole }
}
