import { isSameAction, type ActionName } from '../../domain/action-name.ts'
import { actionName, repositoryKey } from '../../domain/reference.ts'
import { mostSimilar } from '../../domain/similar.ts'
import { usageFault, type UsageFault } from '../../github/usage.ts'
import type { VendoredRepository } from '../../remedy/vendor/manifest.ts'
import { copyPath, folderKey, plainFolder } from '../../remedy/vendor/place.ts'
import type { WishSite } from '../../remedy/vendor/wish.ts'
import type { Sources } from '../sources.ts'

/** The places that use an action of its own repository. */
export function remoteSites({ files }: Sources, name: ActionName): WishSite[] {
  return files.flatMap(({ path: file, located }) =>
    located.sites.flatMap((site) => {
      const { reference } = site
      const isOf =
        typeof reference === 'object' && 'ref' in reference && isSameAction(reference, name)
      return isOf ? [{ file, site }] : []
    }),
  )
}

/**
 * The places that use a copy of it, whatever commit that is at.
 * @param copies all that are recorded
 */
export function localSites(
  sources: Sources,
  name: ActionName,
  copies: readonly VendoredRepository[],
): WishSite[] {
  const plain = { ...name, folder: plainFolder(name) }
  const known = copies.some((copy) => folderKey(copy) === folderKey(plain))
  return [...copies, ...(known ? [] : [plain])].flatMap((copy) =>
    repositoryKey(copy) === repositoryKey(name)
      ? sitesUsing(sources, copyPath(copy, name.path))
      : [],
  )
}

/** The places that lead to a folder of the repository itself. */
export function sitesUsing({ files }: Sources, folder: string): WishSite[] {
  return files.flatMap(({ path: file, located }) =>
    located.sites.flatMap((site) => {
      const { reference } = site
      if (typeof reference === 'string') return []
      const isOf =
        (reference.kind === 'self' || reference.kind === 'local') &&
        reference.path.toLowerCase() === folder.toLowerCase()
      return isOf ? [{ file, site }] : []
    }),
  )
}

/** That nothing uses an action, and what it may have been meant to be. */
export function notUsed(
  name: ActionName,
  { files }: Sources,
  copied: readonly string[],
): UsageFault {
  const used = files.flatMap(({ located }) =>
    located.sites.flatMap(({ reference }) =>
      typeof reference === 'object' && 'ref' in reference ? [actionName(reference)] : [],
    ),
  )
  const wanted = nameOf(name)
  const isWanted = (each: string): boolean => each.toLowerCase() === wanted.toLowerCase()
  const names = [...new Set([...used, ...copied])].filter((each) => !isWanted(each)).toSorted()
  const near = new Set([
    ...names.filter((each) => isNear(each.toLowerCase(), wanted.toLowerCase())),
    ...[mostSimilar(wanted, names)].flatMap((each) => each ?? []),
  ])
  const hint =
    near.size > 0
      ? ` Did you mean ${[...near].slice(0, MOST_NAMES).join(' or ')}?`
      : names.length > 0
        ? ` It uses ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}.`
        : ''
  const copy = copied.some(isWanted) ? ', nor its copy: delete that, or use it' : ''
  return usageFault(`no file of this repository uses ${wanted}${copy}.${hint}`)
}

/** Whether one is of the other's repository, or has its name under another owner. */
function isNear(a: string, b: string): boolean {
  const [ownerA, repoA] = a.split('/')
  const [ownerB, repoB] = b.split('/')
  return repoA === repoB || (ownerA === ownerB && a.startsWith(b))
}

const MOST_NAMES = 5

/** `owner/repo[/path]`. */
export function nameOf({ owner, repo, path }: Pick<ActionName, 'owner' | 'repo' | 'path'>): string {
  return [owner, repo, path].filter((part) => part !== '').join('/')
}
