import type { Edge, UnknownReason } from '../walk/graph.ts'
import type { Chain, UnknownChain } from '../walk/verdict.ts'
import { remoteName } from './graph-reference.ts'
import type { ChainGroup } from './verdict-chains.ts'

/** What to do about an unpinned reference. */
export function blockedNext({ reference, holders, entries }: ChainGroup<Chain>): string {
  if (holders.length === 0) return reference === undefined ? PIN : pinNext(reference)
  const upgrade = namesOf(entries)
  const upstream = [...new Set(holders.map(({ owner, repo }) => `${owner}/${repo}`))]
  return `move ${upgrade} to a release whose own references are pinned; where there is none, open a pull request that pins them at ${listed(upstream)}, or copy the action into your repository and use it from there`
}

/** What to do about a reference of which it is not known what it runs. */
export function unknownNext({ first, holders, entries }: ChainGroup<UnknownChain>): string {
  const { reason } = first
  const isOwn = holders.length === 0
  const elsewhere = `move ${namesOf(entries)} to another version, or tell the authors of ${namesOf(holders)}`
  switch (reason?.kind) {
    case undefined:
      return isOwn ? PIN : elsewhere
    case 'unresolved':
      return unresolvedNext(reason, isOwn ? OWN_REF : elsewhere)
    case 'not-understood':
      return isOwn
        ? 'write owner/repo@ref, ./path or docker://image, as GitHub reads them'
        : elsewhere
    case 'no-manifest':
      return isOwn ? 'check the path and the version: not every version has every path' : elsewhere
    case 'unreadable':
      return 'run pinsmith again; if it stays so, look at that file: GitHub may not be able to read it either'
    case 'not-in-workspace':
      return 'if a step puts it there while the workflow runs, read what it puts there; else check the path'
    case 'too-deep':
      return 'GitHub would not run it either: use what it wraps directly'
  }
}

const PIN = 'pin it: run pinsmith'

/** How to pin a reference of one's own; what cannot be resolved cannot be pinned. */
function pinNext({ target }: Edge): string {
  if (target.kind !== 'unknown' || target.reason.kind !== 'unresolved') return PIN
  return target.reason.resolution.kind === 'ambiguous'
    ? 'choose which is meant: run pinsmith with --prefer tag or --prefer branch'
    : `${unresolvedNext(target.reason, OWN_REF)}; then pin it: run pinsmith`
}

const OWN_REF = 'check the spelling (refs compare with case), or choose a version that exists'

const ACCESS =
  'give a token that may read it (--token, GITHUB_TOKEN, or gh auth login), or check the spelling'

function unresolvedNext(
  { resolution }: Extract<UnknownReason, { kind: 'unresolved' }>,
  otherwise: string,
): string {
  switch (resolution.kind) {
    case 'repository-not-found':
    case 'forbidden':
      return ACCESS
    case 'broken':
      return 'run pinsmith again; if it stays so, try --resolver git or --resolver api'
    case 'ambiguous':
    case 'short-sha':
    case 'ref-not-found':
      return otherwise
  }
}

/** The names of actions in words, each once, not too many. */
function namesOf(nodes: ChainGroup<Chain>['entries']): string {
  return listed([...new Set(nodes.map(remoteName))])
}

function listed(names: readonly string[]): string {
  return names.length > MOST_NAMES
    ? `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
    : names.join(' and ')
}

const MOST_NAMES = 3
