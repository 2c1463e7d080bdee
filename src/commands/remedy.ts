import type { HostFailure } from '../domain/outcome.ts'
import { findBlockedActions, type BlockedAction } from '../remedy/release/blocked-action.ts'
import type { Prospect } from '../remedy/release/clean-release.ts'
import type { Cooldown } from '../remedy/cooldown.ts'
import { noCopies, type Copies } from '../remedy/vendor/copies.ts'
import { findCleanReleases, type Prospects } from '../remedy/release/find-clean-releases.ts'
import { upgradeAnswers } from '../remedy/release/upgrade.ts'
import { wishesForBlocked } from '../remedy/vendor/wish.ts'
import { findRepairs } from './vendor/copied-actions.ts'
import type { GraphResult } from './graph.ts'
import { planDrafts, type PlanFailure, type Plans } from './make-plan.ts'
import type { VendorMeans } from './vendor/vendoring.ts'
import { plannedFiles, walkPlanned } from './walk-planned.ts'
import { openWorkspace } from './workspace.ts'

/**
 * What to do about actions that GitHub's policy blocks for what they use in turn: tell it, move to a release whose whole
 * tree is pinned, or copy the action into the repository.
 */
export type Remedy = 'report' | 'upgrade' | 'vendor'

/** A plan, with what the files run once it is carried out. */
export interface WalkedPlans {
  readonly plans: Plans
  readonly nested: GraphResult
}

/** What came of a remedy. */
export interface Remedied extends WalkedPlans {
  readonly kind: 'remedied'
  /** What is known of the next release of each action that was blocked before. */
  readonly prospects: readonly Prospect[]
  readonly copies: Copies
}

/** What a remedy works with. */
export interface RemedyMeans extends VendorMeans, Cooldown {}

/** A plan where nothing was asked of what the actions use in turn. */
export interface Unwalked {
  readonly kind: 'unwalked'
  readonly plans: Plans
  readonly nested: undefined
  readonly prospects: readonly []
  readonly copies: Copies
}

/** Walks what the files run once the plans are carried out, and does about it what was asked for. */
export async function walkAndRemedy(
  remedy: false | Remedy,
  plans: Plans,
  means: RemedyMeans,
): Promise<Unwalked | Remedied | PlanFailure> {
  if (remedy === false)
    return { kind: 'unwalked', plans, nested: undefined, prospects: [], copies: noCopies }
  const nested = await walkPlanned(means.sources, plans.files, means.connect)
  return nested.kind === 'graph' ? applyRemedy(remedy, { plans, nested }, means) : nested
}

/** Replaces a plan by one that does more about what is blocked, walked anew; the same where nothing can be done. */
async function applyRemedy(
  remedy: Remedy,
  walked: WalkedPlans,
  means: RemedyMeans,
): Promise<Remedied | PlanFailure> {
  const { verdict, graph } = walked.nested
  const actions = findBlockedActions(verdict, graph, walked.plans.files)
  const untouched: Remedied = { kind: 'remedied', ...walked, prospects: [], copies: noCopies }
  if (actions.length === 0 && remedy !== 'vendor') return untouched
  switch (remedy) {
    case 'report': {
      const found = await lookForReleases(actions, walked, means)
      return found.kind === 'usage'
        ? found
        : { kind: 'remedied', ...walked, prospects: prospectsOf(actions, found), copies: noCopies }
    }
    case 'upgrade': {
      const found = await lookForReleases(actions, walked, means)
      if (found.kind === 'usage') return found
      if (found.kind !== 'prospects') return { kind: 'host-failure', failure: found }
      return upgrade(walked, found, means)
    }
    case 'vendor': {
      const repairs = await findRepairs(means.sources)
      const wishes = [...repairs.wishes, ...wishesForBlocked(actions)]
      if (wishes.length === 0 && !repairs.isStale) return untouched
      const { vendor } = await import('./vendor/vendoring.ts')
      const copied = await vendor(walked.plans, wishes, means)
      return copied.kind === 'vendor-plans'
        ? { ...copied, kind: 'remedied', prospects: [] }
        : copied
    }
  }
}

async function lookForReleases(
  actions: readonly BlockedAction[],
  { plans }: WalkedPlans,
  { sources, connect, cooldown, now }: RemedyMeans,
): Promise<Prospects | HostFailure | Extract<PlanFailure, { kind: 'usage' }>> {
  const github = await connect()
  if ('kind' in github) return github
  const workspace = openWorkspace(sources.found, plannedFiles(sources, plans.files))
  return findCleanReleases(actions, { github, workspace, cooldown, now })
}

/** That releases could not be looked for keeps nothing from being pinned. */
function prospectsOf(
  actions: readonly BlockedAction[],
  found: Prospects | HostFailure,
): readonly Prospect[] {
  if (found.kind === 'prospects') return found.prospects
  const release = { kind: 'unknown', reason: { kind: 'host', failure: found } } as const
  return actions.map((action) => ({ action, from: undefined, release }))
}

async function upgrade(
  { plans: { drafts, answers } }: WalkedPlans,
  { prospects }: Prospects,
  { sources, policy, connect }: RemedyMeans,
): Promise<Remedied | PlanFailure> {
  const plans = planDrafts(drafts, upgradeAnswers(answers, drafts, prospects), policy)
  const nested = await walkPlanned(sources, plans.files, connect)
  return nested.kind === 'graph'
    ? { kind: 'remedied', plans, nested, prospects, copies: noCopies }
    : nested
}
