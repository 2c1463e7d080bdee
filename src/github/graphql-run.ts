import pLimit from 'p-limit'
import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { RepositoryQuestion } from '../resolve/port.ts'
import { readPartAnswer } from './graphql-answer.ts'
import type { AskGraphql } from './graphql-client.ts'
import { failureOf, readErrors, type GraphqlError } from './graphql-errors.ts'
import { manifestAt } from './graphql-manifests.ts'
import { shrink, type Part } from './graphql-part.ts'
import { aliasOf, buildQuery } from './graphql-query.ts'
import { field } from './json.ts'
import { watchOutage, type Result } from './outage.ts'
import { gatherFacts } from './repository-facts.ts'

// GitHub allows 100 requests at a time, and a minute of computing in a minute, which is what large queries use up.
const PARALLEL = 8

/** What one call of the port has asked, and what is known so far. */
export interface Run {
  readonly askBatch: (parts: readonly Part[]) => Promise<void>
  readonly fail: (key: string, failure: RepositoryFailure | HostFailure) => void
  readonly nextParts: () => readonly Part[]
  readonly results: () => ReadonlyMap<string, Result>
  /** Whether everybody may read a repository, as far as it is known. */
  readonly isPublic: (key: string) => boolean
}

export function startRun(
  ask: AskGraphql,
  host: string,
  questions: readonly RepositoryQuestion[],
): Run {
  const limit = pLimit(PARALLEL)
  const outage = watchOutage()
  const facts = new Map(
    questions.map((question) => [repositoryKey(question), gatherFacts(question)] as const),
  )
  const failures = new Map<string, RepositoryFailure | HostFailure>()

  /** Asks a batch; where it is refused as a whole, smaller ones; what is refused by itself has failed. */
  async function askBatch(parts: readonly Part[]): Promise<void> {
    const smaller = shrink(parts)
    const onOverload = smaller === undefined ? 'retry' : 'smaller'
    const request = { ...buildQuery(parts), onOverload } as const
    const reply = await limit(async () => outage.over() ?? ask(request))
    if (reply.kind === 'reply') {
      const errors = readErrors(reply.errors)
      const whole = errors.find(({ path }) => !parts.some((_, n) => path[0] === aliasOf(n)))
      if (whole === undefined) {
        outage.answered()
        for (const [n, part] of parts.entries()) take(part, aliasOf(n), reply.data, errors)
        return
      }
      return refused(parts, smaller, `GitHub said: ${whole.message}`)
    }
    if (reply.kind === 'overload') return refused(parts, smaller, reply.detail)
    return failAll(parts, reply)
  }

  async function refused(
    parts: readonly Part[],
    smaller: ReturnType<typeof shrink>,
    detail: string,
  ): Promise<void> {
    if (smaller === undefined) return failAll(parts, { kind: 'unusable', host, detail })
    await Promise.all(smaller.map(askBatch))
  }

  function failAll(parts: readonly Part[], failure: HostFailure): void {
    outage.failed(failure)
    for (const { key } of parts) fail(key, failure)
  }

  function take(part: Part, alias: string, data: unknown, errors: readonly GraphqlError[]): void {
    const below = errors.filter(({ path }) => path[0] === alias)
    const error = below.find(({ path }) => manifestAt(path) === undefined)
    if (error !== undefined) return fail(part.key, failureOf(error))
    // What strikes a manifest spoils that alone: it will be read in another way.
    const struck = new Set(below.flatMap(({ path }) => manifestAt(path) ?? []))
    const answer = readPartAnswer(part, field(data, alias), struck)
    if (answer === undefined) return fail(part.key, NOT_UNDERSTOOD)
    facts.get(part.key)?.take(answer)
  }

  function fail(key: string, failure: RepositoryFailure | HostFailure): void {
    if (!failures.has(key)) failures.set(key, failure)
  }

  return {
    askBatch,
    fail,
    nextParts: () => [...facts].flatMap(([key, known]) => (failures.has(key) ? [] : known.next())),
    results: () =>
      new Map([...facts].map(([key, known]) => [key, failures.get(key) ?? known.refs()])),
    isPublic: (key) => facts.get(key)?.isPublic() ?? false,
  }
}

const NOT_UNDERSTOOD: RepositoryFailure = {
  kind: 'broken',
  detail: 'the answer lacks what was asked for, without an error',
}
