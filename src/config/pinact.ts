import * as v from 'valibot'
import type { ConfigFailure } from './fault.ts'
import { readBy } from './read-by.ts'
import { globOfRegex } from './regex-glob.ts'
import { MOST_OF_GLOB } from './schema.ts'

/** What a configuration of pinact says, as far as it can be said here. */
export interface CarriedOver {
  readonly kind: 'carried-over'
  /** What messages call the file. */
  readonly from: string
  readonly ignores: readonly CarriedIgnore[]
  /** As a configuration writes it. */
  readonly cooldown: string | undefined
  /** Its keys that have no counterpart. */
  readonly left: readonly string[]
}

export type CarriedIgnore =
  | { readonly kind: 'glob'; readonly action: string }
  /** No glob says the same as its regular expressions. */
  | { readonly kind: 'no-glob'; readonly name: string; readonly ref: string | undefined }

/**
 * Reads a configuration of pinact, of any of its versions: the ignores, and how old a version must be.
 * https://github.com/suzuki-shunsuke/pinact/blob/main/docs/config.md
 * @param file what messages call it
 */
export function parsePinact(file: string, text: string): CarriedOver | ConfigFailure {
  const read = readBy(file, text, pinactSchema)
  if (read.kind === 'config') return read
  const { version, ignore_actions, min_age, ...others } = read.kind === 'empty' ? {} : read.value
  return {
    kind: 'carried-over',
    from: file,
    ignores: (ignore_actions ?? []).map((ignore) => carryOver(ignore, version)),
    cooldown: min_age === undefined ? undefined : `${min_age}d`,
    left: Object.keys(others),
  }
}

const days = 'a whole number of days'

const ignoreSchema = v.looseObject(
  { name: v.string('a regular expression'), ref: v.optional(v.string('a regular expression')) },
  'a map with `name` and `ref`',
)

const pinactSchema = v.looseObject(
  {
    version: v.optional(v.number('a number')),
    ignore_actions: v.optional(v.array(ignoreSchema, 'a list of maps with `name` and `ref`')),
    min_age: v.optional(
      v.pipe(v.number(days), v.integer(days), v.minValue(0, days), v.maxValue(9999, days)),
    ),
  },
  'a map of settings',
)

function carryOver(
  { name, ref }: v.InferOutput<typeof ignoreSchema>,
  version: number | undefined,
): CarriedIgnore {
  const action = globOfRegex(version === 2 ? openEnded(name) : name)
  const refs = ref === undefined || MATCHES_ALL.test(ref) ? '' : globOfRegex(ref)
  if (action === undefined || refs === undefined) return { kind: 'no-glob', name, ref }
  const glob = refs === '' ? action : `${action}@${refs}`
  return glob.length > MOST_OF_GLOB
    ? { kind: 'no-glob', name, ref }
    : { kind: 'glob', action: glob }
}

const MATCHES_ALL = /^\^?\.[*+]\$?$/

/** In version 2 a name had to match the beginning or any other part of an action's: only the beginning is carried over. */
function openEnded(name: string): string {
  return name.endsWith('$') || name.endsWith('.*') ? name : `${name}.*`
}
