import type { HostFailure } from '../../domain/outcome.ts'
import type { CommitDates, DateOf, RepositoryCommit } from '../../resolve/connection.ts'
import type { Cooldown } from '../cooldown.ts'
import type { DatedTarget, Mover, MoveTarget, StayReason } from './move.ts'

/** The search for the newest target of a mover that is old enough. */
export type MoveSearch = Dating | FoundTarget | Exhausted

/** It is to be seen how old these are. */
interface Dating {
  readonly kind: 'dating'
  readonly sought: Sought
  readonly at: readonly MoveTarget[]
}

/** This one is old enough. */
export interface FoundTarget {
  readonly kind: 'found'
  readonly sought: Sought
  readonly target: DatedTarget
}

/** There is none, or none any more. */
interface Exhausted {
  readonly kind: 'exhausted'
  readonly sought: Sought
}

interface Sought {
  readonly mover: Mover
  /** The newest first. */
  readonly rest: readonly MoveTarget[]
  /** How many were asked for their age. */
  readonly asked: number
  /** What was passed over, the newest alone, and why. */
  readonly passed: PassedOver | undefined
}

/** A target that is not taken, or not yet. */
export interface PassedOver {
  readonly target: DatedTarget
  readonly reason: StayReason
}

/** Begins a search among targets, the newest first. */
export function startMoveSearch(mover: Mover, targets: readonly MoveTarget[]): MoveSearch {
  return lookOn({ mover, rest: targets, asked: 0, passed: undefined })
}

/** Goes on to older targets than the one that was found. */
export function passOver({ sought }: FoundTarget): MoveSearch {
  return lookOn(sought)
}

/** Asks for ages until every search has found its target, or has none left: all of them share the rounds. */
export async function findTargets(
  searches: readonly MoveSearch[],
  github: CommitDates,
  cooldown: Cooldown,
): Promise<readonly MoveSearch[] | HostFailure> {
  let open = searches
  for (;;) {
    const commits = open.flatMap((search) => (search.kind === 'dating' ? commitsOf(search) : []))
    if (commits.length === 0) return open
    const dates = await github.readDates(commits)
    if (dates.kind !== 'dates') return dates
    open = open.map((search) =>
      search.kind === 'dating' ? takeDates(search, dates.of, cooldown) : search,
    )
  }
}

function takeDates({ sought, at }: Dating, of: DateOf, { cooldown, now }: Cooldown): MoveSearch {
  let { passed } = sought
  for (const [n, target] of at.entries()) {
    const date = of(commitOf(sought.mover, target))
    if (typeof date === 'string' && cooldown > 0) {
      const reason = { kind: 'no-date', detail: date } as const
      passed ??= { target: { ...target, date: undefined }, reason }
      return { kind: 'exhausted', sought: { ...sought, rest: [], passed } }
    }
    if (typeof date === 'number' && now - date < cooldown) {
      const reason = { kind: 'too-young', until: date + cooldown } as const
      passed ??= { target: { ...target, date }, reason }
      continue
    }
    const dated = { ...target, date: typeof date === 'number' ? date : undefined }
    const rest = [...at.slice(n + 1), ...sought.rest]
    return { kind: 'found', sought: { ...sought, rest, passed }, target: dated }
  }
  return lookOn({ ...sought, passed })
}

/** The newest alone at first: most often it is old enough, and a date can be dear. */
function lookOn(sought: Sought): MoveSearch {
  const { rest, asked } = sought
  const size = asked === 0 ? 1 : Math.min(4 * asked, MOST_DATES - asked)
  const at = rest.slice(0, size)
  if (at.length === 0) return { kind: 'exhausted', sought }
  const left = { ...sought, rest: rest.slice(at.length), asked: asked + at.length }
  return { kind: 'dating', sought: left, at }
}

/** Of one action: those before so many young ones are not looked at. */
const MOST_DATES = 100

function commitsOf({ sought, at }: Dating): RepositoryCommit[] {
  return at.map((target) => commitOf(sought.mover, target))
}

function commitOf({ owner, repo }: Mover, { commit }: MoveTarget): RepositoryCommit {
  return { owner, repo, commit }
}
