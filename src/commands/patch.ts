import type { FileProblem } from '../domain/problem.ts'
import { parseTarget } from '../domain/repository-target.ts'
import { hostFromEnv } from '../github/connection/hosts.ts'
import type { Env } from '../github/usage.ts'
import type { FilePlan } from '../plan/plan.ts'
import type { Preference } from '../resolve/resolution.ts'
import { rememberConnection } from './connection.ts'
import { makePlan, type Connect } from './make-plan.ts'
import { findBelow, findCallers, NO_CHAINS, type Chains } from './patch/chains.ts'
import { findPatchFiles } from './patch/files.ts'
import {
  findTarget,
  notARepository,
  refuseArchive,
  type PatchFailure,
  type PatchTarget,
} from './patch/target.ts'

/** What to make a patch of. */
export interface PatchOptions {
  /** `owner/repo` for its default branch, or `owner/repo@ref`. */
  readonly target: string
  /** Which is meant where a tag and a branch of one name are different commits. */
  readonly prefer: Preference
  /** Edit workflows that GitHub's lockfile of the repository lists, too. */
  readonly locked: boolean
  /** The current folder, absolute: where it is in a repository that uses the target, the patch says how. */
  readonly cwd: string
  readonly env: Env
}

/** A patch that would pin what a repository's own actions use. */
export interface PatchResult {
  readonly kind: 'patch'
  readonly target: PatchTarget
  /** Of the host that has it, such as `https://github.com`. */
  readonly serverUrl: string
  /** What others run of the repository. */
  readonly files: readonly FilePlan[]
  /** Files that could not be read or understood. */
  readonly problems: readonly FileProblem[]
  /** By which the repository that `cwd` is in comes to what is not pinned there. */
  readonly callers: Chains
  /** From the files, once they are patched, to what is not pinned in other repositories. */
  readonly below: Chains
}

/**
 * Plans to pin what the actions and the callable workflows of a repository use: resolves its ref, brings its files, and plans them
 * as `pin` does. Nothing is written.
 */
export async function patch(
  options: PatchOptions,
  connect: Connect,
): Promise<PatchResult | PatchFailure> {
  const named = parseTarget(options.target)
  if (typeof named === 'string') return notARepository(options.target, named)
  const connectOnce = rememberConnection(connect)
  const github = await connectOnce()
  if ('kind' in github) return github
  const target = await findTarget(github, named, options.prefer)
  if ('kind' in target) return target
  const archive = await github.readArchive(target)
  if (archive.kind !== 'archive') return refuseArchive(named, archive)

  const { files, problems, isLocked } = findPatchFiles(archive, options.locked)
  const { prefer } = options
  const policy = {
    selects: () => true,
    prefer,
    comments: 'after',
    isLocked,
    nested: true,
  } as const
  const made = await makePlan(files, policy, connectOnce)
  if (made.kind !== 'plan') return made
  const found = {
    kind: 'patch',
    target,
    serverUrl: serverUrlOf(archive.host, options.env),
    files: made.files,
    problems,
  } as const
  const isNeeded = made.files.some(({ sites }) => sites.some(({ change }) => change === 'pinned'))
  if (!isNeeded) return { ...found, callers: NO_CHAINS, below: NO_CHAINS }
  const below = await findBelow(made.files, github)
  if ('kind' in below) return below
  const callers = await findCallers(target, options, connectOnce)
  return 'kind' in callers ? callers : { ...found, callers, below }
}

function serverUrlOf(name: string, env: Env): string {
  const host = hostFromEnv(env)
  return 'serverUrl' in host && host.name === name ? host.serverUrl : `https://${name}`
}
