import type { Palette } from './palette.ts'
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff'

/** One file before and after. */
export interface FileChange {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** The changes as one unified diff, which `git apply` and `patch -p1` take at the repository's root. */
export function formatDiff(changes: readonly FileChange[]): string {
  return changes
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }) =>
      formatPatch(structuredPatch(`a/${path}`, `b/${path}`, before, after), FILE_HEADERS_ONLY),
    )
    .join('')
}

/** Colours a unified diff for a terminal. */
export function paintDiff(diff: string, { bold, dim, green, red }: Palette): string {
  return diff
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+) /.test(line)) return bold(line)
      if (line.startsWith('@@')) return dim(line)
      if (line.startsWith('+')) return green(line)
      return line.startsWith('-') ? red(line) : line
    })
    .join('\n')
}
