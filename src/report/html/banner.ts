import type { Verdict } from '../../walk/verdict.ts'
import { linksOf } from '../graph/drawing.ts'
import type { GraphReport } from '../graph/text.ts'
import { groupChains } from '../verdict/chains.ts'
import { BLOCKED_MEANS, countWorkflows, verdictSentence } from '../verdict/words.ts'
import { sentence } from './sentence.ts'

/** The verdict on top of the page, with counts. */
export function bannerHtml({ graph, verdict }: GraphReport): string {
  const workflows = countWorkflows(verdict, graph)
  const actions = [...graph.nodes.values()].filter(({ kind }) => kind === 'remote').length
  const references = linksOf(graph).length
  const unpinned = groupChains(verdict.blocked, graph).length
  const unknown = groupChains(verdict.unknown, graph).length
  return `<header class="banner ${verdict.kind}">
<p class="kicker">pinsmith · what this repository runs</p>
<h1><span class="sign" aria-hidden="true">${SIGNS[verdict.kind]}</span>${HEADINGS[verdict.kind]}</h1>
<p class="lead">${sentence(verdictSentence(verdict, graph))}</p>
${verdict.kind === 'blocked' ? `<p class="why">${sentence(BLOCKED_MEANS)}</p>` : ''}
<dl class="counts">
${countHtml(workflows, workflows === 1 ? 'workflow' : 'workflows')}
${countHtml(actions, actions === 1 ? 'action' : 'actions')}
${countHtml(references, references === 1 ? 'reference' : 'references')}
${countHtml(unpinned, 'unpinned', unpinned > 0 ? 'bad' : '')}
${countHtml(unknown, 'unknown', unknown > 0 ? 'odd' : '')}
</dl>
</header>`
}

const SIGNS: Record<Verdict['kind'], string> = { passes: '✓', blocked: '✗', unknown: '?' }

const HEADINGS: Record<Verdict['kind'], string> = {
  passes: 'Passes GitHub’s SHA policy',
  blocked: 'Blocked by GitHub’s SHA policy',
  unknown: 'Not known in full',
}

function countHtml(number: number, name: string, mood = ''): string {
  return `<div class="count ${mood}"><dd>${number}</dd><dt>${name}</dt></div>`
}
