import type { Problem } from '../../domain/problem.ts'
import type { Note } from '../../plan/decision.ts'
import type { PlannedSite } from '../../plan/plan.ts'
import type { FileResult } from '../../plan/result.ts'
import { formatCopy, formatUnused } from '../copies-text.ts'
import { count } from '../count.ts'
import { shortenReference } from '../graph/reference.ts'
import { exemptionWords, noteWords } from './note-words.ts'
import type { Palette } from '../palette.ts'
import { printable } from '../printable.ts'
import { problemParts } from '../problem-text.ts'
import { allFiles, allProblems, tally, type Reported, type Tally } from './tally.ts'

/** How much to say: `quiet` names problems alone, `verbose` also what needed no change. */
export type Volume = 'quiet' | 'normal' | 'verbose'

/** The summary of a pinning run for people: what became what by file, what was left and why, and the count. */
export function formatPinText(
  reported: Reported,
  dryRun: boolean,
  volume: Volume,
  palette: Palette,
): string {
  const problems = allProblems(reported)
  const parts = problemParts(problems, palette)
  if (volume !== 'quiet') {
    parts.unshift(
      ...reported.files.flatMap((file) =>
        formatFile(withoutMoved(file, reported), volume, palette),
      ),
      ...formatCopies(reported, volume, palette),
    )
    parts.push(formatTally(reported, problems, dryRun, palette))
  }
  const heldBack = reported.files.filter(({ outcome }) => outcome.kind === 'held-back').length
  if (heldBack > 0)
    parts.push(
      palette.yellow(`${count(heldBack, 'file')} not written: --strict, and something is left.`),
    )
  return parts.map((part) => `${part}\n`).join('\n')
}

/** What moved and has nothing more to be told of is told elsewhere. */
function withoutMoved({ plan, outcome }: FileResult, { moved }: Reported): FileResult {
  const sites = plan.sites.filter(
    ({ site, decision }) =>
      moved?.has(site) !== true || (decision.kind === 'pin' && decision.notes.length > 0),
  )
  return { plan: { ...plan, sites }, outcome }
}

function formatCopies({ copies }: Reported, volume: Volume, palette: Palette): string[] {
  if (copies === undefined) return []
  const copied = copies.repositories.flatMap((copy) => [
    formatCopy(copy, copies.outcome, palette),
    ...copy.plans.flatMap((plan) =>
      formatFile({ plan, outcome: { kind: 'unchanged' } }, volume, palette),
    ),
  ])
  return [...copied, ...copies.unused.map((copy) => formatUnused(copy, copies.outcome, palette))]
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
      const notes = formatNotes(decision.notes, volume, palette)
      const label =
        decision.label === undefined ? '' : `  ${palette.dim(`# ${printable(decision.label)}`)}`
      if (change === 'pinned')
        return [
          line(
            palette.green('✓'),
            `${shortenReference(written)} → ${decision.commit.slice(0, 12)}${label}`,
          ),
          ...notes,
        ]
      if (change === 'relabelled')
        return [line(palette.green('✓'), `${shortenReference(written)}${label}`), ...notes]
      return volume === 'verbose'
        ? [line(palette.dim('·'), `${shortenReference(written)}${label}`), ...notes]
        : []
    }
    case 'vendored':
      return [
        line(palette.green('✓'), `${shortenReference(written)} → ${printable(decision.reference)}`),
        ...formatNotes(decision.notes, volume, palette),
      ]
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

function formatNotes(notes: readonly Note[], volume: Volume, palette: Palette): string[] {
  return notes.flatMap((note) => {
    const words = noteWords(note, volume)
    return words === undefined ? [] : [`          ${palette.yellow('note')}  ${printable(words)}`]
  })
}

function formatTally(
  reported: Reported,
  problems: readonly Problem[],
  dryRun: boolean,
  palette: Palette,
): string {
  const counts = tally(reported)
  const files = allFiles(reported).filter(({ plan }) => plan.before !== plan.after).length
  const heldBack = allFiles(reported).some(({ outcome }) => outcome.kind === 'held-back')
  const would = dryRun || heldBack ? 'would be ' : ''
  const moved = allFiles(reported)
    .flatMap(({ plan }) => plan.sites)
    .filter(({ site, change }) => change === 'pinned' && reported.moved?.has(site) === true).length
  const pinned = counts.pinned - moved
  const inFiles = ` in ${count(files, 'file')}`
  const said: string[] = [
    ...(moved > 0 ? [palette.green(`${count(moved, 'reference')} ${would}moved${inFiles}`)] : []),
    ...(pinned > 0
      ? [palette.green(`${count(pinned, 'reference')} ${would}pinned${moved > 0 ? '' : inFiles}`)]
      : []),
    ...(counts.relabelled > 0
      ? [palette.green(`${count(counts.relabelled, 'label')} ${would}set`)]
      : []),
    ...(counts.vendored > 0
      ? [palette.green(`${count(counts.vendored, 'reference')} ${would}led to a copy`)]
      : []),
    ...quietCounts(counts),
    ...(counts.left > 0 ? [palette.red(`${count(counts.left, 'reference')} left`)] : []),
  ]
  const unread = problems.filter(
    (problem) => !('reference' in problem) && problem.code !== 'ignored-by-git',
  ).length
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
