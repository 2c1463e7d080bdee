import { formatCheckMarkdown } from './markdown.ts'
import type { CheckReport } from './report.ts'
import { formatMermaid } from '../graph/mermaid.ts'

/** How many bytes GitHub takes in the job summary of a step. */
export const MOST_OF_SUMMARY = 1_048_576

/**
 * The job summary of GitHub Actions: what a comment says, and the tree of what runs as a diagram.
 * @param most how many bytes it may have in UTF-8; too little even for the tree leaves that out
 */
export function formatCheckSummary(report: CheckReport, most: number): string {
  const tree = formatTree(report)
  const size = new TextEncoder().encode(tree).length
  return size > most / 2
    ? formatCheckMarkdown(report, most)
    : `${formatCheckMarkdown(report, most - size)}${tree}`
}

// Nothing in the diagram can end its fence: backticks are entity codes in there.
function formatTree({ nested }: CheckReport): string {
  if (nested === undefined || nested.graph.roots.length === 0) return ''
  return `### What runs\n\n\`\`\`mermaid\n${formatMermaid(nested.graph, nested.verdict)}\`\`\`\n`
}
