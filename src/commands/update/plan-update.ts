import { leaveSuspects } from '../../check/suspects.ts'
import { draftFile, type FilePlan } from '../../plan/plan.ts'
import type { Mover } from '../../remedy/move/move.ts'
import { findMovers, questionsForMoves } from '../../remedy/move/movers.ts'
import { leaveUntrue } from '../../remedy/move/untrue-labels.ts'
import type { Site } from '../../yaml/locate.ts'
import type { CopiedPins } from './copied-pins.ts'
import { decideMoves, planMoves, type DecidedMoves, type MoveMeans } from './decide-moves.ts'
import { makePlan, type PlanFailure, type Plans } from '../make-plan.ts'

/** What an update comes to, before anything is written. */
export interface PlannedUpdate extends Pick<DecidedMoves, 'moves' | 'held'> {
  readonly kind: 'planned'
  /** Of the files, and of the file that stands for the pins of copies. */
  readonly plans: Plans
}

/** Plans as `pin` does, and then the moves on top of that. */
export async function planUpdate(
  { file, isCopied }: CopiedPins,
  own: Omit<MoveMeans, 'isCopy'>,
): Promise<PlannedUpdate | PlanFailure> {
  const { policy, connect, nested, limit } = own
  const files = file === undefined ? own.sources.files : [...own.sources.files, file]
  const copied = new Set(file?.located.sites)
  const isCopy = (site: Site): boolean => copied.has(site)
  const means: MoveMeans = { ...own, sources: { ...own.sources, files }, isCopy }
  const inquiries = files.flatMap((each) => [...draftFile(each, policy).open.values()])
  if (inquiries.length > 0) {
    const github = await connect()
    if ('kind' in github) return github
    // So that all that there is to ask about own references comes with one round.
    const [ahead] = await Promise.all([
      github.lookUp(questionsForMoves(inquiries, nested, limit)),
      github.readAdvisories(),
    ])
    if (ahead.kind !== 'answers') return { kind: 'host-failure', failure: ahead }
  }
  const pinned = await makePlan(files, { ...policy, prefer: means.prefer, nested }, connect)
  if (pinned.kind !== 'plan') return pinned
  const movers = findMovers(pinned.files, (path) => !isCopied(path))
  const decided = await decideMoves(pinned, movers, means)
  if (decided.kind !== 'decided') return decided
  const { moves, held, before } = decided
  const drafts = leaveSuspects(leaveUntrue(pinned.drafts, pinned.files), before.at)
  const plans = planMoves({ ...pinned, drafts }, moves, policy)
  const left = new Set(plans.files.flatMap(leftSites))
  return { kind: 'planned', plans, moves, held: held.filter(({ mover }) => !isLeft(mover, left)) }
}

function leftSites({ sites }: FilePlan): Site[] {
  return sites.flatMap(({ site, decision }) => (decision.kind === 'left' ? [site] : []))
}

/** Whether all places of a mover are told as problems already. */
function isLeft({ sites }: Mover, left: ReadonlySet<Site>): boolean {
  return sites.every(({ site }) => left.has(site))
}
