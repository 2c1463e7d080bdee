import type { Position } from '../domain/span.ts'

/** How strict a finding is taken: `off` leaves it out. */
export type ConfiguredLevel = 'error' | 'warning' | 'note' | 'off'

/** What a repository says of how it wants to be pinned and checked. `undefined`: nothing was said, so the built-in answer counts. */
export interface Config {
  /** Where it was read from, as messages name it; `undefined` for no file. */
  readonly file: string | undefined
  /** By the code of a finding. */
  readonly levels: ReadonlyMap<string, ConfiguredLevel>
  readonly ignore: readonly ConfiguredIgnore[]
  /** Globs of owners that actions may come from, such as `actions` or `my-*`; `undefined` for any. */
  readonly owners: readonly string[] | undefined
  /** Whether `owners` allow this one. */
  readonly allowsOwner: (owner: string) => boolean
  /** Whether branches may be pinned to their tip: `deny` reports them and leaves them. */
  readonly branches: 'allow' | 'deny' | undefined
  /** Whether an image without a digest is a finding. */
  readonly images: 'allow' | 'deny' | undefined
  /** The least age of a version, in milliseconds, before pinsmith moves to it. */
  readonly cooldown: number | undefined
  readonly comments: 'after' | 'above' | undefined
}

/** An action that is left as it is, and why. */
export interface ConfiguredIgnore {
  /** A glob of `owner/repo[/path]`, with `@ref` behind it where it is about some refs alone. */
  readonly action: string
  /**
   * Whether it is about an action, `owner/repo[/path][@ref]` as written. One that names a repository or a folder is
   * about everything in it; without case but for the ref. A glob with a ref is about no action without one.
   */
  readonly covers: (action: string) => boolean
  /** Codes of findings that are not reported for it; `undefined` for all, and then it is not pinned either. */
  readonly codes: readonly string[] | undefined
  readonly reason: string
  /** The first day on which it does not count any more, `YYYY-MM-DD`. */
  readonly expires: string | undefined
  /** Where it stands in the file. */
  readonly position: Position
}

/** What counts where there is no file. */
export const noConfig: Config = {
  file: undefined,
  levels: new Map(),
  ignore: [],
  owners: undefined,
  allowsOwner: () => true,
  branches: undefined,
  images: undefined,
  cooldown: undefined,
  comments: undefined,
}
