/** What a fact is about: every part that makes it another one. */
export type FactKey = readonly [subject: 'date' | 'reach' | 'after' | 'advisories', ...string[]]

/**
 * Small answers of one host that are known from earlier, as JSON. Never fails: what cannot be found is not there, what cannot be
 * kept is not kept. What only some may know is not to be kept, since a folder of caches can end up with others.
 */
export interface FactStore {
  /** What was kept, if that is not longer ago than so many milliseconds. Its shape has not been checked. */
  readonly find: (key: FactKey, maxAge: number) => Promise<unknown>
  readonly keep: (key: FactKey, fact: unknown) => Promise<void>
}

/** How long a fact counts that may change, in milliseconds: within an hour a second run asks only what the first did not. */
export const HOUR = 3_600_000

/** Knows nothing and keeps nothing. */
export const noFacts: FactStore = {
  find: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
}
