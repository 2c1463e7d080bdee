import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { World } from './world.ts'

export { makeWorld, sha, tagSha } from './make-world.ts'
export type { World } from './world.ts'

/** Every world of a folder: one `*.json` each. Throws at a file that is not a world. */
export async function loadWorlds(folder: string): Promise<World[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  return Promise.all(files.map((file) => loadWorld(join(folder, file))))
}

/** The folder of recorded worlds, or `undefined`: then tests that need them are skipped. */
export function recordedWorldsFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  return env['PINSMITH_WORLDS'] || undefined
}

/** For the names of tests that `test.skipIf(!recordedWorldsFolder())` guards. */
export const recordedWorldsNeeded = 'needs PINSMITH_WORLDS, the folder of recorded worlds'

async function loadWorld(file: string): Promise<World> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'))
  if (!isWorld(value)) throw new Error(`${file}: a world needs at least "owner" and "name"`)
  return value
}

/** Only the identity is checked: the files are ours, and optional keys are read as optional. */
function isWorld(value: unknown): value is World {
  if (typeof value !== 'object' || value === null) return false
  if (!('owner' in value) || !('name' in value)) return false
  return typeof value.owner === 'string' && typeof value.name === 'string'
}
