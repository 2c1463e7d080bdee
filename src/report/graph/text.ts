import type { FileProblem } from '../../domain/problem.ts'
import type { Graph } from '../../walk/graph.ts'
import type { Verdict } from '../../walk/verdict.ts'
import { formatTrees } from './tree.ts'
import type { Palette } from '../palette.ts'
import type { Volume } from '../pin/text.ts'
import { formatProblems } from '../problem-text.ts'
import { formatVerdict } from '../verdict/text.ts'

/** What a repository runs, and what GitHub's SHA policy makes of it. */
export interface GraphReport {
  readonly graph: Graph
  readonly verdict: Verdict
  /** Files that could not be read or understood: what they run is not in the graph. */
  readonly problems: readonly FileProblem[]
}

/** A graph for people: a tree for each workflow, the files that are not in it, and the verdict; `quiet` leaves the trees out. */
export function formatGraphText(
  { graph, verdict, problems }: GraphReport,
  volume: Volume,
  palette: Palette,
): string {
  return [
    volume === 'quiet' ? '' : formatTrees(graph, verdict, palette),
    formatProblems(problems, palette),
    formatVerdict(verdict, graph, volume === 'quiet' ? 'normal' : volume, palette),
  ]
    .filter((part) => part !== '')
    .join('\n')
}
