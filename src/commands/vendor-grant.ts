import type { HostFailure } from '../domain/outcome.ts'
import type { Problem, SiteProblem } from '../domain/problem.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { VendorObstacle } from '../domain/vendor-obstacle.ts'
import { placeOf } from '../plan/decision.ts'
import type { FilePlan, FileToPlan } from '../plan/plan.ts'
import type { Policy } from '../plan/policy.ts'
import { findCleanness } from '../remedy/cleanness.ts'
import type { CopyDraft } from '../remedy/copy-draft.ts'
import type { DraftedAction } from '../remedy/vendor-draft.ts'
import { copyPath, type RepositoryName } from '../remedy/vendor-place.ts'
import { pinsIn, wishesFor, type Wish, type WishSite } from '../remedy/vendor-wish.ts'
import type { Archives, Connection } from '../resolve/connection.ts'
import type { Preference } from '../resolve/resolution.ts'
import { nodeKey } from '../walk/follow.ts'
import type { NodeKey } from '../walk/graph.ts'
import { makePlan, type PlanFailure, type Plans } from './make-plan.ts'
import { admit, findObstacleTo, findStanding } from './vendor-admit.ts'
import type { Ground } from './vendor-ground.ts'
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
export interface CopiedPlace {
  readonly name: RepositoryName
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
 * repository's composites. Each action is copied once, so cycles end.
 */
export async function grantAll(
  wishes: readonly Wish[],
  means: GrantMeans,
): Promise<Granted | PlanFailure> {
  const books: Books = {
    drafts: new Map(),
    places: new Map(),
    refused: new Map(),
    plans: new Map(),
    levels: [],
    problems: [],
  }
  const read = rememberArchives(means.github)
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
  const { drafts, places, levels, problems } = books
  return { kind: 'granted', drafts: [...drafts.values()], places, levels, problems }
}

/** What was done so far. */
interface Books {
  /** By `repositoryKey`. */
  readonly drafts: Map<string, CopyDraft>
  readonly places: Map<NodeKey, CopiedPlace>
  readonly refused: Map<NodeKey, VendorObstacle>
  /** Of the copies' manifests, by their paths. */
  readonly plans: Map<string, FilePlan>
  readonly levels: Plans[]
  readonly problems: Problem[]
}

/** An action that is newly in a draft. */
interface FreshAction extends CopyDraftName {
  readonly action: DraftedAction
}

type CopyDraftName = Pick<CopyDraft, 'owner' | 'repo' | 'commit'>

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
  for (const wish of open) {
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
  { drafts, places }: Books,
  read: Archives['readArchive'],
  ground: Ground,
): Promise<readonly FreshAction[] | VendorObstacle | HostFailure> {
  const draft = drafts.get(repositoryKey(wish))
  const standing = draft === undefined ? findStanding(wish, ground) : undefined
  if (standing !== undefined) {
    places.set(wish.key, placeIn(standing, wish))
    return []
  }
  const obstacle = findObstacleTo(wish, draft, ground, replacedIn(drafts))
  if (obstacle !== undefined) return obstacle
  const archive = draft?.archive ?? (await read(wish))
  if (archive.kind !== 'archive')
    return 'host' in archive ? archive : { kind: 'no-archive', failure: archive }
  const spelled = { ...wish, owner: ownerAsSpelled(wish, drafts, ground) }
  const admitted = await admit(spelled, archive, draft, ground)
  if (admitted.kind !== 'admitted') return admitted
  const { owner, repo, commit } = admitted.draft
  drafts.set(repositoryKey(wish), admitted.draft)
  places.set(wish.key, placeIn({ owner, repo }, wish))
  return admitted.fresh.map((action) => ({ owner, repo, commit, action }))
}

/** The owner as another copy of theirs spells it: two folders that differ in case alone are one on many systems. */
function ownerAsSpelled(
  { owner }: RepositoryName,
  drafts: Books['drafts'],
  { manifest }: Ground,
): string {
  const others = [...manifest.copies, ...drafts.values()]
  const same = others.find((other) => other.owner.toLowerCase() === owner.toLowerCase())
  return same?.owner ?? owner
}

function placeIn(name: RepositoryName, { path, commit, version }: Wish): CopiedPlace {
  return { name, path, commit, version }
}

function replacedIn(drafts: Books['drafts']): ReadonlySet<string> {
  return new Set(
    [...drafts].flatMap(([key, { earlier, commit }]) =>
      earlier !== undefined && earlier.commit !== commit ? [key] : [],
    ),
  )
}

/** Whether a wish needs files that are not at hand. */
function isOpen(wish: Wish, { drafts, refused }: Books, ground: Ground): boolean {
  return (
    !drafts.has(repositoryKey(wish)) &&
    !refused.has(wish.key) &&
    findStanding(wish, ground) === undefined &&
    findObstacleTo(wish, undefined, ground, replacedIn(drafts)) === undefined
  )
}

/** Pins what the manifests of new actions use, like that of any other file. */
async function planManifests(
  fresh: readonly FreshAction[],
  { drafts, plans, levels }: Books,
  { github, policy }: GrantMeans,
): Promise<Plans | PlanFailure> {
  const files = new Map<string, FileToPlan>()
  for (const { action, ...name } of fresh) {
    const kept = drafts.get(repositoryKey(name))?.kept
    for (const [file, located] of action.manifests) {
      const path = copyPath(name, file)
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
  { plans }: Books,
  { ground, github }: GrantMeans,
): Promise<readonly Wish[] | HostFailure> {
  const composites = new Set(
    fresh.flatMap(({ action, ...name }) =>
      action.composites.map((path) => nodeKey({ ...name, path })),
    ),
  )
  const pinned = fresh.flatMap(({ action, ...name }) => {
    const plan = plans.get(copyPath(name, action.manifest))
    return plan === undefined ? [] : pinsIn([plan])
  })
  const wishes = wishesFor(pinned).filter(({ leadsTo }) => leadsTo === 'action')
  const files = new Map(ground.files.map(({ path, located }) => [path, located]))
  const found = await findCleanness(wishes, openWorkspace(ground.found, files), github)
  if (found.kind !== 'cleanness') return found
  return wishes.filter((wish) => composites.has(wish.key) || found.of(wish).kind === 'unpinned')
}

function notVendored({ file, site }: WishSite, obstacle: VendorObstacle): SiteProblem {
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
