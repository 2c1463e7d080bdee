import type { Graph } from '../../walk/graph.ts'
import { nestedOnly } from '../../walk/nested.ts'
import type { Chain, Verdict } from '../../walk/verdict.ts'
import { referenceText, shortenCommits } from '../graph/reference.ts'
import type { Palette } from '../palette.ts'
import type { Volume } from '../pin/text.ts'
import { printable } from '../printable.ts'
import { waySteps, groupChains, type ChainGroup } from './chains.ts'
import { count } from '../count.ts'
import { nestedBlockedNext, unknownNext, type WaysOut } from './next.ts'
import { blockedWords, unknownWords } from './unknown-words.ts'
import { BLOCKED_MEANS, verdictSentence } from './words.ts'

/** A verdict for people: one line, then each reference to blame with its chains and what to do. `quiet` is the line alone. */
export function formatVerdict(
  verdict: Verdict,
  graph: Graph,
  volume: Volume,
  palette: Palette,
): string {
  return formatListing(verdict, verdict, graph, NOT_LOOKED_FOR, volume, palette)
}

const NOT_LOOKED_FOR: WaysOut = { prospects: [], mayUpgrade: true, mayCopy: true }

/** The same beside a report of the repository's own references: of these nothing is said twice. */
export function formatNestedVerdict(
  verdict: Verdict,
  graph: Graph,
  waysOut: WaysOut,
  volume: Volume,
  palette: Palette,
): string {
  return formatListing(verdict, nestedOnly(verdict, graph), graph, waysOut, volume, palette)
}

function formatListing(
  verdict: Verdict,
  listed: Pick<Verdict, 'blocked' | 'unknown'>,
  graph: Graph,
  waysOut: WaysOut,
  volume: Volume,
  palette: Palette,
): string {
  const byKey = new Map(waysOut.prospects.map((prospect) => [prospect.action.key, prospect]))
  const parts = [formatVerdictLine(verdict, graph, palette)]
  if (volume === 'quiet') return `${parts.join('')}\n`
  if (listed.blocked.length > 0)
    parts.push(`    ${palette.dim('why')}   ${printable(BLOCKED_MEANS)}`)
  const blocked = groupChains(listed.blocked, graph).map((group) =>
    formatGroup(
      palette.red('✗'),
      group,
      blockedWords(group.first),
      nestedBlockedNext(group, byKey, waysOut),
      volume,
      palette,
    ),
  )
  const unknown = groupChains(listed.unknown, graph).map((group) =>
    formatGroup(
      palette.yellow('?'),
      group,
      unknownWords(group.first),
      [unknownNext(group)],
      volume,
      palette,
    ),
  )
  const groups = [...capped(blocked, volume, palette), ...capped(unknown, volume, palette)]
  return `${[parts.join('\n'), ...groups].join('\n\n')}\n`
}

/** A verdict in one line, without its line end. */
export function formatVerdictLine(verdict: Verdict, graph: Graph, palette: Palette): string {
  const { green, red, yellow, bold } = palette
  const mark = { passes: green('✓'), blocked: red('✗'), unknown: yellow('?') }[verdict.kind]
  return `${mark} ${bold(`${verdict.kind}:`)} ${verdictSentence(verdict, graph)}.`
}

function formatGroup(
  mark: string,
  group: ChainGroup<Chain>,
  what: string | undefined,
  next: readonly string[],
  volume: Volume,
  { bold, dim }: Palette,
): string {
  const { first, ways, reference } = group
  if (reference === undefined)
    return `${mark} ${bold(printable(first.file))}  could not be read, so what it runs is not known`
  const times = ways.length === 1 ? '' : dim(`  on ${count(ways.length, 'chain')}`)
  const most = volume === 'verbose' ? Infinity : 3
  const shown = upTo(ways, most)
  const told = upTo(next, most)
  const moreThan = (those: readonly unknown[], all: readonly unknown[]): string[] =>
    all.length > those.length
      ? [dim(`    … and ${all.length - those.length} more (--verbose shows them)`)]
      : []
  return [
    `${mark} ${bold(printable(referenceText(reference)))}${times}`,
    ...shown.map((way) => `    ${waySteps(way).map(printable).join(dim(' → '))}`),
    ...moreThan(shown, ways),
    ...(what === undefined ? [] : [`    ${dim('what')}  ${printable(shortenCommits(what))}`]),
    ...told.map((each) => `    ${dim('next')}  ${printable(each)}`),
    ...moreThan(told, next),
  ].join('\n')
}

function capped(groups: readonly string[], volume: Volume, { dim }: Palette): string[] {
  const shown = upTo(groups, volume === 'verbose' ? Infinity : 10)
  const more = groups.length - shown.length
  return more > 0
    ? [...shown, dim(`… and ${count(more, 'reference')} more (--verbose shows them)`)]
    : shown
}

function upTo<T>(items: readonly T[], most: number): T[] {
  return items.slice(0, most)
}
