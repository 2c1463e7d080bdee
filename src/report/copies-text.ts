import type { CopiedRepository, CopiesResult, UnusedCopy } from '../remedy/vendor/copies.ts'
import { count } from './count.ts'
import { shortCommit } from './graph/reference.ts'
import type { Palette } from './palette.ts'
import { printable } from './printable.ts'
import { copyNoteWords, unmarkedWords } from './vendor-words.ts'

/** What was copied of one repository, in a line, and what its owner should know. */
export function formatCopy(
  { folder, owner, repo, commit, actions, files, notes, unmarked }: CopiedRepository,
  outcome: CopiesResult['outcome'],
  { bold, dim, yellow }: Palette,
): string {
  const names = actions.map(({ path, version }) => {
    const name = path === '' ? `${owner}/${repo}` : `${owner}/${repo}/${path}`
    return version === undefined ? name : `${name} ${version}`
  })
  const what = `a copy of ${names.join(', ')} (${shortCommit(commit)}), ${count(files, 'file')}`
  const told = [...notes.map(copyNoteWords), ...unmarkedWords(unmarked)]
  return [
    `${bold(printable(folder))}  ${dim(printable(what))}${yellow(NOT_WRITTEN[outcome])}`,
    ...told.map((words) => `          ${yellow('note')}  ${printable(words)}`),
  ].join('\n')
}

/** That a copy goes, in a line. */
export function formatUnused(
  { folder, owner, repo, commit }: UnusedCopy,
  outcome: CopiesResult['outcome'],
  { bold, dim }: Palette,
): string {
  const goes = outcome === 'due' ? 'would be removed' : 'removed'
  const what = `${goes}: nothing uses this copy of ${owner}/${repo} (${shortCommit(commit)}) any more`
  return `${bold(printable(folder))}  ${dim(printable(what))}`
}

const NOT_WRITTEN: Record<CopiesResult['outcome'], string> = {
  due: '',
  written: '',
  'held-back': '  not written: --strict, and something is left',
  failed: '  not written in full',
}
