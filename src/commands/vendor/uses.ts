import { join } from 'node:path'
import { standingAt } from '../../apply/standing.ts'
import { localUses, type LocalUse } from '../../remedy/vendor/copy-uses.ts'
import { isManifestPath, textOf } from '../../remedy/vendor/archive.ts'
import type { VendorManifest } from '../../remedy/vendor/manifest.ts'
import { copyPath } from '../../remedy/vendor/place.ts'
import { locate } from '../../yaml/locate.ts'
import type { Sources } from '../sources.ts'

/**
 * Where the files of a repository lead to in it. To these belong the manifests of all its copies: what nothing uses, and git does
 * not track yet, may be used again as it stands.
 */
export async function readUses(
  { found, files }: Pick<Sources, 'found' | 'files'>,
  { copies }: VendorManifest,
): Promise<readonly LocalUse[]> {
  const known = new Set(files.map(({ path }) => path))
  const manifests = copies.flatMap((copy) =>
    copy.files.flatMap(({ path }) => (isManifestPath(path) ? [copyPath(copy, path)] : [])),
  )
  const others = await Promise.all(
    manifests
      .filter((path) => !known.has(path))
      .map(async (path): Promise<LocalUse[]> => {
        const standing = await standingAt(found.root, join(found.root, ...path.split('/')))
        const text = standing.kind === 'file' ? textOf(standing) : undefined
        const located = text === undefined ? undefined : locate(text)
        return located?.kind === 'located' ? localUses(path, located) : []
      }),
  )
  return [...files.flatMap(({ path, located }) => localUses(path, located)), ...others.flat()]
}
