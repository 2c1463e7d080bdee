import { join } from 'node:path'
import type { Found } from '../../apply/discover.ts'
import { displayPath } from '../../apply/place.ts'
import { standingAt } from '../../apply/standing.ts'
import { readVendored } from '../../apply/vendored.ts'
import type { FileProblem } from '../../domain/problem.ts'
import type { VendorObstacle, WayFault } from '../../domain/vendor-obstacle.ts'
import type { FileState } from '../../remedy/vendor/copies.ts'
import { copyKey, type CopyState, type VendorManifest } from '../../remedy/vendor/manifest.ts'
import { folderKey, type CopyFolder } from '../../remedy/vendor/place.ts'
import type { LocalUse } from '../../remedy/vendor/copy-uses.ts'
import type { LocatedSource, Sources } from '../sources.ts'
import { readUses } from './uses.ts'

/** The repository that copies are made in, as it stands. */
export interface Ground {
  readonly kind: 'ground'
  readonly found: Found
  readonly manifest: VendorManifest
  /** The file of the record; `undefined` where there is none. */
  readonly recorded: FileState | undefined
  /** How the recorded copies stand now. */
  readonly states: readonly CopyState[]
  readonly files: readonly LocatedSource[]
  /** Where they, and the manifests of copies that are not among them, lead to in the repository itself. */
  readonly uses: readonly LocalUse[]
  /** Whether these are all files of the repository that may use a copy, each of them understood. */
  readonly isWhole: boolean
}

/** What is recorded there cannot be read, so that nobody knows what is a copy. */
export interface NoGround {
  readonly kind: 'problem'
  readonly problem: FileProblem
}

/**
 * Reads what is recorded of the copies in a repository.
 * @param isAll whether the files are all of the repository's
 */
export async function readGround(sources: Sources, isAll: boolean): Promise<Ground | NoGround> {
  const { found, files, problems } = sources
  const isWhole = isAll && problems.length === 0
  const base = { kind: 'ground', found, files, isWhole } as const
  const record = await readVendored(found, found.root)
  switch (record.kind) {
    case 'problem':
      return record
    case 'none': {
      const manifest = { kind: 'vendor-manifest', copies: [] } as const
      const uses = await readUses(sources, manifest)
      return { ...base, manifest, recorded: undefined, states: [], uses }
    }
    case 'record': {
      const { manifest, file, states } = record
      const uses = await readUses(sources, manifest)
      return { ...base, manifest, recorded: file, states, uses }
    }
  }
}

/** The copy that is recorded of a repository at a commit. */
export function stateOf(
  { states }: Pick<Ground, 'states'>,
  of: Parameters<typeof copyKey>[0],
): CopyState | undefined {
  return states.find(({ copy }) => copyKey(copy) === copyKey(of))
}

/** The copy that is recorded in a folder. */
export function stateIn(
  { states }: Pick<Ground, 'states'>,
  place: CopyFolder,
): CopyState | undefined {
  return states.find(({ copy }) => folderKey(copy) === folderKey(place))
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
