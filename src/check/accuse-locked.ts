import { actionName, repositoryKey, type RemoteReference } from '../domain/reference.ts'
import { parseCommitSha, type CommitSha } from '../domain/sha.ts'
import type { Position } from '../domain/span.ts'
import { placeAt, placeIn, type Accusation, type OwnPlace, type Place } from './accusation.ts'
import { inquiryOf, type OwnReference } from './own-reference.ts'

/** GitHub's lockfile of actions, as far as it is held against anything. */
export interface Lockfile {
  readonly path: string
  /** What is run for what it lists. */
  readonly commits: readonly LockedRun[]
}

/** The commit that is run for a reference. */
export interface LockedRun {
  /** `owner/repo@ref`, as written. */
  readonly key: string
  /** `undefined` where it is written in a way that is not known. */
  readonly commit: CommitSha | undefined
  /** Where it stands in the lockfile. */
  readonly position: Position
}

/** A workflow that a lockfile lists, to which the references of a file belong. */
export interface LockedWorkflow {
  readonly path: string
  readonly lockfile: Lockfile
  /** What it uses, itself and by what that uses in turn, as `owner/repo@ref`. */
  readonly uses: readonly string[]
  /** The `$/` references that lead from it to the file, from the workflow down; none for the workflow itself. */
  readonly way: readonly OwnPlace[]
}

/** Accuses workflows that do not agree with the lockfile: each once, where it first uses what is not listed. */
export function accuseLocked(
  own: readonly OwnReference[],
  workflowsOf: (file: string) => readonly LockedWorkflow[],
): Accusation[] {
  const accused = new Map<string, Disagreement>()
  for (const reference of own) {
    const used = inquiryOf(reference)?.reference
    if (used === undefined) continue
    for (const workflow of workflowsOf(reference.file)) {
      if (isListed(used, workflow)) continue
      const first = placeBelow(workflow, reference)
      const known = accused.get(workflow.path)
      if (known === undefined)
        accused.set(workflow.path, { workflow, first, texts: new Set([used.text]) })
      else {
        known.texts.add(used.text)
        if (first.chain.length < known.first.chain.length) known.first = first
      }
    }
  }
  return [...accused.values()].map(({ workflow, first, texts }) => ({
    detail: {
      code: 'lockfile',
      detail: `the lockfile of actions does not list ${[...texts].join(', ')}, which this workflow uses`,
    },
    // Either file can have come out of step with the other, wherever in it.
    places: [{ ...first, site: undefined }, placeIn(workflow.lockfile.path, undefined)],
  }))
}

/** Accuses a lockfile of running another commit than a reference by its full SHA says. */
export function accuseLockedCommits({ path, commits }: Lockfile): Accusation[] {
  return commits.flatMap(({ key, commit, position }): Accusation[] => {
    const named = parseCommitSha(key.slice(key.lastIndexOf('@') + 1))
    if (named === undefined || commit === undefined || named === commit) return []
    const detail = `the lockfile of actions has the commit ${commit} for ${key}`
    return [{ detail: { code: 'lockfile', detail }, places: [placeIn(path, position)] }]
  })
}

interface Disagreement {
  readonly workflow: LockedWorkflow
  first: Place
  readonly texts: Set<string>
}

/** Where the workflow leads to a reference: at the reference itself, or at what leads to the action that it stands in. */
function placeBelow({ way }: LockedWorkflow, reference: OwnReference): Place {
  const [entry] = way
  const end = placeAt(reference)
  if (entry === undefined) return end
  const above = way.map(({ site }) => site.text)
  return { ...placeAt(entry), chain: [...above, ...end.chain], actions: end.actions }
}

/** By its ref, or by the commit that is run for another ref of the same repository: then a SHA was written in its place. */
function isListed(used: RemoteReference, { uses, lockfile }: LockedWorkflow): boolean {
  const listed = new Set(uses.map(keyOf))
  if (listed.has(keyOf(`${actionName(used)}@${used.ref.text}`))) return true
  const { ref } = used
  return lockfile.commits.some(
    ({ key, commit }) =>
      ref.kind === 'sha' &&
      commit === ref.sha &&
      listed.has(keyOf(key)) &&
      keyOf(key).startsWith(`${repositoryKey(used)}@`),
  )
}

// Without case but for the ref, where that is no SHA, and without a path, which a lockfile has no use for.
function keyOf(listed: string): string {
  const at = listed.lastIndexOf('@')
  const name = listed.slice(0, at).split('/').slice(0, 2).join('/')
  const ref = listed.slice(at + 1)
  return `${name.toLowerCase()}@${parseCommitSha(ref) ?? ref}`
}
