import type { Problem } from '../../domain/problem.ts'
import { count } from '../count.ts'
import { shortCommit } from '../graph/reference.ts'
import type { Palette } from '../palette.ts'
import { splitBelow, type PatchChains } from './below.ts'
import { patchChanges, patchedFiles } from './change.ts'
import type { PatchSubject } from './markdown.ts'
import { printable } from '../printable.ts'
import { problemParts } from '../problem-text.ts'
import { groupChains } from '../verdict/chains.ts'

/** Where a patch and its text were written; `undefined` where they were printed. */
export type PatchPlace = { readonly patch: string; readonly text: string } | undefined

/** For people: what a patch leaves and why, then what it holds and where it is to go, or that there is nothing to pin. */
export function formatPatchText(
  subject: PatchSubject,
  problems: readonly Problem[],
  place: PatchPlace,
  isQuiet: boolean,
  palette: Palette,
): string {
  const parts = problemParts(problems, palette)
  if (!isQuiet) parts.push(summary(subject, problems, place, palette))
  return parts.map((part) => `${part}\n`).join('\n')
}

function summary(
  { target, files, callers, below }: PatchSubject,
  problems: readonly Problem[],
  place: PatchPlace,
  { bold, dim, green, yellow }: Palette,
): string {
  const { owner, repo, ref, commit, formerly } = target
  const name = printable(`${owner}/${repo}`)
  const at = `${name}@${printable(ref)} (${shortCommit(commit)})`
  const changes = patchChanges(files)
  if (changes.length === 0)
    return problems.length === 0
      ? `Nothing to pin: what others run of ${at} uses nothing that is not pinned.`
      : `No patch: nothing else of ${at} is to be pinned.`
  const pinned = `${count(changes.length, 'reference')} pinned in ${count(patchedFiles(files).length, 'file')}`
  const [patch, text] =
    place === undefined
      ? ['what was printed', 'the text above']
      : [printable(place.patch), printable(place.text)]
  const next = `in a checkout of ${name} at that commit run \`git apply\` on ${patch}, and open a pull request with ${text}`
  return [
    `${green('✓')} ${bold(`a patch of ${at}`)}  ${pinned}`,
    ...(formerly === undefined
      ? []
      : [`    ${yellow('note')}  ${printable(formerly)} is called ${name} now`]),
    ...belowNotes(below, target).map((note) => `    ${yellow('note')}  ${printable(note)}`),
    ...(callers.chains.length === 0
      ? []
      : [
          `    ${yellow('note')}  the text names workflows of your repository: take them out if nobody else is to know of them`,
        ]),
    `    ${dim('next')}  ${next}`,
  ].join('\n')
}

/** What is to be done about actions below that are not pinned either. */
function belowNotes(below: PatchChains, target: PatchSubject['target']): string[] {
  const { own, others } = splitBelow(below, target)
  const holders = groupChains(others.chains, others.graph).flatMap((group) => group.holders)
  const commands = [
    ...new Set(holders.map(({ owner, repo }) => `\`pinsmith patch ${owner}/${repo}\``)),
  ]
  return [
    ...(own.chains.length === 0
      ? []
      : [
          `this patch alone is not enough: it pins actions of ${target.owner}/${target.repo} itself to commits that are not pinned below; the text says what its authors can do`,
        ]),
    ...(commands.length === 0
      ? []
      : [
          `this patch alone is not enough: actions below it are not pinned, either, which takes ${commands.slice(0, MOST).join(', ')}${commands.length > MOST ? ' and more' : ''}`,
        ]),
  ]
}

const MOST = 5
