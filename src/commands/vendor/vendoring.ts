import { gitIgnored, type Environment } from '../../apply/git-files.ts'
import type { FileProblem, Problem } from '../../domain/problem.ts'
import { hostFromEnv, isHosted } from '../../github/connection/hosts.ts'
import type { Policy } from '../../plan/policy.ts'
import { noCopies, type Copies } from '../../remedy/vendor/copies.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import { copyPath, isInCopy, type ReferBy } from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import type { Preference } from '../../resolve/resolution.ts'
import { locateParsed, type LocatedFile } from '../../yaml/locate.ts'
import type { GraphResult } from '../graph.ts'
import { planDrafts, type Connect, type PlanFailure, type Plans } from '../make-plan.ts'
import type { Sources } from '../sources.ts'
import { assembleCopies } from './assemble.ts'
import { makeFindCopy } from './find-copy.ts'
import { grantAll } from './grant.ts'
import { readGround, type Ground } from './ground.ts'
import { findSiteProblem } from './sites.ts'
import { findUnused, type UnusedCopies } from './unused.ts'
import { walkPlanned } from '../walk-planned.ts'

/** What copying works with. */
export interface VendorMeans {
  readonly sources: Sources
  /** What the user named; nothing for the whole repository. */
  readonly paths: readonly string[]
  readonly policy: Policy
  readonly prefer: Preference
  readonly connect: Connect
  /** What git runs in, and what says which GitHub is meant. */
  readonly env: Environment
  /** `undefined`: by `$/` where the GitHub knows it, as github.com does and an Enterprise Server does not. */
  readonly referBy: ReferBy | undefined
}

/** Plans in which places use copies, and the copies. */
export interface VendorPlans {
  readonly kind: 'vendor-plans'
  /** Of the repository's own files. */
  readonly plans: Plans
  readonly copies: Copies
  readonly nested: GraphResult
}

/**
 * Copies the wished-for actions, what these use that is itself not clean, and so on, and leads the places that wish for them to
 * the copies. Nothing is written yet. Each level costs a round for its archives, and those of pinning its manifests.
 */
export async function vendor(
  plans: Plans,
  wishes: readonly Wish[],
  means: VendorMeans,
): Promise<VendorPlans | PlanFailure> {
  const { sources, policy, connect } = means
  const host = hostFromEnv(means.env)
  if ('kind' in host) return host
  const referBy = means.referBy ?? (isHosted(host) ? 'self' : 'workspace')
  const ground = await readGround(sources, means.paths.length === 0)
  if (ground.kind !== 'ground')
    return finish(plans, { ...noCopies, problems: [ground.problem] }, means)
  const github = await connect()
  if ('kind' in github) return github
  const sifted = siftWishes(wishes, ground, referBy)
  const copyPolicy = { ...PIN_ALL, prefer: means.prefer }
  const granted = await grantAll(sifted.wishes, { ground, github, policy: copyPolicy })
  if (granted.kind !== 'granted') return granted

  const findCopy = makeFindCopy(sifted.wishes, granted, referBy, policy.isLocked)
  const levels = granted.levels.map(({ drafts, answers }) =>
    planDrafts(drafts, answers, copyPolicy, findCopy),
  )
  const ofCopies = new Map(levels.flatMap(({ files }) => files.map((plan) => [plan.path, plan])))
  const taken = takenPaths(granted.drafts)
  const drafts = plans.drafts.filter(({ path }) => !taken.has(path))
  const own = planDrafts(drafts, plans.answers, policy, findCopy)
  const unused = await findUnused(
    granted.drafts,
    [...own.files, ...ofCopies.values()],
    taken,
    ground,
  )
  const left = withoutFiles(own, unused)
  const assembled = await assembleCopies(granted.drafts, ofCopies, left.files, unused, ground)
  const problems = [
    ...sifted.problems,
    ...granted.problems,
    ...(await findIgnored(assembled, ground, means.env)),
  ]
  return finish(left, { ...assembled, problems }, means)
}

/** How copies are pinned: whole. What was left out is about the repository's own files. */
const PIN_ALL: Policy = { selects: () => true, isLocked: () => false, comments: 'after' }

/** Walks from the workflows as all these plans leave them. */
async function finish(
  plans: Plans,
  copies: Copies,
  { sources, connect }: VendorMeans,
): Promise<VendorPlans | PlanFailure> {
  const made = new Map<string, LocatedFile>()
  for (const { path, parsedAfter } of copies.repositories.flatMap((each) => each.plans)) {
    const located = locateParsed(parsedAfter)
    if (located.kind === 'located') made.set(path, located)
  }
  const nested = await walkPlanned(sources, plans.files, connect, made)
  return nested.kind === 'graph' ? { kind: 'vendor-plans', plans, copies, nested } : nested
}

/** Leaves out the places that cannot use a copy, with the reasons, and the wishes that no place is left of. */
function siftWishes(
  wishes: readonly Wish[],
  ground: Ground,
  referBy: ReferBy,
): { readonly wishes: readonly Wish[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const sifted = wishes.flatMap((wish): Wish[] => {
    const sites = wish.sites.filter((at) => {
      const problem = findSiteProblem(at, ground, referBy)
      if (problem !== undefined) problems.push(problem)
      return problem === undefined
    })
    return sites.length === 0 ? [] : [{ ...wish, sites }]
  })
  return { wishes: sifted, problems }
}

/** The plans without those of files that go. */
function withoutFiles({ files, drafts, ...plans }: Plans, { copies }: UnusedCopies): Plans {
  const stays = ({ path }: { readonly path: string }): boolean =>
    !copies.some((copy) => isInCopy(path, copy))
  return { ...plans, files: files.filter(stays), drafts: drafts.filter(stays) }
}

/** Files that stand now and are part of a draft, or of the earlier copy that it replaces: they are no longer the repository's own to edit. */
function takenPaths(drafts: readonly CopyDraft[]): ReadonlySet<string> {
  return new Set(
    drafts.flatMap((draft) =>
      [
        ...draft.actions.flatMap(({ drafted }) => [...drafted.files.keys()]),
        ...(draft.earlier?.files ?? []).map(({ path }) => path),
      ].flatMap((path) => (draft.kept.has(path) ? [] : [copyPath(draft, path)])),
    ),
  )
}

/** The copies of which git would leave files out. */
async function findIgnored(
  { repositories, changes }: Pick<Copies, 'repositories' | 'changes'>,
  { found }: Ground,
  env: Environment,
): Promise<FileProblem[]> {
  const fresh = changes.flatMap(({ path, after }) => (after === undefined ? [] : [path]))
  const ignored = fresh.length === 0 ? [] : await gitIgnored(env)(found.root, fresh)
  return repositories.flatMap((copy): FileProblem[] => {
    const paths = ignored.filter((path) => isInCopy(path, copy))
    return paths.length === 0 ? [] : [{ code: 'ignored-by-git', file: copy.folder, paths }]
  })
}
