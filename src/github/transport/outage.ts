import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import type { RefAnswers, RepositoryRefs } from '../../resolve/port.ts'

/** What came of one repository; a failure of the host may turn out to be the repository's alone. */
export type Result = RepositoryRefs | RepositoryFailure | HostFailure

/** Notices during a run that there is no use in asking on. */
export interface Outage {
  /** The host answered something. */
  readonly answered: () => void
  /** A request failed, whatever was tried. */
  readonly failed: (failure: HostFailure) => void
  /** Why not to ask any more. */
  readonly over: () => HostFailure | undefined
}

// Many requests are under way together, so the first few to fail may be the only ones that will.
const HOPELESS = 8

/**
 * A host that refuses the token or is out of quota for one request is so for all. One that does not answer is
 * given up after some requests, so that a run without a network does not go through every retry of each.
 */
export function watchOutage(): Outage {
  let some = false
  let failures = 0
  let over: HostFailure | undefined
  return {
    answered: () => {
      some = true
    },
    failed: (failure) => {
      failures += 1
      if (isFinal(failure) || (!some && failures >= HOPELESS)) over ??= failure
    },
    over: () => over,
  }
}

/** The answer to a call of the port: a failure of the host only where it concerns every repository. */
export function conclude(results: ReadonlyMap<string, Result>): RefAnswers | HostFailure {
  const failures = [...results.values()].filter(isHostFailure)
  const final = failures.find(isFinal)
  if (final !== undefined) return final
  const [first] = failures
  if (first !== undefined && failures.length === results.size) return first
  const entries = [...results].map(
    ([key, result]) => [key, isHostFailure(result) ? asBroken(result) : result] as const,
  )
  return { kind: 'answers', repositories: new Map(entries) }
}

export function isHostFailure(result: { readonly kind: string }): result is HostFailure {
  return ['network', 'unauthorized', 'rate-limited', 'unusable'].includes(result.kind)
}

function isFinal({ kind }: HostFailure): boolean {
  return kind === 'unauthorized' || kind === 'rate-limited'
}

function asBroken({ host, detail }: HostFailure): RepositoryFailure {
  return { kind: 'broken', detail: `${host}: ${detail}` }
}
