import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import type { Unresolved } from '../../domain/problem.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { RepositoryTarget, TargetFault } from '../../domain/repository-target.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { usageFault, type UsageFault } from '../../github/usage.ts'
import { LEFT_OUT, type GitHub, type RepositoryRefs } from '../../resolve/port.ts'
import { resolveRef, type Preference } from '../../resolve/resolution.ts'
import type { PlanFailure } from '../make-plan.ts'

/** A repository at a commit. */
export interface PatchTarget {
  /** As it is called today. */
  readonly owner: string
  readonly repo: string
  /** As the user named it, where it was renamed or moved since; else `undefined`. */
  readonly formerly: string | undefined
  /** The ref that was asked for, or the name of the default branch. */
  readonly ref: string
  readonly commit: CommitSha
}

/** Why there is no patch. */
export type PatchFailure =
  | PlanFailure
  /** The repository or its ref could not be had; `empty`: it has no commit. */
  | {
      readonly kind: 'unresolved'
      readonly target: string
      readonly resolution: Unresolved | { readonly kind: 'empty' }
    }

/** Finds the commit that the user means, and what the repository is called today. */
export async function findTarget(
  github: GitHub,
  { owner, repo, ref, text }: RepositoryTarget,
  prefer: Preference,
): Promise<PatchTarget | PatchFailure> {
  const question = {
    owner,
    repo,
    names: ref?.kind === 'name' ? [ref.name] : [],
    shas: ref?.kind === 'sha' ? [ref.sha] : [],
    tags: { kind: 'none' },
    manifests: [],
    defaultBranch: ref === undefined,
  } as const
  const answers = await github.lookUp([question])
  if (answers.kind !== 'answers') return { kind: 'host-failure', failure: answers }
  const refs = answers.repositories.get(repositoryKey(question)) ?? LEFT_OUT
  const named = (
    at: Pick<PatchTarget, 'ref' | 'commit'>,
    { renamedTo }: RepositoryRefs,
  ): PatchTarget => {
    const [ownerNow = owner, repoNow = repo] = renamedTo?.split('/') ?? []
    const formerly = renamedTo === undefined ? undefined : `${owner}/${repo}`
    return { owner: ownerNow, repo: repoNow, formerly, ...at }
  }
  if (refs.kind !== 'refs') return { kind: 'unresolved', target: text, resolution: refs }
  if (ref === undefined) {
    const branch = refs.defaultBranch
    return branch === undefined
      ? { kind: 'unresolved', target: text, resolution: { kind: 'empty' } }
      : named({ ref: branch.name, commit: branch.commit }, refs)
  }
  const resolution = resolveRef(ref, refs, prefer)
  return resolution.kind === 'commit' || resolution.kind === 'tag-object'
    ? named({ ref: ref.text, commit: resolution.commit }, refs)
    : { kind: 'unresolved', target: text, resolution }
}

/** Why its files could not be had. */
export function refuseArchive(
  { text }: RepositoryTarget,
  failure: RepositoryFailure | HostFailure,
): PatchFailure {
  switch (failure.kind) {
    case 'repository-not-found':
    case 'forbidden':
    case 'broken':
      return { kind: 'unresolved', target: text, resolution: failure }
    case 'network':
    case 'unauthorized':
    case 'rate-limited':
    case 'unusable':
      return { kind: 'host-failure', failure }
  }
}

/** What the user named is no repository. */
export function notARepository(text: string, fault: TargetFault): UsageFault {
  const what =
    fault === 'has-path' ? 'a part of a repository, and a patch is of the whole' : 'no repository'
  return usageFault(`${JSON.stringify(text)} names ${what}: write owner/repo, or owner/repo@ref`)
}
