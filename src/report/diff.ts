import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff'
import type { Palette } from './palette.ts'
import { printable } from './printable.ts'

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
    .map(({ path, before, after }) => {
      const patch = structuredPatch(`a/${path}`, `b/${path}`, before, after, '', '', { context: 3 })
      // As git does: `patch` takes a name to end at its first blank, unless a tab follows.
      const tab = path.includes(' ') ? '\t' : ''
      return formatPatch(patch, FILE_HEADERS_ONLY).replace(
        /^(--- .*)\n(\+{3} .*)\n/,
        `$1${tab}\n$2${tab}\n`,
      )
    })
    .join('')
}

/** What of a text changes, without the names of a file. */
export function hunksOf(before: string, after: string): string {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3 })
  return formatPatch(patch, FILE_HEADERS_ONLY).replace(/^--- .*\n\+{3} .*\n/, '')
}

/** Shows a unified diff on a terminal: in colours, and with nothing in it that steers the terminal. */
export function paintDiff(diff: string, { bold, dim, green, red }: Palette): string {
  return diff
    .split('\n')
    .map((raw) => {
      const line = raw.replace(/\r$/, '').split('\t').map(printable).join('\t')
      if (/^(?:---|\+\+\+|diff --git) /.test(line)) return bold(line)
      if (line.startsWith('@@')) return dim(line)
      if (line.startsWith('+')) return green(line)
      return line.startsWith('-') ? red(line) : line
    })
    .join('\n')
}
