import type { Advisories } from './connection.ts'

/** Asks for the advisories once in a run. */
export function withAdvisoryMemory({ readAdvisories }: Advisories): Advisories {
  let read: ReturnType<Advisories['readAdvisories']> | undefined
  return { readAdvisories: () => (read ??= readAdvisories()) }
}
