import pLimit from 'p-limit'
import type { RepositoryFailure } from '../../domain/outcome.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { GitHub, RepositoryQuestion } from '../../resolve/port.ts'
import type { ReadFile } from '../manifest/file-reader.ts'
import type { AskGraphql } from './client.ts'
import { pack, partOf, type Part } from './part.ts'
import { startRun, type Run } from './run.ts'
import { startManifestReading } from '../manifest/reading.ts'
import type { ManifestStore } from '../cache/manifest-store.ts'
import { conclude, type Result } from '../transport/outage.ts'

export interface GraphqlOptions {
  readonly ask: AskGraphql
  /** The host's name, for messages. */
  readonly host: string
  /** Asks without a token: for public repositories whose organization refuses this one. */
  readonly anonymous: GitHub
  /** Reads the manifests that GraphQL does not bring whole. */
  readonly readFile: ReadFile
  /** Manifests from earlier. */
  readonly store: ManifestStore
}

// Each round brings 100 tags more of a list, or five tags more of a tag's chain. No repository needs as many.
const MOST_ROUNDS = 1_000
const PARALLEL = 16

/** The port over GraphQL: many repositories in one request. */
export function createGraphqlPort(options: GraphqlOptions): GitHub {
  return {
    lookUp: async (questions) => {
      const run = startRun(options.ask, options.host, questions)
      let parts: readonly Part[] = questions.map(partOf)
      for (let round = 0; parts.length > 0 && round < MOST_ROUNDS; round++) {
        await Promise.all(pack(parts).map(run.askBatch))
        parts = run.nextParts()
      }
      for (const { key } of parts) run.fail(key, TOO_MUCH)
      const results = await completeAll(options, questions, run)
      return conclude(await askOpenly(options.anonymous, questions, results))
    },
  }
}

const TOO_MUCH: RepositoryFailure = { kind: 'broken', detail: 'its list of tags does not end' }

/** Adds the manifests that are not text to GitHub, or too long for an answer. */
async function completeAll(
  { readFile, store }: GraphqlOptions,
  questions: readonly RepositoryQuestion[],
  run: Run,
): Promise<ReadonlyMap<string, Result>> {
  const results = run.results()
  const reading = startManifestReading({ store, limit: pLimit(PARALLEL) })
  const completed = questions.map(async (question) => {
    const key = repositoryKey(question)
    const result = results.get(key)
    return result?.kind === 'refs'
      ? [[key, await reading.complete(question, result, run.isPublic(key), readFile)] as const]
      : []
  })
  return new Map([...results, ...(await Promise.all(completed)).flat()])
}

/** An organization that refuses the token (SAML, an allow list) still shows its public repositories to everybody. */
async function askOpenly(
  anonymous: GitHub,
  questions: readonly RepositoryQuestion[],
  results: ReadonlyMap<string, Result>,
): Promise<ReadonlyMap<string, Result>> {
  const refused = questions.filter((question) => {
    const result = results.get(repositoryKey(question))
    return result?.kind === 'forbidden' && result.reason !== 'blocked'
  })
  if (refused.length === 0) return results
  const answers = await anonymous.lookUp(refused)
  if (answers.kind !== 'answers') return results
  const open = [...answers.repositories].filter(([, result]) => result.kind === 'refs')
  return new Map([...results, ...open])
}
