import picomatch from 'picomatch'

/** Whether one of the globs matches a name, without case. */
export function matchNames(globs: readonly string[]): (name: string) => boolean {
  return picomatch([...globs], { nocase: true, dot: true })
}

/**
 * Whether one of the globs matches an action, `owner/repo[/path]`, without case; one that names a repository or a folder
 * means everything in it.
 */
export function matchActions(globs: readonly string[]): (action: string) => boolean {
  return matchNames(globs.flatMap((glob) => [glob, `${glob}/**`]))
}

/**
 * The same for a glob that may have `@` and a glob of refs behind it, and for actions that may have `@` and their ref. Refs
 * compare with case. A glob with a ref does not match an action without one.
 */
export function matchActionsAtRefs(glob: string): (action: string) => boolean {
  // The `@` of a ref; that of an alternative, `@(a|b)`, is none.
  const at = /@(?!\()/.exec(glob)?.index
  const isAction = matchActions([glob.slice(0, at)])
  const isRef = at === undefined ? undefined : picomatch(glob.slice(at + 1), { dot: true })
  return (action) => {
    const [name = '', ref] = action.split('@')
    return isAction(name) && (isRef === undefined || (ref !== undefined && isRef(ref)))
  }
}
