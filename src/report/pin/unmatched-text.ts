import { matchActions } from '../../config/glob.ts'
import { actionName } from '../../domain/reference.ts'
import { mostSimilar } from '../../domain/similar.ts'
import type { FileResult } from '../../plan/result.ts'
import type { Palette } from '../palette.ts'
import { printable } from '../printable.ts'

/** Which actions a run was about, as globs. */
export interface Selected {
  readonly only: readonly string[]
  readonly ignore: readonly string[]
}

/**
 * The globs that match no action of the files, on a line each: one that was mistyped leaves out, or takes in, what it should not.
 * Empty where all match.
 */
export function formatUnmatched(
  { only, ignore }: Selected,
  files: readonly FileResult[],
  { yellow, bold }: Palette,
): string {
  const used = actionsIn(files)
  const lineFor = (option: string, glob: string): string => {
    const meant = mostSimilar(glob, used)
    const hint = meant === undefined ? '' : `; did you mean ${printable(meant)}?`
    return `${yellow('–')} ${bold(`${option} ${printable(glob)}`)}  matches no action that is used here${hint}\n`
  }
  const isUnmatched = (glob: string): boolean => !used.some(matchActions([glob]))
  return [
    ...only.filter(isUnmatched).map((glob) => lineFor('--only', glob)),
    ...ignore.filter(isUnmatched).map((glob) => lineFor('--ignore', glob)),
  ].join('')
}

function actionsIn(files: readonly FileResult[]): readonly string[] {
  const names = files.flatMap(({ plan }) =>
    plan.sites.flatMap(({ site: { reference } }) =>
      typeof reference === 'object' && 'ref' in reference ? [actionName(reference)] : [],
    ),
  )
  return [...new Set(names)]
}
