import type { Finding, Level } from '../../check/finding.ts'
import type { CheckReport } from './report.ts'
import { count } from '../count.ts'
import { byLevel, LEVELS, levelCounts } from '../finding/levels.ts'
import { findingDetails, findingRow, ROW_HEAD } from '../finding/markdown.ts'
import { verdictSentence } from '../verdict/words.ts'

/** How many characters GitHub takes in a comment. */
export const MOST_OF_COMMENT = 65_536

/**
 * Findings as GitHub's Markdown, for a comment on a pull request: the verdict, a table for each level, and folded away what
 * they are, why that matters and what to do. Where it would be too long, the mildest are left out, and a note says how many.
 * @param most how many bytes it may have in UTF-8, which are never fewer than its characters
 */
export function formatCheckMarkdown(report: CheckReport, most: number): string {
  const head = formatHead(report)
  const entries = report.findings.toSorted(byLevel).map(makeEntry)
  const write = (rows: number, details: number): string => writeAll(head, entries, rows, details)
  const all = entries.length
  const isWhole = size(write(all, 0)) <= most
  // Of so many, the gravest are told with what to do about them.
  const forRows = isWhole ? most : Math.floor(most * SHARE_OF_ROWS)
  const rows = isWhole ? all : mostThat(all, (number) => size(write(number, 0)) <= forRows)
  return write(
    rows,
    mostThat(rows, (number) => size(write(rows, number)) <= most),
  )
}

const SHARE_OF_ROWS = 0.6

/** A finding, written. */
interface Entry {
  readonly level: Level
  readonly row: string
  readonly details: string
}

function makeEntry(finding: Finding): Entry {
  return { level: finding.level, row: findingRow(finding), details: findingDetails(finding) }
}

/** What is above the tables. A bot that keeps one comment up to date knows it by its first line. */
function formatHead({ findings, nested, offline }: CheckReport): string {
  const counts = levelCounts(findings)
  const mark = findings.some(({ level }) => level !== 'note') ? '✗' : '✓'
  const verdict =
    nested === undefined
      ? 'What the actions use in turn was not looked at.'
      : `**${nested.verdict.kind}**: ${verdictSentence(nested.verdict, nested.graph)}.`
  return [
    '<!-- pinsmith check -->\n',
    `## ${mark} pinsmith: ${counts === '' ? 'nothing found' : counts}\n\n`,
    `${verdict}\n\n`,
    ...(offline ? ['Only what can be known without a network was looked at.\n\n'] : []),
  ].join('')
}

function writeAll(head: string, entries: readonly Entry[], rows: number, details: number): string {
  const sections = LEVELS.map((level) =>
    writeSection(
      level,
      entries.filter((entry) => entry.level === level).length,
      entries.slice(0, rows).flatMap((entry) => (entry.level === level ? [entry.row] : [])),
      entries.slice(0, details).flatMap((entry) => (entry.level === level ? [entry.details] : [])),
    ),
  )
  return [head, ...sections, writeNote(entries.length - rows, rows - details)].join('')
}

function writeSection(
  level: Level,
  number: number,
  rows: readonly string[],
  details: readonly string[],
): string {
  if (rows.length === 0) return ''
  const folded =
    details.length === 0
      ? ''
      : `<details>\n<summary>What they are, why that matters, what to do</summary>\n\n${details.join('')}</details>\n\n`
  return `### ${count(number, level)}\n\n${ROW_HEAD}${rows.join('')}\n${folded}`
}

function writeNote(leftOut: number, withoutDetails: number): string {
  if (leftOut === 0 && withoutDetails === 0) return ''
  const parts = [
    ...(leftOut > 0 ? [`${count(leftOut, 'finding')} more`] : []),
    ...(withoutDetails > 0 ? [`the details of ${withoutDetails} of the above`] : []),
  ]
  return `Left out here, since GitHub takes no more: ${parts.join(', ')}. \`pinsmith check\` tells all.\n`
}

/** The greatest number up to `limit` that fits; whatever is greater fits no more. */
function mostThat(limit: number, fits: (number: number) => boolean): number {
  let fitting = 0
  let tooMany = limit + 1
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2)
    if (fits(middle)) fitting = middle
    else tooMany = middle
  }
  return fitting
}

function size(text: string): number {
  return new TextEncoder().encode(text).length
}
