import type { HeldMove, HeldReason, Move } from '../../check/held-move.ts'
import { faultOfPin, faultOfTarget, isOfOneVersion, isTreeFault } from '../../check/move-fault.ts'
import type { Finding } from '../../check/finding.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { Policy } from '../../plan/policy.ts'
import type { Cooldown } from '../../remedy/cooldown.ts'
import { courseOf, type CourseRules } from '../../remedy/move/course.ts'
import type { Course, DatedTarget, Mover, MoveTarget } from '../../remedy/move/move.ts'
import { moveAnswers, type SiteMove } from '../../remedy/move/answers.ts'
import {
  findTargets,
  passOver,
  startMoveSearch,
  type FoundTarget,
  type MoveSearch,
} from '../../remedy/move/search.ts'
import { tagQuestions } from '../../remedy/move/movers.ts'
import type { Connection } from '../../resolve/connection.ts'
import type { Site } from '../../yaml/locate.ts'
import { findAbsentTargets } from './absent-targets.ts'
import { askDescents, type Descents } from './descents.ts'
import { judgePlans, type JudgedPlans, type JudgeMeans } from './judge-plans.ts'
import { planDrafts, type PlanFailure, type Plans } from '../make-plan.ts'

/** What deciding works with. */
export interface MoveMeans extends JudgeMeans, CourseRules, Cooldown {
  readonly policy: Policy
  /** Whether a site stands for a copy, in which nothing stays unpinned, whatever its source uses. */
  readonly isCopy: (site: Site) => boolean
}

/** What moves, and what does not. */
export interface DecidedMoves {
  readonly kind: 'decided'
  readonly moves: readonly Move[]
  readonly held: readonly HeldMove[]
  /** What is wrong with the pins as they are. */
  readonly before: JudgedPlans
}

/**
 * Decides which pins of a plan move, and to what: to the newest version that is old enough, if `check` would find no fault with the
 * pin as it is, nor with what it would be. Where the fault is that of one version, older ones are tried.
 */
export async function decideMoves(
  plans: Plans,
  movers: readonly Mover[],
  means: MoveMeans,
): Promise<DecidedMoves | PlanFailure> {
  if (movers.length === 0) return NOTHING_DECIDED
  const github = await means.connect()
  if ('kind' in github) return github
  const told = await github.lookUp(tagQuestions(movers, means.limit))
  if (told.kind !== 'answers') return { kind: 'host-failure', failure: told }
  const courses = movers.flatMap((mover) => {
    const refs = told.repositories.get(repositoryKey(mover))
    return refs?.kind === 'refs' ? [{ mover, refs, course: courseOf(mover, refs, means) }] : []
  })
  const [before, descents, found] = await Promise.all([
    judgePlans(plans.files, new Set(movers.flatMap(sitesOf)), means),
    askDescents(courses, github),
    findTargets(
      courses.map(({ mover, course }) => startMoveSearch(mover, targetsOf(course))),
      github,
      means,
    ),
  ])
  if (before.kind !== 'judged') return before
  if ('kind' in descents) return { kind: 'host-failure', failure: descents }
  if ('kind' in found) return { kind: 'host-failure', failure: found }
  const held: HeldMove[] = []
  const open: MoveSearch[] = []
  for (const [n, { mover, course }] of courses.entries()) {
    const search = found[n]
    const [fault] = mover.sites.flatMap(({ site }) => faultOfPin(before.at(site)) ?? [])
    const reason =
      fault === undefined ? reasonToStay(course, mover, descents) : accused('pin', fault)
    if (reason !== undefined) held.push({ mover, to: undefined, reason })
    else if (search !== undefined) open.push(search)
    if (reason === undefined && course.kind === 'versions' && course.beyond !== undefined)
      held.push(beyondLimit(mover, course.beyond))
  }
  const tried = await tryTargets(plans, open, before, github, means)
  return tried.kind === 'tried'
    ? { kind: 'decided', moves: tried.moves, held: [...tried.held, ...held], before }
    : tried
}

const NOTHING_DECIDED: DecidedMoves = {
  kind: 'decided',
  moves: [],
  held: [],
  before: { kind: 'judged', at: () => [] },
}

/** Plans of the same references, in which these move. */
export function planMoves(
  { drafts, answers }: Plans,
  moves: readonly Move[],
  policy: Policy,
): Plans {
  const bySite = new Map<Site, SiteMove>()
  for (const { mover, to } of moves)
    for (const site of sitesOf(mover)) bySite.set(site, { ...to, upgrade: undefined })
  return planDrafts(drafts, moveAnswers(answers, drafts, bySite), policy)
}

interface Tried {
  readonly kind: 'tried'
  readonly moves: readonly Move[]
  readonly held: readonly HeldMove[]
}

/** Judges what was found, all of it at once, and goes on to older targets where that may help. */
async function tryTargets(
  plans: Plans,
  searches: readonly MoveSearch[],
  before: JudgedPlans,
  github: Connection,
  means: MoveMeans,
): Promise<Tried | PlanFailure> {
  const moves: Move[] = []
  const held: HeldMove[] = []
  let open = searches
  for (let round = 1; ; round++) {
    const found = open.filter(isFound)
    held.push(...open.flatMap((search) => (isFound(search) ? [] : passedOver(search))))
    if (found.length === 0) return { kind: 'tried', moves, held }
    const planned = planMoves(plans, [...moves, ...found.map(moveTo)], means.policy)
    const after = await judgePlans(
      planned.files,
      new Set(found.flatMap(({ sought }) => sitesOf(sought.mover))),
      means,
    )
    if (after.kind !== 'judged') return after
    const absent = means.nested ? NONE_ABSENT : await findAbsentTargets(found, github)
    if ('kind' in absent) return { kind: 'host-failure', failure: absent }
    const next: MoveSearch[] = []
    for (const search of found) {
      const { mover } = search.sought
      const [gone] = sitesOf(mover).flatMap((site) => absent.get(site) ?? [])
      const fault = gone ?? faultAt(mover, before, after, means)
      if (fault === undefined) {
        moves.push(moveTo(search))
        held.push(...passedOver(search))
        continue
      }
      held.push({ mover, to: search.target, reason: accused('target', fault) })
      if (isOfOneVersion(fault) && round < MOST_ROUNDS) next.push(passOver(search))
      else held.push(...passedOver(search))
    }
    const dated = await findTargets(next, github, means)
    if ('kind' in dated) return { kind: 'host-failure', failure: dated }
    open = dated
  }
}

/** Where what actions use is looked at, this is seen there. */
const NONE_ABSENT: ReadonlyMap<Site, Finding> = new Map()

/** How many targets are tried where one after the other is at fault. */
const MOST_ROUNDS = 5

function faultAt(
  { sites }: Mover,
  before: JudgedPlans,
  after: JudgedPlans,
  { isCopy }: MoveMeans,
): Finding | undefined {
  const faults = sites.flatMap(({ site }) => {
    const found = after.at(site)
    const counts = isCopy(site)
      ? found.filter(({ detail }) => detail.code !== 'nested-unpinned')
      : found
    return faultOfTarget(counts, before.at(site)) ?? []
  })
  return faults.find((fault) => !isTreeFault(fault)) ?? faults[0]
}

function reasonToStay(course: Course, mover: Mover, descents: Descents): HeldReason | undefined {
  switch (course.kind) {
    case 'versions':
      return undefined
    case 'stay':
      return course.reason
    case 'follow':
      switch (descents(mover, course.ref)) {
        case 'after':
          return undefined
        case 'apart':
          return { kind: 'apart' }
        case 'unknown':
          return { kind: 'descent-unknown' }
      }
  }
}

function targetsOf(course: Course): readonly MoveTarget[] {
  switch (course.kind) {
    case 'versions':
      return course.versions
    case 'follow':
      return [course.target]
    case 'stay':
      return []
  }
}

function beyondLimit(mover: Mover, beyond: MoveTarget): HeldMove {
  const needs = beyond.isNewMajor ? 'major' : 'minor'
  return { mover, to: { ...beyond, date: undefined }, reason: { kind: 'beyond', needs } }
}

function passedOver({ sought: { mover, passed } }: MoveSearch): HeldMove[] {
  return passed === undefined ? [] : [{ mover, to: passed.target, reason: passed.reason }]
}

function accused(who: 'pin' | 'target', finding: Finding): HeldReason {
  return { kind: 'accused', who, finding }
}

function moveTo({ sought: { mover }, target }: FoundTarget): Move {
  const to: DatedTarget = target
  return { mover, to }
}

function isFound(search: MoveSearch): search is FoundTarget {
  return search.kind === 'found'
}

function sitesOf({ sites }: Mover): Site[] {
  return sites.map(({ site }) => site)
}
