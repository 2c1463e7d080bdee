import picomatch from 'picomatch'

/**
 * Which actions `--only` and `--ignore` leave in. The globs match `owner/repo` or `owner/repo/path`, without case;
 * one that names a repository means everything in it.
 */
export function makeSelection(
  only: readonly string[],
  ignore: readonly string[],
): (action: string) => boolean {
  const isWanted = only.length === 0 ? () => true : makeMatcher(only)
  const isIgnored = ignore.length === 0 ? () => false : makeMatcher(ignore)
  return (action) => isWanted(action) && !isIgnored(action)
}

function makeMatcher(globs: readonly string[]): (action: string) => boolean {
  return picomatch(
    globs.flatMap((glob) => [glob, `${glob}/**`]),
    { nocase: true, dot: true },
  )
}
