import type { Graph } from '../../walk/graph.ts'
import type { Chain, Verdict } from '../../walk/verdict.ts'
import { groupChains } from './chains.ts'
import { count } from '../count.ts'

/** A verdict in one sentence, without its final full stop. */
export function verdictSentence(verdict: Verdict, graph: Graph): string {
  const of = (chains: readonly Chain[]): string =>
    `${filesOf(chains)} of ${count(countWorkflows(verdict, graph), 'workflow')}`
  switch (verdict.kind) {
    case 'passes':
      return graph.roots.length === 0
        ? 'there is no workflow here, so nothing runs'
        : `everything that ${count(graph.roots.length, 'workflow')} ${graph.roots.length === 1 ? 'runs' : 'run'} is pinned, nested actions included`
    case 'blocked': {
      const references = groupChains(verdict.blocked, graph).length
      const are = references === 1 ? 'is' : 'are'
      return `${count(references, 'reference')} that ${are} not pinned would stop ${of(verdict.blocked)}`
    }
    case 'unknown':
      return `what ${of(verdict.unknown)} ${filesOf(verdict.unknown) === 1 ? 'runs' : 'run'} is not known in full, so it cannot pass as pinned`
  }
}

/** What being blocked means. */
export const BLOCKED_MEANS =
  'GitHub\'s policy "require actions to be pinned to a full-length commit SHA" looks through every action at what that uses in turn; where it is on, such a run fails in "Set up job"'

/** How many workflows there are: those that could not be read are not in the graph. */
export function countWorkflows({ unknown }: Verdict, { roots }: Graph): number {
  return new Set([...roots, ...unknown.map(({ file }) => file)]).size
}

function filesOf(chains: readonly Chain[]): number {
  return new Set(chains.map(({ file }) => file)).size
}
