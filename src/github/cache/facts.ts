import { openDisk } from './disk.ts'
import type { Clock } from '../connection/clock.ts'
import type { FactStore } from './fact-store.ts'
import { field } from '../json.ts'

/** Facts on disk, below a folder of the cache, each with the time when it was kept. */
export function openFacts(
  folder: string,
  serverUrl: string,
  { now }: Pick<Clock, 'now'>,
): FactStore {
  const disk = openDisk(folder, 'facts')
  const keyOf = (key: readonly string[]): readonly string[] => [serverUrl.toLowerCase(), ...key]
  return {
    find: async (key, maxAge) => {
      const kept = await disk.read(keyOf(key))
      const at = field(kept, 'at')
      if (typeof at !== 'number') return undefined
      // A clock that went back says nothing of how old it is.
      const age = now() - at
      return age >= 0 && age <= maxAge ? field(kept, 'fact') : undefined
    },
    keep: (key, fact) => disk.write(keyOf(key), { at: now(), fact }),
  }
}
