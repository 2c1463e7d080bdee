import { join } from 'node:path'
import type { Found } from '../apply/discover.ts'
import { displayPath } from '../apply/place.ts'
import { standingAt } from '../apply/standing.ts'
import { readVendored } from '../apply/vendored.ts'
import type { FileProblem } from '../domain/problem.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { VendorObstacle, WayFault } from '../domain/vendor-obstacle.ts'
import type { FileState } from '../remedy/copies.ts'
import type { CopyState, VendorManifest } from '../remedy/vendor-manifest.ts'
import { copyFolder, type RepositoryName } from '../remedy/vendor-place.ts'
import type { LocatedSource, Sources } from './sources.ts'

/** The repository that copies are made in, as it stands. */
export interface Ground {
  readonly kind: 'ground'
  readonly found: Found
  readonly manifest: VendorManifest
  /** The file of the record; `undefined` where there is none. */
  readonly recorded: FileState | undefined
  /** By `repositoryKey`. */
  readonly states: ReadonlyMap<string, CopyState>
  readonly files: readonly LocatedSource[]
  /** Whether these are all files of the repository that may use a copy. */
  readonly isWhole: boolean
}

/** What is recorded there cannot be read, so that nobody knows what is a copy. */
export interface NoGround {
  readonly kind: 'problem'
  readonly problem: FileProblem
}

/**
 * Reads what is recorded of the copies in a repository.
 * @param isWhole whether the files are all of the repository's
 */
export async function readGround(
  { found, files }: Sources,
  isWhole: boolean,
): Promise<Ground | NoGround> {
  const base = { kind: 'ground', found, files, isWhole } as const
  const record = await readVendored(found, found.root)
  switch (record.kind) {
    case 'problem':
      return record
    case 'none': {
      const manifest = { kind: 'vendor-manifest', copies: [] } as const
      return { ...base, manifest, recorded: undefined, states: new Map() }
    }
    case 'record': {
      const { manifest, file } = record
      const states = new Map(record.states.map((state) => [repositoryKey(state.copy), state]))
      return { ...base, manifest, recorded: file, states }
    }
  }
}

/**
 * The places that use a copy, outside of it. Those in other copies count only where these are used themselves. Where not all files
 * are at hand, any of the others may be one.
 * @param replaced copies that are made anew, by `repositoryKey`: what stands there now does not count
 */
export function usersOf(
  { files, manifest, isWhole }: Ground,
  name: RepositoryName,
  replaced: ReadonlySet<string>,
): string[] {
  if (!isWhole) return ['files that were not named']
  const uses = files.flatMap(({ path, located }) => {
    const holder = manifest.copies.find((copy) => isInCopy(path, copy))
    return located.sites.flatMap(({ reference, position }) =>
      typeof reference === 'object' && (reference.kind === 'self' || reference.kind === 'local')
        ? [{ holder, target: reference.path, place: `${path}:${position.line}` }]
        : [],
    )
  })

  function search(copy: RepositoryName, above: ReadonlySet<string>): string[] {
    const key = repositoryKey(copy)
    const seen = new Set([...above, key])
    return uses.flatMap(({ holder, target, place }) => {
      if (!isInCopy(`${target}/`, copy)) return []
      if (holder === undefined) return [place]
      const holderKey = repositoryKey(holder)
      const counts = !replaced.has(holderKey) && !seen.has(holderKey)
      return counts && search(holder, seen).length > 0 ? [place] : []
    })
  }
  return search(name, new Set())
}

function isInCopy(path: string, copy: RepositoryName): boolean {
  return path.startsWith(`${copyFolder(copy)}/`)
}

/** What stands at a path below the root where a file of a copy should: nothing, a file, or what cannot give way. */
export async function lookAt(
  { found }: Pick<Ground, 'found'>,
  path: string,
): Promise<FileState | undefined | VendorObstacle> {
  const standing = await standingAt(found.root, join(found.root, ...path.split('/')))
  switch (standing.kind) {
    case 'nothing':
      return undefined
    case 'file':
      return { bytes: standing.bytes, executable: standing.executable }
    case 'symlink':
    case 'not-a-file':
    case 'case':
      return inTheWay(displayPath(found, standing.absolute), standing.kind)
  }
}

export function inTheWay(path: string, fault: WayFault): VendorObstacle {
  return { kind: 'in-the-way', path, fault }
}
