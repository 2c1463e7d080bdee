import type { Finding } from '../../check/finding.ts'
import { accusation, shownChain } from './sentence.ts'
import { findingTitles } from './titles.ts'
import { findingWords } from './words.ts'
import { shortenReference } from '../graph/reference.ts'
import { codeSpan, prose } from '../markdown.ts'
import { findingPage } from '../project-pages.ts'

/** The head of a table of findings, with its line ends. */
export const ROW_HEAD = '| finding | where | reference |\n| --- | --- | --- |\n'

/** A finding as a row of that table, with its line end. */
export function findingRow(finding: Finding): string {
  const { detail, file, position, reference, chain } = finding
  const { title } = findingTitles[detail.code]
  const at = file === undefined ? 'the whole run' : codeSpan(placeOf(file, position?.line))
  const way = (chain.length > 0 ? chain : [reference ?? '']).map(spanOf).filter(isSaid)
  return `| ${title} (${codeLink(finding)}) | ${at} | ${way.join(' → ')} |\n`
}

/** What a finding is, why it matters and what to do, as a list below its place, with its line ends. */
export function findingDetails(finding: Finding): string {
  const { file, position, fix } = finding
  const words = findingWords(finding)
  const chain = shownChain(finding)
  const at =
    file === undefined ? '' : ` ${codeSpan(placeOf(file, position?.line, position?.column))}`
  const lines = [
    `What: ${prose(accusation(finding, words))}`,
    `Why: ${prose(words.why)}`,
    `Next: ${prose(words.next)}`,
    ...(chain === undefined ? [] : [`Chain: ${chain.map(codeSpan).join(' → ')}`]),
    ...(fix === undefined ? [] : ['`pinsmith check --fix` mends it']),
  ]
  return `${codeLink(finding)}${at}\n\n${lines.map((line) => `- ${line}\n`).join('')}\n`
}

function codeLink({ detail: { code } }: Finding): string {
  return `[${codeSpan(code)}](${findingPage(code)})`
}

function placeOf(file: string, ...numbers: readonly (number | undefined)[]): string {
  return [file, ...numbers.filter((number) => number !== undefined)].join(':')
}

function spanOf(reference: string): string {
  return codeSpan(shortenReference(reference))
}

function isSaid(text: string): boolean {
  return text !== ''
}
