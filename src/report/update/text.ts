import { isAlarming, type HeldMove, type Move } from '../../check/held-move.ts'
import type { DatedTarget, Mover, MoverSite } from '../../remedy/move/move.ts'
import { count } from '../count.ts'
import { shortCommit } from '../graph/reference.ts'
import { groupBy } from '../group.ts'
import { heldWords } from './held-words.ts'
import { byAction, presentName } from './moves.ts'
import type { Palette } from '../palette.ts'
import type { Volume } from '../pin/text.ts'
import { printable } from '../printable.ts'

/**
 * The moves of a run for people, and what is held back and why; empty where there is nothing to say. `quiet` tells what is alarming
 * alone, `verbose` all places.
 * @param now milliseconds since the epoch
 */
export function formatMoves(
  { moves, held }: { readonly moves: readonly Move[]; readonly held: readonly HeldMove[] },
  now: number,
  volume: Volume,
  palette: Palette,
): string {
  const alarming = held.filter(({ reason }) => isAlarming(reason))
  const calm = held.filter(({ reason }) => !isAlarming(reason))
  const quiet = volume === 'quiet'
  const parts = [
    ...(quiet ? [] : moves.flatMap((move) => formatMove(move, now, palette))),
    ...(quiet ? [] : joined(calm.flatMap((each) => formatCalm(each, volume, palette)))),
    ...alarming.flatMap((each) => formatAlarming(each, palette)),
  ]
  return parts.map((part) => `${part}\n\n`).join('')
}

function formatMove({ mover, to }: Move, now: number, palette: Palette): string[] {
  const { green, yellow, bold, dim } = palette
  const came = isFollowed(mover, to) ? 'committed' : 'released'
  const age = to.date === undefined ? '' : `  ${dim(`(${came} ${ageOf(to.date, now)})`)}`
  const caution = to.isNewMajor ? `  ${yellow('a new major version: read its release notes')}` : ''
  const versions = isFollowed(mover, to)
    ? `${printable(to.label)} ${shortCommit(mover.from.commit)} → ${shortCommit(to.commit)}`
    : `${printable(presentName(mover))} → ${printable(to.label)}`
  return byAction(mover).map(({ action, sites }) => {
    const head = `${green('✓')} ${bold(printable(action))}  ${versions}${age}${caution}`
    return [head, ...formatPlaces(sites)].join('\n')
  })
}

/** Whether a branch, or a tag that moves, is followed: then the commits alone tell what changes. */
function isFollowed({ from }: Mover, to: DatedTarget): boolean {
  return from.label === to.label
}

/** On one line each: nothing is to be done about them. */
function formatCalm(held: HeldMove, volume: Volume, palette: Palette): string[] {
  const { yellow, bold, dim } = palette
  const { why } = heldWords(held)
  return byAction(held.mover).map(({ action, sites }) => {
    const line = `${yellow('–')} ${bold(printable(action))}  ${versionsOf(held)}  ${dim(printable(why))}`
    return volume === 'verbose' ? [line, ...formatPlaces(sites)].join('\n') : line
  })
}

function formatAlarming(held: HeldMove, { red, bold, dim }: Palette): string[] {
  const { why, next } = heldWords(held)
  return byAction(held.mover).map(({ action, sites }) =>
    [
      `${red('✗')} ${bold(printable(action))}  ${versionsOf(held)}`,
      ...formatPlaces(sites),
      `    ${dim('why')}   ${printable(why)}`,
      ...(next === undefined ? [] : [`    ${dim('next')}  ${printable(next)}`]),
    ].join('\n'),
  )
}

function versionsOf({ mover, to }: HeldMove): string {
  const present = printable(presentName(mover))
  return to === undefined ? `stays at ${present}` : `${present}, not ${printable(to.label)}`
}

function formatPlaces(sites: readonly MoverSite[]): string[] {
  return groupBy(sites, ({ file }) => file).map((places) => {
    const lines = places.map(({ site }) => String(site.position.line))
    return `    ${printable(places[0].file)}:${lines.join(', ')}`
  })
}

/** `2026-10-02, 52 days ago`; of what is long ago the date is enough. */
function ageOf(date: number, now: number): string {
  const day = new Date(date).toISOString().slice(0, 10)
  const days = Math.max(0, Math.floor((now - date) / DAY))
  if (days > MOST_DAYS) return day
  return days === 0 ? `${day}, today` : `${day}, ${count(days, 'day')} ago`
}

const DAY = 24 * 60 * 60 * 1000
const MOST_DAYS = 99

function joined(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.join('\n')]
}
