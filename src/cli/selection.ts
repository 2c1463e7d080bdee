import { matchActions } from '../config/glob.ts'

/**
 * Which actions `--only` and `--ignore` leave in. The globs match `owner/repo` or `owner/repo/path`, without case;
 * one that names a repository means everything in it.
 */
export function makeSelection(
  only: readonly string[],
  ignore: readonly string[],
): (action: string) => boolean {
  const isWanted = only.length === 0 ? () => true : matchActions(only)
  const isIgnored = ignore.length === 0 ? () => false : matchActions(ignore)
  return (action) => isWanted(action) && !isIgnored(action)
}
