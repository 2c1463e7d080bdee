import type { CopiedRepository, CopiesResult } from '../remedy/copies.ts'
import { count } from './count.ts'
import { shortCommit } from './graph-reference.ts'
import type { Palette } from './palette.ts'
import { printable } from './printable.ts'
import { copyNoteWords } from './vendor-words.ts'

/** What was copied of one repository, in a line, and what its owner should know. */
export function formatCopy(
  { folder, owner, repo, commit, actions, files, notes }: CopiedRepository,
  outcome: CopiesResult['outcome'],
  { bold, dim, yellow }: Palette,
): string {
  const names = actions.map(({ path, version }) => {
    const name = path === '' ? `${owner}/${repo}` : `${owner}/${repo}/${path}`
    return version === undefined ? name : `${name} ${version}`
  })
  const what = `a copy of ${names.join(', ')} (${shortCommit(commit)}), ${count(files, 'file')}`
  return [
    `${bold(printable(folder))}  ${dim(printable(what))}${yellow(NOT_WRITTEN[outcome])}`,
    ...notes.map((note) => `          ${yellow('note')}  ${copyNoteWords(note)}`),
  ].join('\n')
}

const NOT_WRITTEN: Record<CopiesResult['outcome'], string> = {
  due: '',
  written: '',
  'held-back': '  not written: --strict, and something is left',
  failed: '  not written in full',
}
