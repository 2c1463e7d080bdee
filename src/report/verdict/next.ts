import type { Prospect } from '../../remedy/release/clean-release.ts'
import type { Edge, NodeKey, RemoteNode, UnknownReason } from '../../walk/graph.ts'
import type { Chain, UnknownChain } from '../../walk/verdict.ts'
import { prospectWords } from '../clean-release-words.ts'
import { remoteName } from '../graph/reference.ts'
import type { ChainGroup } from './chains.ts'
import { copyMissingNext } from './unknown-words.ts'

/** The ways out of what others' doing blocks, as far as they were looked for. */
export interface WaysOut {
  readonly prospects: readonly Prospect[]
  /** Whether a run with `--nested upgrade` could do more than this one did. */
  readonly mayUpgrade: boolean
  /** The same of `--nested vendor`. */
  readonly mayCopy: boolean
}

/**
 * What to do about an unpinned reference.
 * @param mayCopy whether a run with `--nested vendor` could do more than this one did
 */
export function blockedNext(
  { reference, holders, entries }: ChainGroup<Chain>,
  mayCopy = true,
): string {
  if (holders.length === 0) return reference === undefined ? PIN : pinNext(reference)
  const copy =
    !mayCopy || entries.every(isWorkflow)
      ? []
      : ['copy it into your repository (`pinsmith --nested vendor`)']
  const patch = `give its authors a patch (${patchCommands(holders)})`
  return `move ${namesOf(entries)} to a release whose whole tree is pinned (\`pinsmith --nested upgrade\`); where there is none, ${[...copy, patch].join(', or ')}`
}

/**
 * The same beside what is known of clean releases: a line for each action that leads there.
 */
export function nestedBlockedNext(
  group: ChainGroup<Chain>,
  prospects: ReadonlyMap<NodeKey, Prospect>,
  { mayUpgrade, mayCopy }: Pick<WaysOut, 'mayUpgrade' | 'mayCopy'>,
): string[] {
  const { entries, links } = group
  const holdersBelow = (of: readonly RemoteNode[]): RemoteNode[] =>
    links.flatMap(({ entry, holder }) => (of.includes(entry) ? [holder] : []))
  const known = entries.flatMap((entry) => {
    const prospect = prospects.get(entry.key)
    return prospect === undefined
      ? []
      : [prospectNext(prospect, entry, holdersBelow([entry]), mayUpgrade)]
  })
  if (known.length === 0) return [blockedNext(group, mayCopy)]
  const others = entries.filter(({ key }) => !prospects.has(key))
  return others.length === 0
    ? known
    : [...known, blockedNext({ ...group, entries: others, holders: holdersBelow(others) }, mayCopy)]
}

function prospectNext(
  prospect: Prospect,
  entry: RemoteNode,
  holders: ChainGroup<Chain>['holders'],
  mayUpgrade: boolean,
): string {
  const words = prospectWords(prospect)
  if (prospect.release.kind === 'found')
    return mayUpgrade ? `${words}. \`pinsmith --nested upgrade\` does it` : words
  const copy = isWorkflow(entry)
    ? []
    : ['`pinsmith --nested vendor` copies it into your repository']
  const patch = `${patchCommands(holders)} makes a patch for its authors`
  return `${words}. ${[...copy, patch].join('; ')}`
}

// A called workflow cannot be copied.
function isWorkflow({ path }: RemoteNode): boolean {
  return path.startsWith('.github/workflows/')
}

function patchCommands(holders: ChainGroup<Chain>['holders']): string {
  const upstream = [...new Set(holders.map(({ owner, repo }) => `${owner}/${repo}`))]
  const commands = upstream.slice(0, MOST_NAMES).map((name) => `\`pinsmith patch ${name}\``)
  return commands.join(' or ')
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
    case 'copy-missing':
      return copyMissingNext(reason.action)
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
