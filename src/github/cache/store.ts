import { repositoryKey } from '../../domain/reference.ts'
import type { ManifestAnswer } from '../../resolve/port.ts'
import type { EntryKey } from './entry.ts'
import { openDisk } from './disk.ts'
import { field } from '../json.ts'
import type { ManifestStore, RepositoryName } from './manifest-store.ts'
import type { ManifestTarget } from '../manifest/target.ts'

/** Manifests on disk, below a folder of the cache. */
export function openCache(folder: string, serverUrl: string): ManifestStore {
  const disk = openDisk(folder, 'manifests')
  const find = async (key: EntryKey): Promise<ManifestAnswer | undefined> =>
    readAnswer(await disk.read(key))
  return {
    find: (repository, target) => find(entryKey(serverUrl, repository, target)),
    keep: async (repository, target, answer) => {
      const key = entryKey(serverUrl, repository, target)
      if ((await find(key)) === undefined) await disk.write(key, answer)
    },
  }
}

function entryKey(
  serverUrl: string,
  repository: RepositoryName,
  { commit, kind, path }: ManifestTarget,
): EntryKey {
  return [serverUrl.toLowerCase(), repositoryKey(repository), commit, kind, path]
}

function readAnswer(value: unknown): ManifestAnswer | undefined {
  const [kind, file, text] = ['kind', 'file', 'text'].map((name) => field(value, name))
  if (kind === 'missing') return { kind }
  if (typeof file !== 'string') return undefined
  if (kind === 'dockerfile') return { kind, file }
  return kind === 'text' && typeof text === 'string' ? { kind, file, text } : undefined
}
