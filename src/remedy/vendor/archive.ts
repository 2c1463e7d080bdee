import type { VendorObstacle } from '../../domain/vendor-obstacle.ts'
import type { Archive } from '../../resolve/connection.ts'
import { locate, type LocatedFile } from '../../yaml/locate.ts'
import { usingOf } from '../../yaml/runs.ts'

/** A file of an archive, links to files followed. */
export interface ArchiveFile {
  /** Below the repository's root. */
  readonly path: string
  readonly executable: boolean
  readonly bytes: Uint8Array
}

/** An action's manifest, as its repository has it. */
export interface ActionManifest {
  readonly kind: 'composite'
  readonly file: ArchiveFile
  readonly located: LocatedFile
}

/** The manifest in an action's folder, which must be a composite's. */
export function readComposite(archive: Archive, folder: string): ActionManifest | VendorObstacle {
  const path = MANIFESTS.map((name) => joinPath(folder, name)).find((each) =>
    archive.entries.has(each),
  )
  if (path === undefined)
    return hasDockerfile(archive, folder)
      ? { kind: 'not-composite', using: 'docker' }
      : { kind: 'manifest', detail: 'neither action.yml nor action.yaml stands there' }
  const file = fileAt(archive, path)
  if (file === undefined) return { kind: 'manifest', detail: 'it is a symbolic link' }
  const text = textOf(file)
  if (text === undefined) return { kind: 'manifest', detail: 'it is not UTF-8 text' }
  const located = locate(text)
  switch (located.kind) {
    case 'yaml':
      return { kind: 'manifest', detail: `it is not YAML: ${located.detail}` }
    case 'not-a-workflow':
      return { kind: 'manifest', detail: 'it has no `runs`' }
    case 'located': {
      const using = usingOf(located.parsed)
      return using === 'composite'
        ? { kind: 'composite', file, located }
        : { kind: 'not-composite', using }
    }
  }
}

/** Whether a file is the manifest of some action. */
export function isManifestPath(path: string): boolean {
  return /(?:^|\/)action\.ya?ml$/.test(path)
}

/** The file at a path; a link is followed to a file of the same archive. `undefined` where there is none. */
export function fileAt({ entries }: Archive, path: string): ArchiveFile | undefined {
  let at = path
  for (let links = 0; links < MOST_LINKS; links += 1) {
    const entry = entries.get(at)
    if (entry === undefined) return undefined
    if (entry.kind === 'file') return { path, executable: entry.executable, bytes: entry.bytes }
    const target = entry.target.startsWith('/')
      ? undefined
      : resolvePath(folderOf(at), entry.target.split('/'))
    if (target === undefined) return undefined
    at = target
  }
  return undefined
}

/** The text of a file; `undefined` where it is none. A BOM stays in it, so that the text is the bytes. */
export function textOf({ bytes }: Pick<ArchiveFile, 'bytes'>): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Where a way of names and `..` parts leads from a folder; `undefined` above the root. */
export function resolvePath(folder: string, way: readonly string[]): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of way) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** The folder that a file lies in; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '' : path.slice(0, slash)
}

function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function hasDockerfile({ entries }: Archive, folder: string): boolean {
  return ['Dockerfile', 'dockerfile'].some((name) => entries.has(joinPath(folder, name)))
}

// The runner's order.
const MANIFESTS = ['action.yml', 'action.yaml']

const MOST_LINKS = 10
