import type { Graph } from '../../walk/graph.ts'
import type { Chain, Verdict } from '../../walk/verdict.ts'
import { count } from '../count.ts'
import type { Forest } from '../graph/forest.ts'
import { referenceText, shortenCommits } from '../graph/reference.ts'
import { waySteps, groupChains, type ChainGroup, type Way } from '../verdict/chains.ts'
import { blockedNext, unknownNext } from '../verdict/next.ts'
import { blockedWords, unknownWords } from '../verdict/unknown-words.ts'
import { escapeHtml } from './escape.ts'
import { sentence } from './sentence.ts'

/** The chains to blame, each step a link to its place in the tree. */
export function chainsHtml(verdict: Verdict, graph: Graph, forest: Forest): string {
  const blocked = groupChains(verdict.blocked, graph).map((group) =>
    groupHtml(group, 'blocked', blockedWords(group.first) ?? '', blockedNext(group), forest),
  )
  // Workflows that could not be read have a section of their own.
  const read = verdict.unknown.filter(({ references }) => references.length > 0)
  const unknown = groupChains(read, graph).map((group) =>
    groupHtml(group, 'unknown', unknownWords(group.first), unknownNext(group), forest),
  )
  return [
    sectionHtml('blocked-title', 'What blocks', blocked),
    sectionHtml('unknown-title', 'What is not known', unknown),
  ]
    .filter((section) => section !== '')
    .join('\n')
}

function sectionHtml(id: string, title: string, groups: readonly string[]): string {
  if (groups.length === 0) return ''
  return `<section class="chains" aria-labelledby="${id}">
<h2 id="${id}">${title} <span class="number">${groups.length}</span></h2>
${groups.join('\n')}
</section>`
}

function groupHtml(
  group: ChainGroup<Chain>,
  kind: 'blocked' | 'unknown',
  what: string,
  next: string,
  forest: Forest,
): string {
  const { first, ways, reference } = group
  const name = reference === undefined ? first.file : referenceText(reference)
  const items = ways.slice(0, MOST_CHAINS).map((way) => chainHtml(way, forest))
  return `<details class="group ${kind}" open>
<summary><code>${escapeHtml(name)}</code> <span class="times">${count(ways.length, 'chain')}</span></summary>
${what === '' ? '' : `<p class="what">${escapeHtml(shortenCommits(what))}</p>`}
${chainListHtml(items, ways.length)}
<p class="next"><b>Next</b> ${sentence(next)}</p>
</details>`
}

/** The first few, and the others behind a click. */
function chainListHtml(items: readonly string[], total: number): string {
  const shown = items.slice(0, FIRST_CHAINS)
  const others = items.slice(FIRST_CHAINS)
  const left = total - items.length
  if (left > 0) others.push(`<li class="more">… and ${left} more</li>`)
  const more =
    others.length === 0
      ? ''
      : `
<details class="others"><summary>${count(total - shown.length, 'more chain')}</summary>
<ol>${others.join('')}</ol></details>`
  return `<ol>${shown.join('')}</ol>${more}`
}

const FIRST_CHAINS = 5
// A page with more links than that is no help.
const MOST_CHAINS = 100

function chainHtml(way: Way<Chain>, forest: Forest): string {
  const { chain } = way
  const targets = [forest.homeOf(chain.file), ...chain.references.map((edge) => forest.rowOf(edge))]
  const steps = waySteps(way).map((step, index) => stepHtml(step, targets[index], index > 0))
  return `<li>${steps.join(' ')}</li>`
}

function stepHtml(step: string, target: number | undefined, isBelow: boolean): string {
  const text = `<code>${escapeHtml(step)}</code>`
  const link = target === undefined ? text : `<a href="#r${target}">${text}</a>`
  return `<span class="step">${isBelow ? '<span class="arrow">→</span> ' : ''}${link}</span>`
}
