import type { Position } from '../domain/span.ts'

/** Something that is wrong with a configuration. Its words are the report's. */
export type ConfigFault = {
  /** As messages name it. */
  readonly file: string
  /** `undefined` where the whole file is meant. */
  readonly position: Position | undefined
} &
  /** `path`: the folder or file on the way that is a link. */
  (
    | { readonly code: 'symlink'; readonly path: string }
    | { readonly code: 'missing' }
    | { readonly code: 'unreadable'; readonly detail: string }
    /** Both spellings of its name are there. */
    | { readonly code: 'two-files'; readonly other: string }
    | { readonly code: 'yaml'; readonly detail: string }
    | { readonly code: 'duplicate-key'; readonly key: string; readonly first: Position }
    /** `holder`: the key whose map it stands in, such as `ignore[0]`; empty at the top. */
    | {
        readonly code: 'unknown-key'
        readonly key: string
        readonly holder: string
        readonly known: readonly string[]
        readonly nearest: string | undefined
      }
    | { readonly code: 'missing-key'; readonly key: string; readonly holder: string }
    /** `key`: such as `ignore[0].expires`; empty for the whole file. `expected` and `found` in words. */
    | {
        readonly code: 'wrong-value'
        readonly key: string
        readonly expected: string
        readonly found: string
        readonly nearest: string | undefined
      }
  )

/** A configuration that cannot be used. Nothing is done. */
export interface ConfigFailure {
  readonly kind: 'config'
  /** Everything that is wrong, in the order of the text. */
  readonly faults: readonly [ConfigFault, ...ConfigFault[]]
}
