import type { DiscoveryFault } from '../apply/discover.ts'
import { readVendored } from '../apply/vendored.ts'
import { isSameAction, type ActionName } from '../domain/action-name.ts'
import type { Unresolved } from '../domain/problem.ts'
import type { RemoteReference } from '../domain/reference.ts'
import { usageFault, type UsageFault } from '../github/usage.ts'
import type { FileResult, RunResult } from '../plan/result.ts'
import type { CopiesResult } from '../remedy/vendor/copies.ts'
import type { VendoredRepository } from '../remedy/vendor/manifest.ts'
import type { ReferBy } from '../remedy/vendor/place.ts'
import { pinsIn, wishesFor, type Wish, type WishSite } from '../remedy/vendor/wish.ts'
import { resolutionWords } from '../report/resolution-words.ts'
import { resolve } from '../resolve/resolve.ts'
import { nodeKey } from '../walk/follow.ts'
import { carryOut, type CarryOutOptions } from './carry-out.ts'
import { rememberConnection } from './connection.ts'
import { copiedActions, wishesForCopy } from './vendor/copied-actions.ts'
import type { GraphResult } from './graph.ts'
import { readLock, unlocked } from './lock.ts'
import {
  makePlan,
  type Connect,
  type PlanFailure,
  type PlanOptions,
  type Plans,
} from './make-plan.ts'
import { localSites, nameOf, notUsed, remoteSites } from './vendor/named-sites.ts'
import { readSources, type SourceOptions, type Sources } from './sources.ts'
import { vendor } from './vendor/vendoring.ts'

/** Which actions to copy, and how. */
export interface VendorOptions
  extends Omit<PlanOptions, 'selects'>, Omit<SourceOptions, 'paths'>, CarryOutOptions {
  /** Each by itself, or with a ref: then at what that names, and an earlier copy moves there. */
  readonly actions: readonly ActionName[]
  /** Edit workflows that GitHub's lockfile lists, too. */
  readonly locked: boolean
  /** How copies are referred to; `undefined`: as the GitHub that is asked allows. */
  readonly referBy: ReferBy | undefined
}

/** What a run copied, or would copy. */
export interface VendorResult extends RunResult {
  readonly kind: 'result'
  readonly nested: GraphResult | undefined
  readonly copies: CopiesResult
}

/**
 * Copies actions that the repository uses, blocked or not, and leads every place that uses them to the copies. What these use in turn
 * is pinned, or copied too where that is not clean.
 */
export async function vendorActions(
  options: VendorOptions,
  connect: Connect,
): Promise<VendorResult | DiscoveryFault | PlanFailure> {
  const sources = await readSources({ ...options, paths: [] })
  if (sources.kind === 'usage') return sources
  const { actions } = options
  const twice = actions.find((name) => actions.some((other) => isOtherwise(name, other)))
  if (twice !== undefined)
    return usageFault(`${nameOf(twice)} is named twice, at different refs: name it once.`)
  const record = await readVendored(sources.found, sources.found.root)
  const copies = record.kind === 'record' ? record.manifest.copies : []
  const unused = actions.find((name) => sitesOf(name, sources, copies).length === 0)
  if (unused !== undefined) {
    const copied = copies.flatMap(copiedActions).map(nameOf)
    return notUsed(unused, sources, [...new Set(copied)])
  }

  const lock = options.locked ? unlocked : await readLock(sources)
  const connectOnce = rememberConnection(connect)
  const selects = (action: string): boolean =>
    actions.some((name) => action.toLowerCase() === nameOf(name).toLowerCase())
  const policy = { ...options, selects, isLocked: lock.isLocked }
  const using = sources.files.filter(({ path }) =>
    actions.some((name) => sitesOf(name, sources, copies).some(({ file }) => file === path)),
  )
  const plans = await makePlan(using, { ...policy, nested: true }, connectOnce)
  if (plans.kind !== 'plan') return plans
  const wishes: Wish[] = []
  for (const name of actions) {
    const sites = localSites(sources, name, copies)
    const wish = await wishFor(name, plans, sites, connectOnce, options)
    if ('kind' in wish) return wish
    wishes.push(...wishesForCopies(name, copies, sources), ...wish.wishes)
  }
  const means = { ...options, paths: [], sources, policy, connect: connectOnce }
  const planned = await vendor(plans, wishes, means)
  if (planned.kind !== 'vendor-plans') return planned
  const { nested } = planned
  const problems = [...sources.problems, ...lock.problems]
  const files = planned.plans.files
  const done = await carryOut({ files, copies: planned.copies, nested }, problems, options, means)
  return { kind: 'result', ...done, files: done.files.map((file) => onlyNamed(file, actions)) }
}

/** The places that use an action, or a copy of it. */
function sitesOf(
  name: ActionName,
  sources: Sources,
  copies: readonly VendoredRepository[],
): readonly WishSite[] {
  return [...remoteSites(sources, name), ...localSites(sources, name, copies)]
}

/** What is there already is wished for as it was: so what is missing of it comes back, and what was edited is told. */
function wishesForCopies(
  name: ActionName,
  copies: readonly VendoredRepository[],
  sources: Sources,
): Wish[] {
  if (name.reference !== undefined) return []
  return copies.flatMap((copy) =>
    wishesForCopy(copy, sources).filter((wish) => isSameAction(wish, name)),
  )
}

/** Whether two names wish for the same action at different refs. */
function isOtherwise(a: ActionName, b: ActionName): boolean {
  return isSameAction(a, b) && a.reference?.ref.text !== b.reference?.ref.text
}

/** What is said of a file: nothing of the other references in it. */
function onlyNamed({ plan, outcome }: FileResult, actions: readonly ActionName[]): FileResult {
  const sites = plan.sites.filter(({ site: { reference }, decision }) =>
    typeof reference === 'object' && 'ref' in reference
      ? actions.some((name) => isSameAction(reference, name))
      : decision.kind === 'vendored' || decision.kind === 'left',
  )
  return { plan: { ...plan, sites }, outcome }
}

/** What is wished for by a name: the action at the commits that its places are pinned to, or at the one that its ref names. */
async function wishFor(
  name: ActionName,
  plans: Plans,
  local: readonly WishSite[],
  connect: Connect,
  { prefer }: VendorOptions,
): Promise<{ readonly wishes: readonly Wish[] } | PlanFailure> {
  const pins = pinsIn(plans.files).filter(({ reference }) => isSameAction(reference, name))
  if (name.reference === undefined) return { wishes: wishesFor(pins) }
  const github = await connect()
  if ('kind' in github) return github
  const inquiry = { reference: name.reference, comment: { kind: 'prose' } } as const
  const answers = await resolve(github, [inquiry], prefer, true)
  if (answers.kind !== 'answers') return { kind: 'host-failure', failure: answers }
  const { resolution, label } = answers.of(inquiry)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object')
    return notResolved(name.reference, resolution)
  const { owner, repo, path } = name
  const { commit } = resolution
  const version = label !== undefined && 'label' in label ? label.label : undefined
  const sites = [...pins.map(({ file, site }) => ({ file, site })), ...local]
  const key = nodeKey({ owner, repo, path, commit })
  const leadsTo = path.startsWith('.github/workflows/') ? 'workflow' : 'action'
  const wish = { key, owner, repo, path, leadsTo, commit, version, sites } as const
  return { wishes: [{ ...wish, moves: true }] }
}

function notResolved({ text }: RemoteReference, resolution: Unresolved): UsageFault {
  const { what, next } = resolutionWords(text, resolution)
  return usageFault(`${text}: ${what}: ${next}.`)
}
