import type { HostFailure } from '../../domain/outcome.ts'
import type { CopyObstacle, Problem, SiteProblem } from '../../domain/problem.ts'
import { repositoryKey } from '../../domain/reference.ts'
import { placeOf } from '../../plan/decision.ts'
import type { FileToPlan } from '../../plan/plan.ts'
import type { Policy } from '../../plan/policy.ts'
import { findCleanness } from '../../remedy/release/cleanness.ts'
import type { CopyDraft } from '../../remedy/vendor/copy-draft.ts'
import { copyKey } from '../../remedy/vendor/manifest.ts'
import { copyPath } from '../../remedy/vendor/place.ts'
import { pinsIn, wishesFor, type Wish, type WishSite } from '../../remedy/vendor/wish.ts'
import type { Archives, Connection } from '../../resolve/connection.ts'
import type { Preference } from '../../resolve/resolution.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { NodeKey } from '../../walk/graph.ts'
import { makePlan, type PlanFailure, type Plans } from '../make-plan.ts'
import { openBooks, type Books, type CopiedPlace } from './books.ts'
import { grantOne, isOpen, type FreshAction } from './grant-one.ts'
import type { Ground } from './ground.ts'
import { findHopeless } from './hopeless.ts'
import { inOrder } from './order.ts'
import { openWorkspace } from '../workspace.ts'

/** What came of wishes. */
export interface Granted {
  readonly kind: 'granted'
  readonly drafts: readonly CopyDraft[]
  /** Where the actions are that are copied, or were before. */
  readonly places: ReadonlyMap<NodeKey, CopiedPlace>
  /** The manifests of the copies, planned level by level. */
  readonly levels: readonly Plans[]
  readonly problems: readonly Problem[]
}

/** What granting works with. */
export interface GrantMeans {
  readonly ground: Ground
  readonly github: Connection
  /** How the manifests of copies are pinned. */
  readonly policy: Policy & { readonly prefer: Preference }
}

/**
 * Drafts the copies that are wished for, and those that these need in turn: of what a copy uses that is not clean, and of its own
 * repository's composites. Each action is copied once, so cycles end. An action that would stay blocked as a copy is none to make:
 * where one turns up, all is drafted anew without it, by what is known already.
 */
export async function grantAll(
  wishes: readonly Wish[],
  means: GrantMeans,
): Promise<Granted | PlanFailure> {
  const read = rememberArchives(means.github)
  const hopeless = new Map<NodeKey, CopyObstacle>()
  for (;;) {
    const books = openBooks(hopeless)
    const failure = await grantLevels(wishes, books, read, means)
    if (failure !== undefined) return failure
    const fresh = findHopeless(books)
    if (fresh.size === 0) {
      const { drafts, places, levels, problems } = books
      return { kind: 'granted', drafts: [...drafts.values()], places, levels, problems }
    }
    for (const [key, obstacle] of fresh) hopeless.set(key, obstacle)
  }
}

async function grantLevels(
  wishes: readonly Wish[],
  books: Books,
  read: Archives['readArchive'],
  means: GrantMeans,
): Promise<PlanFailure | undefined> {
  let open = wishes
  while (open.length > 0) {
    const fresh = await grantLevel(open, books, read, means)
    if ('host' in fresh) return { kind: 'host-failure', failure: fresh }
    const made = await planManifests(fresh, books, means)
    if (made.kind !== 'plan') return made
    const next = await wishesOfCopies(fresh, books, means)
    if ('host' in next) return { kind: 'host-failure', failure: next }
    open = next
  }
  return undefined
}

async function grantLevel(
  open: readonly Wish[],
  books: Books,
  read: Archives['readArchive'],
  { ground }: GrantMeans,
): Promise<readonly FreshAction[] | HostFailure> {
  // All of them at once: what is asked for one by one below is on its way then.
  const asked = open.filter((wish) => isOpen(wish, books, ground))
  await Promise.all(asked.map(read))
  const fresh: FreshAction[] = []
  for (const wish of inOrder(open, ground)) {
    const granted = books.refused.get(wish.key) ?? (await grantOne(wish, books, read, ground))
    if ('length' in granted) fresh.push(...granted)
    else if ('host' in granted) return granted
    else {
      books.refused.set(wish.key, granted)
      books.problems.push(...wish.sites.map((at) => notVendored(at, granted)))
    }
  }
  books.problems.push(...fresh.flatMap(({ action }) => action.problems))
  return fresh
}

/** Pins what the manifests of new actions use, like that of any other file. */
async function planManifests(
  fresh: readonly FreshAction[],
  { drafts, plans, levels }: Books,
  { github, policy }: GrantMeans,
): Promise<Plans | PlanFailure> {
  const files = new Map<string, FileToPlan>()
  for (const { action, ...copy } of fresh) {
    const kept = drafts.get(copyKey(copy))?.kept
    for (const [file, located] of action.manifests) {
      const path = copyPath(copy, file)
      if (kept?.has(file) !== true && !plans.has(path)) files.set(path, { path, located })
    }
  }
  const made = await makePlan([...files.values()], { ...policy, nested: true }, () =>
    Promise.resolve(github),
  )
  if (made.kind !== 'plan') return made
  levels.push(made)
  for (const plan of made.files) plans.set(plan.path, plan)
  return made
}

/** What new actions use that has to be copied too. */
async function wishesOfCopies(
  fresh: readonly FreshAction[],
  { plans, blocking }: Books,
  { ground, github }: GrantMeans,
): Promise<readonly Wish[] | HostFailure> {
  const composites = new Set(
    fresh.flatMap(({ action, ...copy }) =>
      action.composites.map((path) => nodeKey({ ...copy, path })),
    ),
  )
  const pinned = fresh.flatMap(({ action, ...copy }) => {
    const plan = plans.get(copyPath(copy, action.manifest))
    return plan === undefined ? [] : pinsIn([plan])
  })
  const wishes = wishesFor(pinned).filter(({ leadsTo }) => leadsTo === 'action')
  const files = new Map(ground.files.map(({ path, located }) => [path, located]))
  const found = await findCleanness(wishes, openWorkspace(ground.found, files), github)
  if (found.kind !== 'cleanness') return found
  for (const wish of wishes) if (found.of(wish).kind === 'unpinned') blocking.add(wish.key)
  return wishes.filter(({ key }) => composites.has(key) || blocking.has(key))
}

function notVendored({ file, site }: WishSite, obstacle: CopyObstacle): SiteProblem {
  return { code: 'not-vendored', obstacle, ...placeOf(file, site) }
}

/** Brings each archive once. */
function rememberArchives(github: Archives): Archives['readArchive'] {
  const known = new Map<string, ReturnType<Archives['readArchive']>>()
  return ({ owner, repo, commit }) => {
    const key = `${repositoryKey({ owner, repo })}@${commit}`
    const archive = known.get(key) ?? github.readArchive({ owner, repo, commit })
    known.set(key, archive)
    return archive
  }
}
