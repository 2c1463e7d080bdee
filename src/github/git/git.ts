import pLimit from 'p-limit'
import { repositoryKey } from '../../domain/reference.ts'
import type { GitHub, RepositoryQuestion } from '../../resolve/port.ts'
import { createContentsReader, createRawReader, readEither } from '../manifest/file-reader.ts'
import { createRefReader, type RefReaderOptions } from './refs.ts'
import { prefixesOf } from './ls-refs.ts'
import { startManifestReading } from '../manifest/reading.ts'
import type { ManifestStore } from '../cache/manifest-store.ts'
import { conclude, isHostFailure, watchOutage, type Result } from '../transport/outage.ts'

export interface GitOptions extends RefReaderOptions {
  /** Manifests from earlier. */
  readonly store: ManifestStore
}

const PARALLEL = 16

/**
 * The port over git's own protocol: one request per repository, no API quota, no token needed. Manifests are read
 * one by one, as everybody may read them; only where that brings none, with the token.
 *
 * Its limits: git does not say what kind of object a ref names or peels to, so a tag of a tree or a blob (none is
 * known among actions) looks like one of a commit; and the id of an annotated tag is only known while a ref names
 * that tag directly, so neither the inner tag of a tag of a tag nor a deleted tag is recognised. Nor does git say whether a
 * repository is archived.
 */
export function createGitClient(options: GitOptions): GitHub {
  const readRefs = createRefReader(options)
  return {
    lookUp: async (questions) => {
      const limit = pLimit(PARALLEL)
      const outage = watchOutage()
      const reading = startManifestReading({ store: options.store, limit })
      const open = createRawReader(options)
      const askRefs = async (question: RepositoryQuestion): ReturnType<typeof readRefs> => {
        const over = outage.over()
        const found = over ? { result: over } : await readRefs(question, prefixesOf(question))
        if (isHostFailure(found.result)) outage.failed(found.result)
        else outage.answered()
        return found
      }
      const ask = async (question: RepositoryQuestion): Promise<readonly [string, Result]> => {
        const { result, token } = await limit(askRefs, question)
        if (result.kind !== 'refs') return [repositoryKey(question), result]
        const readFile =
          token === undefined ? open : readEither(open, createContentsReader(options, token))
        const complete = await reading.complete(question, result, false, readFile)
        return [repositoryKey(question), complete]
      }
      return conclude(new Map(await Promise.all(questions.map(ask))))
    },
  }
}
