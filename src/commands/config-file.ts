import { join, resolve } from 'node:path'
import { decodeText } from '../apply/decode.ts'
import { exists, symlinkOnTheWay } from '../apply/entry.ts'
import { canonicalPath, displayPath, type Place } from '../apply/place.ts'
import { readBytes } from '../apply/read.ts'
import type { ConfigFailure, ConfigFault } from '../config/fault.ts'

/** A text to be read as a configuration. */
export interface ConfigText {
  readonly kind: 'text'
  /** As messages name it. */
  readonly file: string
  readonly text: string
}

/** Where a repository's configuration may be, below its root. */
const PATHS = ['.github/pinsmith.yml', '.github/pinsmith.yaml'] as const

/** Where a repository's configuration is, or would be. */
export type ConfigPlace =
  | { readonly kind: 'there' | 'missing'; readonly path: string; readonly absolute: string }
  | ConfigFailure

/** Finds the configuration of a repository. It is never reached by a link. */
export async function findConfig(place: Place): Promise<ConfigPlace> {
  const there = await Promise.all(PATHS.map((path) => exists(join(place.root, path))))
  const [first, second] = PATHS.filter((_, index) => there[index])
  const path = first ?? PATHS[0]
  if (second !== undefined)
    return failure({ file: path, position: undefined, code: 'two-files', other: second })
  const absolute = join(place.root, path)
  if (first === undefined) return { kind: 'missing', path, absolute }
  const link = await symlinkOnTheWay(place.root, absolute)
  if (link !== undefined)
    return failure({
      file: path,
      position: undefined,
      code: 'symlink',
      path: displayPath(place, link),
    })
  return { kind: 'there', path, absolute }
}

/** Reads a file that the user named, relative to the current folder. */
export async function readNamed(place: Place, path: string): Promise<ConfigText | ConfigFailure> {
  return readText(place, await canonicalPath(resolve(place.cwd, path)))
}

/** Reads a file's text; links are not followed. */
export async function readText(
  place: Place,
  absolute: string,
): Promise<ConfigText | ConfigFailure> {
  const file = displayPath(place, absolute)
  if (!(await exists(absolute))) return failure({ file, position: undefined, code: 'missing' })
  const bytes = await readBytes(absolute)
  if (!(bytes instanceof Uint8Array))
    return bytes.code === 'symlink'
      ? failure({ file, position: undefined, code: 'symlink', path: file })
      : failure({ file, position: undefined, code: 'unreadable', detail: bytes.detail })
  const decoded = decodeText(file, bytes)
  if (decoded.kind === 'text') return { kind: 'text', file, text: decoded.text }
  const position = 'position' in decoded.problem ? decoded.problem.position : undefined
  return failure({ file, position, code: 'unreadable', detail: 'it is not UTF-8 text' })
}

function failure(fault: ConfigFault): ConfigFailure {
  return { kind: 'config', faults: [fault] }
}
