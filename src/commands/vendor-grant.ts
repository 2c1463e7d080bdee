import type { HostFailure } from '../domain/outcome.ts'
import type { CopyObstacle, Problem, SiteProblem } from '../domain/problem.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { VendorObstacle } from '../domain/vendor-obstacle.ts'
import { placeOf } from '../plan/decision.ts'
import type { FilePlan, FileToPlan } from '../plan/plan.ts'
import type { Policy } from '../plan/policy.ts'
import { findCleanness } from '../remedy/cleanness.ts'
import type { CopyDraft } from '../remedy/copy-draft.ts'
import type { DraftedAction } from '../remedy/vendor-draft.ts'
import { copyKey } from '../remedy/vendor-manifest.ts'
import { copyPath, type CopyFolder } from '../remedy/vendor-place.ts'
import { pinsIn, wishesFor, type Wish, type WishSite } from '../remedy/vendor-wish.ts'
import type { Archives, Connection } from '../resolve/connection.ts'
import type { Preference } from '../resolve/resolution.ts'
import { nodeKey } from '../walk/follow.ts'
import type { NodeKey } from '../walk/graph.ts'
import { makePlan, type PlanFailure, type Plans } from './make-plan.ts'
import { admit, beginDraft } from './vendor-admit.ts'
import { choosePlace, findStanding } from './vendor-choose.ts'
import type { Ground } from './vendor-ground.ts'
import { findHopeless } from './vendor-hopeless.ts'
import { inOrder } from './vendor-order.ts'
import { openWorkspace } from './workspace.ts'

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

/** An action in the copy of its repository. */
export interface CopiedPlace extends CopyFolder {
  readonly path: string
  readonly commit: CommitSha
  /** What its label says; `undefined` where it has none. */
  readonly version: string | undefined
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

/** What was done so far. */
interface Books {
  /** By `copyKey`. */
  readonly drafts: Map<NodeKey, CopyDraft>
  readonly places: Map<NodeKey, CopiedPlace>
  readonly refused: Map<NodeKey, CopyObstacle>
  /** Actions that block what uses them, unless that is led to a copy of theirs. */
  readonly blocking: Set<NodeKey>
  /** Of the copies' manifests, by their paths. */
  readonly plans: Map<string, FilePlan>
  readonly levels: Plans[]
  readonly problems: Problem[]
}

function openBooks(hopeless: ReadonlyMap<NodeKey, CopyObstacle>): Books {
  return {
    drafts: new Map(),
    places: new Map(),
    refused: new Map(hopeless),
    blocking: new Set(),
    plans: new Map(),
    levels: [],
    problems: [],
  }
}

/** An action that is newly in a draft. */
interface FreshAction extends CopyDraftPlace {
  readonly action: DraftedAction
}

type CopyDraftPlace = Pick<CopyDraft, 'owner' | 'repo' | 'folder' | 'commit'>

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

async function grantOne(
  wish: Wish,
  books: Books,
  read: Archives['readArchive'],
  ground: Ground,
): Promise<readonly FreshAction[] | CopyObstacle | HostFailure> {
  const { drafts, places, refused } = books
  const others = [...drafts.values()]
  const standing = findStanding(wish, others, ground)
  if (standing !== undefined) {
    places.set(wish.key, placeIn(standing, wish))
    return []
  }
  const begun = drafts.get(copyKey(wish)) ?? (await begin(wish, books, read, ground))
  if ('host' in begun || 'kind' in begun) return begun
  const admitted = await admit(wish, begun, refused, ground)
  if (admitted.kind !== 'admitted') return admitted
  const { owner, repo, folder, commit } = admitted.draft
  drafts.set(copyKey(wish), admitted.draft)
  places.set(wish.key, placeIn({ folder }, wish))
  return admitted.fresh.map((action) => ({ owner, repo, folder, commit, action }))
}

async function begin(
  wish: Wish,
  { drafts, places }: Books,
  read: Archives['readArchive'],
  ground: Ground,
): Promise<CopyDraft | VendorObstacle | HostFailure> {
  const place = choosePlace(wish, [...drafts.values()], [...places.values()], ground)
  if (place.kind !== 'place') return place
  const archive = await read(wish)
  if (archive.kind === 'archive') return beginDraft(place, wish, archive)
  return 'host' in archive ? archive : { kind: 'no-archive', failure: archive }
}

function placeIn({ folder }: CopyFolder, { path, commit, version }: Wish): CopiedPlace {
  return { folder, path, commit, version }
}

/** Whether a wish needs files that are not at hand. */
function isOpen(wish: Wish, { drafts, places, refused }: Books, ground: Ground): boolean {
  const others = [...drafts.values()]
  return (
    !drafts.has(copyKey(wish)) &&
    !refused.has(wish.key) &&
    findStanding(wish, others, ground) === undefined &&
    choosePlace(wish, others, [...places.values()], ground).kind === 'place'
  )
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
