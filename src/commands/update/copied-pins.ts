import { join } from 'node:path'
import { readVendored } from '../../apply/vendored.ts'
import { canBeLabel } from '../../domain/comment.ts'
import { copyPath, VENDOR_MANIFEST } from '../../remedy/vendor/place.ts'
import type { Wish } from '../../remedy/vendor/wish.ts'
import { locate, type Site } from '../../yaml/locate.ts'
import { wishesForCopy } from '../vendor/copied-actions.ts'
import { nameOf } from '../vendor/named-sites.ts'
import type { LocatedSource, Sources } from '../sources.ts'

/** What is known of the copies of actions, for a run that moves them. */
export interface CopiedPins {
  /**
   * A file that pins the actions whose copies the repository's own files use, to what was copied: nobody wrote it, and nobody will.
   * By it copies move as pins do. None where there is no such copy.
   */
  readonly file: LocatedSource | undefined
  /** What a site of that file stands for: the copy, and the places that use it. */
  readonly wishAt: (site: Site) => Wish | undefined
  /** Whether a file, by its path below the root, is part of a copy. */
  readonly isCopied: (path: string) => boolean
}

/** Reads what is recorded of copies. */
export async function readCopiedPins(sources: Sources): Promise<CopiedPins> {
  const { found } = sources
  const record = await readVendored(found, found.root)
  if (record.kind !== 'record') return NO_COPIES
  const { copies } = record.manifest
  const copied = new Set(
    copies.flatMap((copy) => copy.files.map(({ path }) => copyPath(copy, path))),
  )
  const isCopied = (path: string): boolean => copied.has(path)
  // What copies use among themselves is for their own manifests to say.
  const wishes = copies
    .flatMap((copy) => wishesForCopy(copy, sources))
    .map((wish) => ({ ...wish, sites: wish.sites.filter(({ file }) => !isCopied(file)) }))
    .filter(({ sites }) => sites.length > 0 && sites.every(({ site }) => site.ignore === undefined))
  if (wishes.length === 0) return { ...NO_COPIES, isCopied }
  const text = `runs:\n  using: composite\n  steps:\n${wishes.map(stepFor).join('')}`
  const located = locate(text)
  if (located.kind !== 'located' || located.sites.length !== wishes.length)
    throw new Error('the pins of copies cannot be read back')
  const bySite = new Map(located.sites.map((site, n) => [site, wishes[n]] as const))
  const path = VENDOR_MANIFEST
  const absolute = join(found.root, ...path.split('/'))
  const source = { path, absolute, root: found.root, named: false, text }
  return { file: { path, source, located }, wishAt: (site) => bySite.get(site), isCopied }
}

const NO_COPIES: CopiedPins = {
  file: undefined,
  wishAt: () => undefined,
  isCopied: () => false,
}

function stepFor(wish: Wish): string {
  const { commit, version } = wish
  const label = version !== undefined && canBeLabel(version) ? ` # ${version}` : ''
  return `    - uses: ${JSON.stringify(`${nameOf(wish)}@${commit}`)}${label}\n`
}
