import type { RepositoryFailure } from '../../domain/outcome.ts'
import type { DateOf } from '../../resolve/connection.ts'
import { LEFT_OUT, type RepositoryRefs } from '../../resolve/port.ts'
import type { BlockedAction } from './blocked-action.ts'
import type { CleanRelease, Prospect } from './clean-release.ts'
import type { CleannessOf, PlaceAtCommit } from './cleanness.ts'
import type { Cooldown } from '../cooldown.ts'
import { currentVersion, isMassTagged, isNewMajor, newerReleases } from './newer-releases.ts'
import type { Release } from './newer-releases.ts'

/** The search for one action's clean release: what has to be asked next, and what it has come to so far. */
export type Search = Settled | Looking | Dating

export interface Settled {
  readonly kind: 'settled'
  readonly prospect: Prospect
}

/** It is to be seen which of these releases are clean. */
export interface Looking {
  readonly kind: 'looking'
  readonly sought: Sought
  readonly at: readonly Release[]
}

/** These are clean, and it is to be seen how old they are. */
export interface Dating {
  readonly kind: 'dating'
  readonly sought: Sought
  readonly at: readonly Release[]
  /** Clean, too, but further away. */
  readonly clean: readonly Release[]
}

interface Sought {
  readonly action: BlockedAction
  readonly current: Release
  readonly isMassTagged: (release: Release) => boolean
  /** Not looked at yet, the nearest first. */
  readonly rest: readonly Release[]
  /** How many were looked at, and the last of them. */
  readonly looked: number
  readonly upTo: Release | undefined
  /** How many were asked for their age. */
  readonly dated: number
  /** What there is to say if nothing is found, the weightiest first. */
  readonly young: CleanRelease | undefined
  readonly undated: CleanRelease | undefined
  readonly doubt: CleanRelease | undefined
}

/** Begins with what a repository said of its tags. */
export function startSearch(
  action: BlockedAction,
  refs: RepositoryRefs | RepositoryFailure | undefined,
): Search {
  const settled = (from: string | undefined, release: CleanRelease): Settled => ({
    kind: 'settled',
    prospect: { action, from, release },
  })
  if (refs?.kind !== 'refs')
    return settled(undefined, {
      kind: 'unknown',
      reason: { kind: 'repository', failure: refs ?? LEFT_OUT },
    })
  const { commit, sites, reference } = action
  const labels = sites.map(({ label }) => label)
  const version = currentVersion(labels, commit, refs.tags, reference.path)
  if (version === undefined)
    return settled(undefined, { kind: 'none', reason: { kind: 'version-unknown' } })
  const current = { version, commit }
  return lookOn({
    action,
    current,
    isMassTagged: (release) => isMassTagged(release, refs.tags),
    rest: newerReleases(current, refs.tags),
    looked: 0,
    upTo: undefined,
    dated: 0,
    young: undefined,
    undated: undefined,
    doubt: undefined,
  })
}

/** Goes on with what the releases use in turn. */
export function takeCleanness({ sought, at }: Looking, of: CleannessOf): Search {
  const clean: Release[] = []
  const doubts: CleanRelease[] = []
  for (const release of at) {
    const { text: version } = release.version
    const cleanness = of(placeOf(sought.action, release))
    switch (cleanness.kind) {
      case 'clean':
        if (sought.isMassTagged(release))
          doubts.push({ kind: 'unknown', reason: { kind: 'mass-tagged', version } })
        else clean.push(release)
        break
      case 'unknown': {
        const { chain } = cleanness
        doubts.push({ kind: 'unknown', reason: { kind: 'unread', version, chain } })
        break
      }
      case 'unpinned':
      case 'absent':
        break
    }
  }
  return dateOn({ ...sought, doubt: sought.doubt ?? doubts[0] }, clean)
}

/** Goes on with how old the releases are. */
export function takeDates(
  { sought, at, clean }: Dating,
  of: DateOf,
  { cooldown, now }: Cooldown,
): Search {
  let { young, undated } = sought
  for (const release of at) {
    const { text: version } = release.version
    const date = of(placeOf(sought.action, release))
    if (typeof date === 'string')
      undated ??= { kind: 'unknown', reason: { kind: 'no-date', version, detail: date } }
    else if (now - date < cooldown)
      young ??= { kind: 'too-young', version, date, until: date + cooldown }
    else {
      const { version: from } = sought.current
      const sameMajor = !isNewMajor(from, release.version)
      const { commit } = release
      return settle(sought, { kind: 'found', from: from.text, version, commit, sameMajor })
    }
  }
  return dateOn({ ...sought, young, undated }, clean)
}

/** What a search has to ask about. */
export function placesOf({ sought: { action }, at }: Looking | Dating): PlaceAtCommit[] {
  return at.map((release) => placeOf(action, release))
}

function placeOf(
  { reference: { kind, owner, repo, path } }: BlockedAction,
  { commit }: Release,
): PlaceAtCommit {
  return { owner, repo, path, leadsTo: kind, commit }
}

/** The nearest clean one first, alone: most often it is old enough, and a date can be dear. */
function dateOn(sought: Sought, clean: readonly Release[]): Search {
  if (clean.length === 0) return lookOn(sought)
  const room = sought.dated === 0 ? 1 : MOST_DATES - sought.dated
  if (room <= 0) return giveUp(sought)
  const at = clean.slice(0, room)
  const dated = sought.dated + at.length
  return { kind: 'dating', sought: { ...sought, dated }, at, clean: clean.slice(room) }
}

const MOST_DATES = 5

/** The nearest releases first; the further away, the more at once. */
function lookOn(sought: Sought): Search {
  const size = sought.looked === 0 ? 20 : sought.looked === 20 ? 80 : MOST_LOOKED - sought.looked
  const at = sought.rest.slice(0, size)
  const last = at.at(-1)
  if (last === undefined) return giveUp(sought)
  const looked = sought.looked + at.length
  const rest = sought.rest.slice(size)
  return { kind: 'looking', sought: { ...sought, rest, looked, upTo: last }, at }
}

const MOST_LOOKED = 300

function giveUp(sought: Sought): Settled {
  const { young, undated, doubt } = sought
  return settle(sought, young ?? undated ?? doubt ?? nothingFound(sought))
}

function nothingFound({ current, upTo, rest }: Sought): CleanRelease {
  if (upTo === undefined)
    return { kind: 'none', reason: { kind: 'newest', version: current.version.text } }
  const { text } = upTo.version
  return rest.length > 0
    ? { kind: 'unknown', reason: { kind: 'too-many', upTo: text } }
    : { kind: 'none', reason: { kind: 'not-clean', upTo: text } }
}

function settle({ action, current }: Sought, release: CleanRelease): Settled {
  return { kind: 'settled', prospect: { action, from: current.version.text, release } }
}
