import type { Found } from '../apply/discover.ts'
import { localTarget } from '../apply/local-target.ts'
import { readSource } from '../apply/read.ts'
import { readVendored, type VendorRecord } from '../apply/vendored.ts'
import type { LocalReference, SelfReference } from '../domain/reference.ts'
import { copyPath, VENDOR_FOLDER } from '../remedy/vendor/place.ts'
import type { Workspace, WorkspaceFile } from '../walk/workspace.ts'
import { locate, type LocatedFile } from '../yaml/locate.ts'
import { copiedActions } from './vendor/copied-actions.ts'
import { nameOf } from './vendor/named-sites.ts'

/**
 * The files of a repository on disk.
 * @param known files that are at hand, by their paths: as they are, or as they will be once a plan is carried out
 * @param made actions' manifests that are to stand there, whatever does now, by their paths below the root
 */
export function openWorkspace(
  found: Found,
  known: ReadonlyMap<string, LocatedFile>,
  made: ReadonlyMap<string, LocatedFile> = new Map(),
): Workspace {
  // Only what is missing asks for it, and then more of it may be.
  let record: Promise<VendorRecord> | undefined
  return {
    open: async (reference) => {
      const file = madeFor(reference, made) ?? (await open(found, known, reference))
      if (file.kind !== 'missing' || !isInCopies(reference)) return file
      record ??= readVendored(found, found.root)
      const action = copiedAt(await record, reference)
      return action === undefined ? file : { kind: 'copy-missing', action }
    },
  }
}

function isInCopies({ leadsTo, path }: LocalReference | SelfReference): boolean {
  return leadsTo === 'action' && path.startsWith(`${VENDOR_FOLDER}/`)
}

/** The action whose copy is recorded to stand where a reference leads. */
function copiedAt(
  record: VendorRecord,
  { path }: LocalReference | SelfReference,
): string | undefined {
  const copies = record.kind === 'record' ? record.manifest.copies : []
  const actions = copies.flatMap((copy) =>
    copiedActions(copy).filter((action) => copyPath(copy, action.path) === path),
  )
  return actions.map(nameOf)[0]
}

function madeFor(
  { leadsTo, path }: LocalReference | SelfReference,
  made: ReadonlyMap<string, LocatedFile>,
): WorkspaceFile | undefined {
  if (leadsTo === 'workflow') return undefined
  for (const name of [`${path}/action.yml`, `${path}/action.yaml`]) {
    const located = made.get(name)
    if (located !== undefined) return { kind: 'located', path: name, located }
  }
  return undefined
}

async function open(
  found: Found,
  known: ReadonlyMap<string, LocatedFile>,
  { leadsTo, path }: LocalReference | SelfReference,
): Promise<WorkspaceFile> {
  const target = await localTarget(found, found, path, leadsTo === 'workflow' ? 'job' : 'step')
  switch (target.kind) {
    case 'dockerfile':
      return { kind: 'dockerfile' }
    case 'missing':
      return target
    case 'problem':
      return { kind: 'unreadable', detail: describe(target.problem.code) }
    case 'file': {
      const located = known.get(target.file.path)
      if (located !== undefined) return { kind: 'located', path: target.file.path, located }
      const read = await readSource(target.file)
      if (read.kind === 'problem')
        return { kind: 'unreadable', detail: describe(read.problem.code) }
      const fresh = locate(read.file.text)
      if (fresh.kind === 'located')
        return { kind: 'located', path: target.file.path, located: fresh }
      return {
        kind: 'unreadable',
        detail:
          fresh.kind === 'yaml'
            ? `it is not YAML: ${fresh.detail}`
            : 'it has neither `runs` nor `jobs`',
      }
    }
  }
}

function describe(code: string): string {
  return code === 'symlink' ? 'it is a symbolic link' : `it could not be read (${code})`
}
