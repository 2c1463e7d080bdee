import type { HeldMove, HeldReason } from '../../check/held-move.ts'
import type { Finding } from '../../check/finding.ts'
import { findingWords } from '../finding/words.ts'
import { shortenCommits } from '../graph/reference.ts'
import { shownChain } from '../finding/sentence.ts'
import { presentName } from './moves.ts'

/** Why a pin stays, or goes no further, and what to do about it, without final full stops. */
export interface HeldWords {
  readonly why: string
  readonly next: string | undefined
}

/** The words of a move that is not made. */
export function heldWords({ mover, to, reason }: HeldMove): HeldWords {
  const present = presentName(mover)
  const target = to?.label ?? present
  switch (reason.kind) {
    case 'too-young':
      return {
        why: `${target} is ${to?.date === undefined ? 'too young' : `from ${minute(to.date)}`}; pinsmith takes it from ${minute(reason.until)} on`,
        next: undefined,
      }
    case 'beyond':
      return { why: `another ${reason.needs} version: --to ${reason.needs}`, next: undefined }
    case 'version-unknown':
      return {
        why: 'no version tag names its commit, so neither is known which versions are newer',
        next: 'write @ and the version or the branch that is meant',
      }
    case 'branch-denied':
      return {
        why: `${present} is a branch, and the configuration does not allow branches`,
        next: 'write @ and a version',
      }
    case 'no-date':
      return {
        why: `how old ${target} is could not be found out: ${reason.detail}`,
        next: 'run pinsmith again; with a token GitHub answers many more such questions',
      }
    case 'apart':
      return {
        why: `what ${present} is now does not come after the pinned commit: its history was rewritten, or it was moved aside`,
        next: `keep the pin until you know why; to follow it, write @${present} and run pinsmith`,
      }
    case 'descent-unknown':
      return {
        why: `whether what ${present} is now comes after the pinned commit could not be found out`,
        next: 'run pinsmith again',
      }
    case 'ambiguous':
      return {
        why: `${reason.name} is both a tag and a branch, which are different commits`,
        next: 'choose with --prefer tag or --prefer branch',
      }
    case 'accused':
      return accusedWords(reason, target)
  }
}

function accusedWords(
  { who, finding }: Extract<HeldReason, { kind: 'accused' }>,
  target: string,
): HeldWords {
  const { what, next } = findingWords(finding)
  const way = wayOf(finding)
  const said = `${way}${shortenCommits(what)} (${finding.detail.code})`
  return who === 'pin'
    ? { why: said, next: shortenCommits(next) }
    : { why: `${target} is not taken: ${said}`, next: NEXT }
}

const NEXT = 'the pin stays; the next run looks again'

/** Which reference below the target is meant. */
function wayOf(finding: Finding): string {
  const chain = shownChain(finding)
  return chain === undefined ? '' : `${chain.join(' → ')}: `
}

/** To the minute, in UTC: `2026-11-22 10:05 UTC`. */
function minute(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
