import { repositoryKey, type RemoteReference } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import { isExact, parseVersion, type Version } from '../domain/version.ts'
import type { Vulnerability } from '../resolve/connection.ts'
import type { RepositoryRefs } from '../resolve/port.ts'
import { resolveRef } from '../resolve/resolution.ts'
import { nearestFamily, versionsOn } from '../resolve/versions.ts'
import type { FindingDetail } from './finding-detail.ts'
import { isInRange, isPlain, parseRange } from './range.ts'

/** A commit of an action that is run. */
export interface RunCommit {
  readonly reference: RemoteReference
  readonly commit: CommitSha
  /** The label beside it, which counts where it is true. */
  readonly label: string | undefined
  readonly refs: RepositoryRefs
}

/**
 * What the advisories say of a commit: each known vulnerability once. Where it cannot be told whether one concerns it, that is
 * said: a version that is not known is none that is known to be good.
 */
export function judgeVulnerable(
  run: RunCommit,
  vulnerabilities: readonly Vulnerability[],
): FindingDetail[] {
  const concerned = vulnerabilities.filter(({ action }) => isAbout(action, run))
  if (concerned.length === 0) return []
  const versions = versionsOf(run)
  const found = new Map<string, FindingDetail>()
  for (const vulnerability of concerned) {
    const detail = judgeOne(versions, vulnerability)
    // Certainty outranks doubt where an advisory has several ranges.
    if (detail !== undefined && found.get(vulnerability.id)?.code !== 'vulnerable')
      found.set(vulnerability.id, detail)
  }
  const details = [...found.values()]
  // That the version is not known is one fault, however many advisories there are.
  return versions.length === 0 ? details.slice(0, 1) : details
}

/** Whether a repository must tell all its tags, since advisories are about it and those that it told name no version of a commit. */
export function wantsTagsForVersion(
  reference: RemoteReference,
  refs: RepositoryRefs,
  vulnerabilities: readonly Vulnerability[],
): boolean {
  const resolution = resolveRef(reference.ref, refs, undefined)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object') return false
  const { commit } = resolution
  const run = { reference, commit, label: undefined, refs }
  return (
    refs.mayHaveMoreTags(commit) &&
    vulnerabilities.some(({ action }) => isAbout(action, run)) &&
    !versionsOf(run).some(isExact)
  )
}

function judgeOne(
  versions: readonly Version[],
  vulnerability: Vulnerability,
): FindingDetail | undefined {
  const range = parseRange(vulnerability.range)
  const doubt: FindingDetail = {
    code: 'undetermined',
    what: { kind: 'vulnerability', vulnerability },
  }
  if (range === undefined || versions.length === 0) return doubt
  const places = versions.map((version) => ({ version, place: isInRange(version, range) }))
  const inside = places.find(({ place }) => place === 'inside')
  if (inside !== undefined)
    return { code: 'vulnerable', version: inside.version.text, vulnerability }
  return places.some(({ place }) => place === 'partly') ? doubt : undefined
}

/** An advisory for a repository is about everything in it; one with a path about what lies there. */
function isAbout(action: string, { reference, refs }: RunCommit): boolean {
  const named = action
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '')
  const repositories = [repositoryKey(reference), (refs.renamedTo ?? '').toLowerCase()]
  const path = reference.path.toLowerCase()
  return repositories.some((repository) => {
    const parts = `${repository}/${path}`.split('/')
    return named.length >= 2 && named.every((part, index) => parts[index] === part)
  })
}

/**
 * The versions that a commit is: what a true label says, else the full ones of its tags, else what they leave open. Those of other
 * things in the repository, such as `codeql-bundle-v2.16.1`, are none of the action's.
 */
function versionsOf({ reference, commit, label, refs }: RunCommit): readonly Version[] {
  const stated =
    label === undefined || refs.tags.get(label) !== commit ? undefined : parseVersion(label)
  if (stated !== undefined && isExact(stated)) return [stated]
  const versions = versionsOn(commit, refs.tags)
  const families = [
    nearestFamily(versions.filter(isExact), 'own', reference.path),
    versions.filter((version) => isExact(version) && isPlain(version)),
    nearestFamily(versions, 'own', reference.path),
  ]
  return families.find((family) => family.length > 0) ?? (stated === undefined ? [] : [stated])
}
