import { resolve } from 'node:path'
import { canonicalPath, type Place } from '../apply/place.ts'
import { findRepository, findUntrackedRoot } from '../apply/repository.ts'
import { noConfig, type Config } from '../config/config.ts'
import type { ConfigFailure } from '../config/fault.ts'
import { ignoreFor } from '../config/ignore.ts'
import { findConfig, readNamed, readText, type ConfigText } from './config-file.ts'
import type { PlanOptions } from './make-plan.ts'

/** Which configuration counts. */
export interface ConfigOptions {
  /** The current folder, absolute. */
  readonly cwd: string
  /** As the user gave it; `undefined` for that of the repository that `cwd` is in, if it has one; `false` for none. */
  readonly path: string | false | undefined
}

/** Reads the configuration; {@link noConfig} where there is none. What reads and checks it is loaded only where there is one. */
export async function readConfig({ cwd, path }: ConfigOptions): Promise<Config | ConfigFailure> {
  if (path === false) return noConfig
  const place = await placeOf(cwd)
  const read = path === undefined ? await readOwn(place) : await readNamed(place, path)
  if (read === undefined) return noConfig
  if (read.kind === 'config') return read
  const { parseConfig } = await import('../config/parse.ts')
  return parseConfig(read.file, read.text)
}

/** What a configuration says of how to pin. */
export function configuredOptions(
  config: Config,
  today: string,
): Pick<PlanOptions, 'reasonToIgnore' | 'branches'> {
  return {
    reasonToIgnore: (action) => ignoreFor(config, action, undefined, today)?.reason,
    branches: config.branches,
  }
}

/** The day of a time in milliseconds since the epoch, `YYYY-MM-DD`, by UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** The root of the repository, or of what is laid out as one, that a folder is in; else the folder itself. */
export async function placeOf(folder: string): Promise<Place> {
  const cwd = await canonicalPath(resolve(folder))
  return { root: (await findRepository(cwd)) ?? (await findUntrackedRoot(cwd)) ?? cwd, cwd }
}

async function readOwn(place: Place): Promise<ConfigText | ConfigFailure | undefined> {
  const found = await findConfig(place)
  switch (found.kind) {
    case 'missing':
      return undefined
    case 'there':
      return readText(place, found.absolute)
    case 'config':
      return found
  }
}
