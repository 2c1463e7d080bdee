import type { Config } from '../config/config.ts'
import { ignoreFor, isExpired } from '../config/ignore.ts'
import { placeIn, type Accusation, type Place } from './accusation.ts'
import type { FindingDetail } from './finding-detail.ts'
import type { FindingCode, Level } from './finding.ts'
import { levelOf } from './levels.ts'

/** What is let pass, and what is looked at at all. */
export interface Leniency {
  readonly config: Config
  /** `YYYY-MM-DD` */
  readonly today: string
  /** Whether a place is among what is looked at; `undefined`: all of it is. */
  readonly isChanged: ((place: Place) => boolean) | undefined
}

/** An accusation that stands, with its level and where it is placed. */
export interface Weighed {
  readonly detail: FindingDetail
  readonly level: Level
  /** `undefined` where it is about the whole run. */
  readonly place: Place | undefined
  /** How many places it could be placed at. */
  readonly ways: number
}

/** Weighs an accusation; `undefined` where it is let pass: by a comment, by the configuration, or since nothing of it was changed. */
export function weigh(
  { detail, places }: Accusation,
  { config, today, isChanged }: Leniency,
): Weighed | undefined {
  const level = levelOf(detail, config)
  if (level === 'off') return undefined
  if (places.length === 0) return { detail, level, place: undefined, ways: 0 }
  const standing = places.filter((place) => !isIgnored(place, detail.code, config, today))
  const place = standing.find((each) => isChanged?.(each) ?? true)
  return place === undefined ? undefined : { detail, level, place, ways: standing.length }
}

/** Whether nothing at all that begins at a place counts. */
export function isLeftAlone(place: Place, config: Config, today: string): boolean {
  return (
    place.site?.ignore?.by === 'pinsmith' ||
    place.actions.some((action) => ignoreFor(config, action, undefined, today) !== undefined)
  )
}

/** The ignores of a configuration whose date is past. */
export function accuseExpired(config: Config, today: string): Accusation[] {
  const { file } = config
  if (file === undefined) return []
  return config.ignore.flatMap((ignore): Accusation[] => {
    const { action, expires, reason, position } = ignore
    if (expires === undefined || !isExpired(ignore, today)) return []
    return [
      {
        detail: { code: 'ignore-expired', action, expires, reason },
        places: [placeIn(file, position)],
      },
    ]
  })
}

function isIgnored(place: Place, code: FindingCode, config: Config, today: string): boolean {
  const { site, actions } = place
  if (site?.ignore !== undefined && (site.ignore.by === 'pinsmith' || UNPINNED.has(code)))
    return true
  return actions.some((action) => ignoreFor(config, action, code, today) !== undefined)
}

// What other tools were told to ignore is that a reference is not pinned, and nothing else.
const UNPINNED: ReadonlySet<FindingCode> = new Set(['unpinned', 'short-sha', 'ambiguous-ref'])
