import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { RepositoryQuestion } from '../../resolve/port.ts'
import { readPartAnswer } from './answer.ts'
import { createBatches } from './batch.ts'
import type { AskGraphql } from './client.ts'
import { failureOf, type GraphqlError } from './errors.ts'
import { manifestAt } from './manifests.ts'
import { shrink, type Part } from './part.ts'
import { buildQuery } from './query.ts'
import type { Result } from '../transport/outage.ts'
import { gatherFacts } from '../repository-facts.ts'

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
  const facts = new Map(
    questions.map((question) => [repositoryKey(question), gatherFacts(question)] as const),
  )
  const failures = new Map<string, RepositoryFailure | HostFailure>()

  const askBatch = createBatches<Part>(ask, host, {
    build: buildQuery,
    shrink,
    take,
    fail: ({ key }, failure) => fail(key, failure),
  })

  function take(part: Part, value: unknown, errors: readonly GraphqlError[]): void {
    const error = errors.find(({ path }) => manifestAt(path) === undefined)
    if (error !== undefined) return fail(part.key, failureOf(error))
    // What strikes a manifest spoils that alone: it will be read in another way.
    const struck = new Set(errors.flatMap(({ path }) => manifestAt(path) ?? []))
    const answer = readPartAnswer(part, value, struck)
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
