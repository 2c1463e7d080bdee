import type { Finding, Level } from '../../check/finding.ts'
import type { CheckReport } from './report.ts'
import { codeFrame } from './code-frame.ts'
import { count } from '../count.ts'
import { levelCounts } from '../finding/levels.ts'
import { makeRegions, type Regions } from '../finding/region.ts'
import { accusation, shownChain } from '../finding/sentence.ts'
import { findingWords } from '../finding/words.ts'
import { shortenCommits } from '../graph/reference.ts'
import { groupBy } from '../group.ts'
import type { Palette } from '../palette.ts'
import type { Volume } from '../pin/text.ts'
import { printable } from '../printable.ts'
import { formatVerdictLine } from '../verdict/text.ts'

/**
 * The report of a check for people: file by file, each fault with the line that it is on, once however often it is found in the
 * file; then what it comes to. `quiet` is a line for each that fails the check, `verbose` shows every place and every note.
 */
export function formatCheckText(report: CheckReport, volume: Volume, palette: Palette): string {
  const { findings } = report
  if (volume === 'quiet')
    return findings
      .filter(({ level }) => level !== 'note')
      .map((finding) => `${formatLine(finding, palette)}\n`)
      .join('')
  const context: Context = { regions: makeRegions(report.texts), volume, palette }
  const files = groupBy(findings, ({ file }) => file ?? '').map((group) =>
    formatFile(group, context),
  )
  return [...files, formatSummary(report, palette)].map((part) => `${part}\n`).join('\n')
}

interface Context {
  readonly regions: Regions
  readonly volume: Volume
  readonly palette: Palette
}

function formatFile(findings: readonly [Finding, ...Finding[]], context: Context): string {
  const { palette } = context
  const [{ file }] = findings
  const faults = groupBy(findings, sameFault).map((group) => formatFault(group, context))
  const head = file === undefined ? [] : [palette.bold(printable(file))]
  return [...head, faults.join('\n\n')].join('\n')
}

/** One fault wherever it is in a file: the first place in full. */
function formatFault(
  [finding, ...others]: readonly [Finding, ...Finding[]],
  { regions, volume, palette }: Context,
): string {
  const { dim } = palette
  const { what, why, next } = findingWords(finding)
  const head = `  ${levelMark(finding.level, palette)} ${palette.bold(finding.detail.code)}${placeText(finding, palette)}`
  const said = `    ${printable(shortenCommits(what))}`
  const chain = shownChain(finding)
  const way =
    chain === undefined ? [] : [`    ${dim('by')}    ${chain.map(printable).join(dim(' → '))}`]
  const also = alsoAt(others, volume, palette)
  if (finding.level === 'note' && volume !== 'verbose') return [head, said, ...also].join('\n')
  return [
    head,
    ...frameOf(finding, regions, palette),
    said,
    ...way,
    ...also,
    `    ${dim('why')}   ${printable(why)}`,
    `    ${dim('next')}  ${printable(next)}`,
  ].join('\n')
}

function frameOf(finding: Finding, { ofFinding, lineOf }: Regions, palette: Palette): string[] {
  const { file, position } = finding
  if (file === undefined || position === undefined) return []
  const line = lineOf(file, position.line)
  if (line === undefined) return []
  return codeFrame(ofFinding(finding), line, palette, (mark) =>
    paintLevel(mark, finding.level, palette),
  )
}

/** The other places, not too many. */
function alsoAt(others: readonly Finding[], volume: Volume, { dim }: Palette): string[] {
  if (others.length === 0) return []
  const shown = volume === 'verbose' ? others : others.slice(0, MOST_PLACES)
  const more = others.length - shown.length
  const places = shown.map(({ position }) =>
    position === undefined ? '' : `${position.line}:${position.column}`,
  )
  const rest = more > 0 ? [`${more} more (--verbose shows them)`] : []
  return [`    ${dim('also')}  ${[...places, ...rest].join(', ')}`]
}

const MOST_PLACES = 10

function placeText({ position }: Finding, { dim }: Palette): string {
  return position === undefined ? '' : dim(`  ${position.line}:${position.column}`)
}

/** `file:line:column: error code: what`, as editors and other tools take it. */
function formatLine(finding: Finding, palette: Palette): string {
  const { file, position, level, detail } = finding
  const place = [
    ...(file === undefined ? [] : [printable(file)]),
    ...(position === undefined ? [] : [position.line, position.column]),
  ].join(':')
  const what = printable(accusation(finding, findingWords(finding)))
  const said = `${paintLevel(level, level, palette)} ${detail.code}: ${what}`
  return place === '' ? said : `${palette.bold(place)}: ${said}`
}

function formatSummary(report: CheckReport, palette: Palette): string {
  const { findings, nested, offline, references } = report
  const { dim, green, red } = palette
  const failed = findings.some(({ level }) => level !== 'note')
  const looked = references === undefined ? '' : ` in ${count(references, 'reference')}`
  const counts = levelCounts(findings)
  const said = counts === '' ? `nothing found${looked}` : `${counts}${looked}`
  return [
    `${failed ? red('✗') : green('✓')} ${palette.bold(said)}`,
    ...(nested === undefined ? [] : [formatVerdictLine(nested.verdict, nested.graph, palette)]),
    ...(offline ? [dim(OFFLINE)] : []),
    ...(!offline && nested === undefined ? [dim(UNWALKED)] : []),
  ].join('\n')
}

const OFFLINE =
  'Offline: whether commits and labels are true, what the actions use in turn, and known vulnerabilities were not looked at.'

const UNWALKED = 'What the actions use in turn was not looked at.'

function levelMark(level: Level, palette: Palette): string {
  const mark = { error: '✗', warning: '!', note: '·' }[level]
  return paintLevel(`${mark} ${level}`, level, palette)
}

function paintLevel(text: string, level: Level, { red, yellow, dim }: Palette): string {
  switch (level) {
    case 'error':
      return red(text)
    case 'warning':
      return yellow(text)
    case 'note':
      return dim(text)
  }
}

/** The same thing said of the same reference is one fault in several places. */
function sameFault(finding: Finding): string {
  const { what } = findingWords(finding)
  return JSON.stringify([
    finding.detail.code,
    finding.level,
    finding.reference,
    what,
    finding.chain,
  ])
}
