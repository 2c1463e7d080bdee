import type { RefName } from '../../domain/ref.ts'
import { parseRefName } from '../../domain/ref.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { parseVersion, type Version } from '../../domain/version.ts'
import type { Policy } from '../../plan/policy.ts'
import { labelForPin } from '../../resolve/label.ts'
import type { RepositoryRefs } from '../../resolve/port.ts'
import type { Preference } from '../../resolve/resolution.ts'
import type { Course, Mover, MoveLimit, MoveTarget, StayReason } from './move.ts'
import { isNewMajor, type Release } from '../release/newer-releases.ts'
import { isWithinLimit, versionsAfter } from './newer-versions.ts'

/** What decides how far pins may move. */
export interface CourseRules {
  readonly limit: MoveLimit
  readonly prefer: Preference
  readonly branches?: Policy['branches']
}

/** Where a mover may go: after a version to newer ones, along with a branch or a tag that moves to what that names now. */
export function courseOf(mover: Mover, refs: RepositoryRefs, rules: CourseRules): Course {
  const { commit, label } = mover.from
  const name = parseRefName(label ?? '')
  if (name === undefined) return stay({ kind: 'version-unknown' })
  const version = parseVersion(name)
  if (version !== undefined && refs.tags.get(name) === commit)
    return alongVersions(version, commit, refs, rules.limit)
  return alongRef(name, mover, refs, rules)
}

function alongVersions(
  current: Version,
  commit: CommitSha,
  refs: RepositoryRefs,
  limit: MoveLimit,
): Course {
  const all = versionsAfter(current, refs.tags)
  // What comes before a newer name of the very commit is not newer than that.
  const here = all.findIndex((release) => release.commit === commit)
  const newer = here < 0 ? all : all.slice(0, here)
  const toTarget = (release: Release): MoveTarget => targetOf(release, current)
  const [beyond] = newer.filter(({ version }) => !isWithinLimit(version, current, limit))
  return {
    kind: 'versions',
    versions: newer.filter(({ version }) => isWithinLimit(version, current, limit)).map(toTarget),
    beyond: beyond && toTarget(beyond),
  }
}

function alongRef(name: RefName, mover: Mover, refs: RepositoryRefs, rules: CourseRules): Course {
  const tag = refs.tags.get(name)
  const branch = refs.branches.get(name)
  const isBoth = tag !== undefined && branch !== undefined && tag !== branch
  if (isBoth && rules.prefer === undefined) return stay({ kind: 'ambiguous', name })
  const isBranch = tag === undefined || (isBoth && rules.prefer === 'branch')
  const commit = isBranch ? branch : tag
  if (commit === undefined) return stay({ kind: 'version-unknown' })
  if (commit === mover.from.commit) return stay(undefined)
  if (isBranch && rules.branches === 'deny') return stay({ kind: 'branch-denied' })
  const label = labelAt(commit, name, refs, mover)
  const ref = isBranch ? `refs/heads/${name}` : name
  return { kind: 'follow', ref, target: { commit, label, isNewMajor: false } }
}

/** The label that a pin to what a ref names has: the same as a second run would give it. */
function labelAt(commit: CommitSha, name: RefName, refs: RepositoryRefs, { sites }: Mover): string {
  const [{ reference }] = sites
  const comment = { kind: 'label', label: name, form: 'plain', certain: true } as const
  const said = labelForPin(commit, { ...comment, of: undefined, length: 0 }, refs, reference.path)
  return 'label' in said ? said.label : name
}

function targetOf({ version, commit }: Release, current: Version): MoveTarget {
  return { commit, label: version.text, isNewMajor: isNewMajor(current, version) }
}

function stay(reason: StayReason | undefined): Course {
  return { kind: 'stay', reason }
}
