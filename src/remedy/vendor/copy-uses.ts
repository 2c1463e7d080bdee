import type { LocatedFile } from '../../yaml/locate.ts'
import { isInCopy, type CopyFolder } from './place.ts'

/** That a file leads to a place in its own repository, by `$/` or `./`. */
export interface LocalUse {
  readonly file: string
  /** Below the repository's root. */
  readonly target: string
}

/** Where a file leads to in its own repository. */
export function localUses(file: string, { sites }: LocatedFile): LocalUse[] {
  return sites.flatMap(({ reference }) =>
    typeof reference === 'object' && (reference.kind === 'self' || reference.kind === 'local')
      ? [{ file, target: reference.path }]
      : [],
  )
}

/** Whether anything leads to a copy but what stands in it, be it another copy that nothing uses: that may be used again as it is. */
export function isLedTo(copy: CopyFolder, uses: readonly LocalUse[]): boolean {
  return uses.some(({ file, target }) => isInCopy(target, copy) && !isInCopy(file, copy))
}

/**
 * The copies that a place outside of them leads to, and those that these use in turn.
 * @param staying copies that count as places outside
 */
export function usedCopies<C extends CopyFolder>(
  copies: readonly C[],
  uses: readonly LocalUse[],
  staying: readonly C[] = [],
): ReadonlySet<C> {
  const steps = uses.flatMap(({ file, target }) => {
    const to = copies.find((copy) => isInCopy(target, copy))
    const from = copies.find((copy) => isInCopy(file, copy))
    return to === undefined ? [] : [{ from, to }]
  })
  const used = new Set(staying)
  for (const { from, to } of steps) if (from === undefined) used.add(to)
  // A set takes in what is added to it meanwhile.
  for (const copy of used) for (const { from, to } of steps) if (from === copy) used.add(to)
  return used
}
