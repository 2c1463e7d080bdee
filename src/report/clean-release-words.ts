import type { BlockedAction } from '../remedy/release/blocked-action.ts'
import type { NoneReason, Prospect, UndecidedReason } from '../remedy/release/clean-release.ts'
import { actionName } from '../domain/reference.ts'
import type { UnknownChain } from '../walk/verdict.ts'
import { shortCommit, shortenCommits } from './graph/reference.ts'
import { resolutionWords } from './resolution-words.ts'
import { unknownWords } from './verdict/unknown-words.ts'

/** What came of looking for a clean release, in words without a final full stop. */
export function prospectWords({ action, release }: Prospect): string {
  const name = actionName(action.reference)
  switch (release.kind) {
    case 'found': {
      const { from, version, commit, sameMajor } = release
      const major = sameMajor ? '' : ', a new major'
      return `move ${name} ${from} → ${version} (${shortCommit(commit)})${major}: its whole tree is pinned`
    }
    case 'too-young': {
      const { version, date, until } = release
      return `wait: ${name} ${version} has its whole tree pinned, but is from ${minute(date)}; pinsmith takes it from ${minute(until)} on`
    }
    case 'none':
      return `none: ${noneWords(name, release.reason)}`
    case 'unknown':
      return `not known: ${undecidedWords(action, release.reason)}`
  }
}

function noneWords(name: string, reason: NoneReason): string {
  switch (reason.kind) {
    case 'version-unknown':
      return `the version of ${name} is not known, since no version tag names its commit, so neither is which releases are newer`
    case 'newest':
      return `${name} ${reason.version} is its newest release`
    case 'not-clean':
      return `no release of ${name} up to ${reason.upTo} has its whole tree pinned`
  }
}

function undecidedWords({ reference }: BlockedAction, reason: UndecidedReason): string {
  const name = actionName(reference)
  switch (reason.kind) {
    case 'host':
      return `the releases of ${name} could not be looked at: ${reason.failure.host}: ${reason.failure.detail}`
    case 'repository': {
      const { what } = resolutionWords(reference.text, reason.failure)
      return `the releases of ${name} could not be looked at: ${what}`
    }
    case 'no-date':
      return `${name} ${reason.version} has its whole tree pinned, but how old it is could not be found out: ${reason.detail}`
    case 'unread': {
      const { chain } = reason
      const words = chain === undefined ? 'it was not answered' : shortenCommits(chainWords(chain))
      return `what ${name} ${reason.version} uses could not be read in full: ${words}`
    }
    case 'mass-tagged':
      return `many versions of ${name} are the same commit as ${reason.version}, as after an attack, so it is not taken`
    case 'too-many':
      return `no release of ${name} up to ${reason.upTo} has its whole tree pinned, and the many after it were not looked at`
  }
}

/** What of a release is not known, and why. */
function chainWords(chain: UnknownChain): string {
  const last = chain.references.at(-1)
  return last === undefined ? unknownWords(chain) : `${last.written}: ${unknownWords(chain)}`
}

/** To the minute, in UTC: `2026-11-22 10:05 UTC`. */
function minute(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
