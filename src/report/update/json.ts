import { isAlarming, type HeldMove, type HeldReason, type Move } from '../../check/held-move.ts'
import type { DatedTarget, MoverSite } from '../../remedy/move/move.ts'
import { heldWords } from './held-words.ts'
import { byAction } from './moves.ts'

/** A version of an action, as data. */
export interface VersionJson {
  readonly commit: string
  /** Left out where no version is known. */
  readonly label?: string | undefined
  /** When its commit was made, ISO 8601; left out where that was not asked for, or is not known. */
  readonly date?: string | undefined
}

/** Where an action is used; lines and columns count from 1. */
export interface PlaceJson {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A move of one action, as data. */
export interface MoveJson {
  /** `owner/repo[/path]` */
  readonly action: string
  readonly from: VersionJson
  readonly to: VersionJson
  /** Whether that is another major version. */
  readonly newMajor: boolean
  readonly sites: readonly PlaceJson[]
}

/** A move that is not made, as data. */
export interface HeldJson {
  readonly action: string
  readonly from: VersionJson
  /** Left out where it was not looked for. */
  readonly to?: VersionJson | undefined
  readonly reason: HeldReason['kind']
  /** The code of what `check` would find; left out where nothing is accused. */
  readonly finding?: string | undefined
  /** What is accused: the pin as it is, or what it would move to. */
  readonly accused?: 'pin' | 'target' | undefined
  /** When it will be old enough, ISO 8601. */
  readonly until?: string | undefined
  /** Whether something is wrong, or could not be found out: then the exit code is 1. */
  readonly alarming: boolean
  readonly message: string
  readonly help?: string | undefined
  readonly sites: readonly PlaceJson[]
}

/** The moves of a run, one for each action. */
export function movesJson(moves: readonly Move[]): MoveJson[] {
  return moves.flatMap(({ mover, to }) =>
    byAction(mover).map(({ action, sites }) => ({
      action,
      from: mover.from,
      to: versionJson(to),
      newMajor: to.isNewMajor,
      sites: sites.map(placeJson),
    })),
  )
}

/** What stays as it is, or goes no further, one for each action and reason. */
export function heldJson(held: readonly HeldMove[]): HeldJson[] {
  return held.flatMap((each) => {
    const { mover, to, reason } = each
    const { why, next } = heldWords(each)
    return byAction(mover).map(({ action, sites }) => ({
      action,
      from: mover.from,
      to: to && versionJson(to),
      reason: reason.kind,
      ...moreOf(reason),
      alarming: isAlarming(reason),
      message: why,
      help: next,
      sites: sites.map(placeJson),
    }))
  })
}

function moreOf(reason: HeldReason): Pick<HeldJson, 'finding' | 'accused' | 'until'> {
  if (reason.kind === 'too-young') return { until: new Date(reason.until).toISOString() }
  return reason.kind === 'accused'
    ? { finding: reason.finding.detail.code, accused: reason.who }
    : {}
}

function versionJson({ commit, label, date }: DatedTarget): VersionJson {
  return { commit, label, date: date === undefined ? undefined : new Date(date).toISOString() }
}

function placeJson({ file, site }: MoverSite): PlaceJson {
  return { file, ...site.position }
}
