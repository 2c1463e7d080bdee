import { join } from 'node:path'
import { exists } from '../apply/entry.ts'
import type { Place } from '../apply/place.ts'
import { putAll } from '../apply/put.ts'
import { standingAt } from '../apply/standing.ts'
import type { ConfigFailure } from '../config/fault.ts'
import { parseConfig } from '../config/parse.ts'
import { parsePinact, type CarriedOver } from '../config/pinact.ts'
import { configTemplate } from '../config/template.ts'
import type { FileProblem } from '../domain/problem.ts'
import { usageFault, type UsageFault } from '../github/usage.ts'
import { placeOf } from './config.ts'
import { findConfig, readNamed, readText, type ConfigText } from './config-file.ts'

/** How to begin with a configuration. */
export interface InitOptions {
  /** The current folder, absolute. */
  readonly cwd: string
  /** A configuration of pinact to carry over; `undefined` for that of the repository, if it has one; `false` for none. */
  readonly from: string | false | undefined
  /** Whether to write over a configuration that is there. */
  readonly force: boolean
  /** pinsmith's own. */
  readonly version: string
}

export type InitResult =
  | {
      readonly kind: 'written'
      /** As messages name it. */
      readonly path: string
      readonly carried: CarriedOver | undefined
    }
  /** A configuration is there already. */
  | { readonly kind: 'there'; readonly path: string }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
  /** The configuration to carry over cannot be read. */
  | { readonly kind: 'import'; readonly faults: ConfigFailure['faults'] }
  | ConfigFailure
  | UsageFault

/** Writes a configuration to begin with, and carries over what one of pinact says. */
export async function init({ cwd, from, force, version }: InitOptions): Promise<InitResult> {
  const place = await placeOf(cwd)
  if (!(await isRepository(place.root)))
    return usageFault(`${place.cwd} is not in a repository: go to one, and run pinsmith init there`)
  const found = await findConfig(place)
  if (found.kind === 'config') return found
  const { path, absolute } = found
  if (found.kind === 'there' && !force) return { kind: 'there', path }
  const carried = await readPinact(place, from)
  if (carried?.kind === 'config') return { kind: 'import', faults: carried.faults }
  const text = configTemplate(version, carried)
  if ('kind' in parseConfig(path, text)) throw new Error(`not a configuration: ${text}`)
  const standing = await standingAt(place.root, absolute)
  const problem = await putAll([
    {
      path,
      absolute,
      root: place.root,
      before: standing.kind === 'file' ? standing : undefined,
      after: { bytes: Buffer.from(text), executable: false },
    },
  ])
  return problem === undefined ? { kind: 'written', path, carried } : { kind: 'problem', problem }
}

async function isRepository(root: string): Promise<boolean> {
  return (await exists(join(root, '.git'))) || (await exists(join(root, '.github')))
}

// In the order in which pinact looks for it.
const PINACT_PATHS = ['.pinact.yaml', '.github/pinact.yaml', '.pinact.yml', '.github/pinact.yml']

async function readPinact(
  place: Place,
  from: InitOptions['from'],
): Promise<CarriedOver | ConfigFailure | undefined> {
  if (from === false) return undefined
  const read = from === undefined ? await readOwnPinact(place) : await readNamed(place, from)
  return read?.kind === 'text' ? parsePinact(read.file, read.text) : read
}

async function readOwnPinact(place: Place): Promise<ConfigText | ConfigFailure | undefined> {
  for (const path of PINACT_PATHS) {
    const absolute = join(place.root, path)
    if (await exists(absolute)) return readText(place, absolute)
  }
  return undefined
}
