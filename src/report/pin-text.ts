import type { Problem } from '../domain/problem.ts'
import type { PlannedSite } from '../plan/plan.ts'
import type { FileResult, RunResult } from '../plan/result.ts'
import { exemptionWords, noteWords } from './note-words.ts'
import type { Palette } from './palette.ts'
import { printable } from './printable.ts'
import { problemWords } from './problem-words.ts'
import { allProblems, tally, type Tally } from './tally.ts'
import type { FailureWords, Words } from './words.ts'

/** How much to say: `quiet` names problems alone, `verbose` also what needed no change. */
export type Volume = 'quiet' | 'normal' | 'verbose'

/** The summary of a pinning run for people: what became what by file, what was left and why, and the count. */
export function formatPinText(
  reported: RunResult,
  dryRun: boolean,
  volume: Volume,
  palette: Palette,
): string {
  const problems = allProblems(reported)
  const parts = groupBy(problems, sameProblem).map((places) => formatProblem(places, palette))
  if (volume !== 'quiet') {
    parts.unshift(...reported.files.flatMap((file) => formatFile(file, volume, palette)))
    parts.push(formatTally(reported, problems, dryRun, palette))
  }
  return parts.map((part) => `${part}\n`).join('\n')
}

/** One problem wherever it stands: the places and the reference, then what, why and what to do next. */
function formatProblem(places: readonly [Problem, ...Problem[]], palette: Palette): string {
  const [problem, ...others] = places
  const reference =
    'reference' in problem && problem.reference !== ''
      ? `  ${printable(shorten(problem.reference))}`
      : ''
  const head = `${palette.red('✗')} ${palette.bold(placeOf(problem))}${reference}`
  const also = groupBy(others, ({ file }) => file).map(
    ([first, ...more]) =>
      `    ${palette.dim('also')}  ${[placeOf(first), ...more.map(positionOf)].join(', ')}`,
  )
  return [head, ...also, formatWords(problemWords(problem), palette)].join('\n')
}

function placeOf(problem: Problem): string {
  return [printable(problem.file), positionOf(problem)].filter((part) => part !== '').join(':')
}

function positionOf(problem: Problem): string {
  return 'position' in problem ? `${problem.position.line}:${problem.position.column}` : ''
}

/** The same reference left for the same reason is one problem in several places. */
function sameProblem(problem: Problem): string {
  const { what } = problemWords(problem)
  return JSON.stringify('reference' in problem ? [problem.reference, what] : [problem.file, what])
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return [...groups.values()]
}

/** Why a run could not do its work. */
export function formatFailure(failure: FailureWords, palette: Palette): string {
  const { what, why, next } = failure
  const more =
    why === undefined || next === undefined ? '' : `\n${formatWhyAndNext(why, next, palette)}`
  return `${palette.red('✗')} ${palette.bold('pinsmith:')} ${printable(what)}${more}\n`
}

function formatWords({ what, why, next }: Words, palette: Palette): string {
  return `    ${printable(what)}\n${formatWhyAndNext(why, next, palette)}`
}

function formatWhyAndNext(why: string, next: string, { dim }: Palette): string {
  return `    ${dim('why')}   ${printable(why)}\n    ${dim('next')}  ${printable(next)}`
}

function formatFile({ plan, outcome }: FileResult, volume: Volume, palette: Palette): string[] {
  if (outcome.kind === 'problem') return []
  const lines = plan.sites.flatMap((site) => formatSite(site, volume, palette))
  if (lines.length === 0) return []
  const heldBack =
    outcome.kind === 'held-back'
      ? palette.yellow('  not written: --strict, and something is left')
      : ''
  return [`${palette.bold(printable(plan.path))}${heldBack}\n${lines.join('\n')}`]
}

function formatSite(
  { site, decision, change }: PlannedSite,
  volume: Volume,
  palette: Palette,
): string[] {
  const line = (mark: string, text: string): string =>
    `  ${mark} ${palette.dim(String(site.position.line).padStart(4))}  ${text}`
  const written = printable(site.text)
  switch (decision.kind) {
    case 'pin': {
      const notes = decision.notes.flatMap((note) => {
        const words = noteWords(note, volume)
        return words === undefined
          ? []
          : [`          ${palette.yellow('note')}  ${printable(words)}`]
      })
      const label =
        decision.label === undefined ? '' : `  ${palette.dim(`# ${printable(decision.label)}`)}`
      if (change === 'pinned')
        return [
          line(palette.green('✓'), `${written} → ${decision.commit.slice(0, 12)}${label}`),
          ...notes,
        ]
      if (change === 'relabelled')
        return [line(palette.green('✓'), `${shorten(written)}${label}`), ...notes]
      return volume === 'verbose'
        ? [line(palette.dim('·'), `${shorten(written)}${label}`), ...notes]
        : []
    }
    case 'exempt': {
      const words = exemptionWords(decision.exemption)
      const loud =
        decision.exemption.kind === 'breaks-when-pinned' || decision.exemption.kind === 'locked'
      return loud || volume === 'verbose'
        ? [line(palette.yellow('–'), `${written}  ${palette.dim(printable(words))}`)]
        : []
    }
    case 'inside':
    case 'image': {
      const words =
        decision.kind === 'image' ? 'an image: SHA pinning does not cover it' : 'of this repository'
      return volume === 'verbose'
        ? [line(palette.dim('·'), `${written}  ${palette.dim(words)}`)]
        : []
    }
    case 'left':
      return []
  }
}

// A pin's forty digits say no more than twelve.
function shorten(reference: string): string {
  return reference.replace(/@([0-9a-f]{12})[0-9a-f]{28}$/i, '@$1')
}

function formatTally(
  reported: RunResult,
  problems: readonly Problem[],
  dryRun: boolean,
  palette: Palette,
): string {
  const counts = tally(reported)
  const files = reported.files.filter(({ plan }) => plan.before !== plan.after).length
  const heldBack = reported.files.some(({ outcome }) => outcome.kind === 'held-back')
  const would = dryRun || heldBack ? 'would be ' : ''
  const said: string[] = [
    ...(counts.pinned > 0
      ? [
          palette.green(
            `${count(counts.pinned, 'reference')} ${would}pinned in ${count(files, 'file')}`,
          ),
        ]
      : []),
    ...(counts.relabelled > 0
      ? [palette.green(`${count(counts.relabelled, 'label')} ${would}set`)]
      : []),
    ...quietCounts(counts),
    ...(counts.left > 0 ? [palette.red(`${count(counts.left, 'reference')} left`)] : []),
  ]
  const unread = problems.filter((problem) => !('reference' in problem)).length
  if (unread > 0) said.push(palette.red(`${count(unread, 'file')} not dealt with`))
  return said.length === 0 ? 'Nothing to pin: no action is used here.' : `${said.join(', ')}.`
}

function quietCounts({ unchanged, exempt, images }: Tally): string[] {
  return [
    ...(unchanged > 0 ? [`${unchanged} pinned already`] : []),
    ...(exempt > 0 ? [`${exempt} exempt`] : []),
    ...(images > 0 ? [`${count(images, 'image')} not covered`] : []),
  ]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
