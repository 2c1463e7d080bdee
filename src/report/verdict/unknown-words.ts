import type { UnknownReason } from '../../walk/graph.ts'
import type { Chain, UnknownChain } from '../../walk/verdict.ts'
import { faultWords } from '../problem-words.ts'
import { resolutionWords } from '../resolution-words.ts'

/** Why it is not known what a reference leads to, in words; `written` is the reference. */
export function reasonWords(reason: UnknownReason, written: string): string {
  switch (reason.kind) {
    case 'not-understood':
      return faultWords(reason.fault).what
    case 'unresolved':
      return resolutionWords(written, reason.resolution).what
    case 'no-manifest':
      return WORKFLOW.test(written)
        ? 'there is no such workflow'
        : 'neither action.yml, action.yaml nor Dockerfile stands there'
    case 'unreadable':
      return reason.detail
    case 'not-in-workspace':
      return reason.tried.length === 0
        ? 'this means a place in your repository, and there is nothing'
        : `this means a place in your repository, and there is nothing (looked for ${reason.tried.join(', ')})`
    case 'copy-missing':
      return `the copy of ${reason.action} that is recorded here is missing`
    case 'too-deep':
      return 'it lies deeper than the ten levels that GitHub allows'
  }
}

/** What to do about a copy of an action, `owner/repo[/path]`, that is missing. */
export function copyMissingNext(action: string): string {
  return `bring it back: \`pinsmith vendor ${action}\`, or \`pinsmith --nested vendor\` for all that is missing`
}

/** Why an unpinned reference cannot be resolved either, in words; `undefined` where it can. */
export function blockedWords({ references }: Chain): string | undefined {
  const last = references.at(-1)
  return last?.target.kind === 'unknown' ? reasonWords(last.target.reason, last.written) : undefined
}

/** Why a chain's end is not known, in words. */
export function unknownWords({ reason, references }: UnknownChain): string {
  const last = references.at(-1)
  return reason === undefined ? OPEN : reasonWords(reason, last?.written ?? '')
}

const WORKFLOW = /\.github\/workflows\/[^/@]+(?:@|$)/

/** What GitHub makes of a workflow called by a branch is not documented. */
export const OPEN =
  'it is called by a branch: whether GitHub blocks that is not documented, so it cannot pass as pinned'
