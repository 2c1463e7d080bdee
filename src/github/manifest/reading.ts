import type { LimitFunction } from 'p-limit'
import type { ManifestAnswer, RepositoryQuestion, RepositoryRefs } from '../../resolve/port.ts'
import { describeFailure } from '../transport/failures.ts'
import type { FileRead, ReadFile } from './file-reader.ts'
import { candidatesOf } from './files.ts'
import type { ManifestStore, RepositoryName } from '../cache/manifest-store.ts'
import { isLasting, keyOf, targetsOf, type ManifestTarget } from './target.ts'
import { manifestOf, tooLarge } from './text.ts'
import { isHostFailure, watchOutage } from '../transport/outage.ts'

/** Reads manifests one by one during one call of the port. */
export interface ManifestReading {
  /** The same refs with all manifests that the question asks for. `isPublic`: everybody may read the repository. */
  readonly complete: (
    question: RepositoryQuestion,
    refs: RepositoryRefs,
    isPublic: boolean,
    readFile: ReadFile,
  ) => Promise<RepositoryRefs>
}

export interface ManifestReadingOptions {
  readonly store: ManifestStore
  readonly limit: LimitFunction
}

/**
 * Reads what an answer lacks: from the store, or else file by file. What everybody may read is kept in the store; what needed a
 * token is not, since a folder of caches can end up with others, as those of CI do.
 */
export function startManifestReading({ store, limit }: ManifestReadingOptions): ManifestReading {
  const outage = watchOutage()

  async function complete(
    question: RepositoryQuestion,
    refs: RepositoryRefs,
    isPublic: boolean,
    readFile: ReadFile,
  ): Promise<RepositoryRefs> {
    const repository = nameOf(refs.renamedTo) ?? question
    const bring = async (
      target: ManifestTarget,
    ): Promise<{ readonly answer: ManifestAnswer; readonly mayKeep: boolean }> => {
      const known = refs.manifests.get(keyOf(target))
      if (known !== undefined) return { answer: known, mayKeep: isPublic }
      const kept = await store.find(question, target)
      if (kept !== undefined) return { answer: kept, mayKeep: false }
      const { answer, isOpen } = await read(repository, target, readFile)
      return { answer, mayKeep: isPublic || isOpen }
    }
    const brought = await Promise.all(
      targetsOf(question.manifests, refs).map(async (target) => {
        const { answer, mayKeep } = await bring(target)
        if (mayKeep && isLasting(answer, target, refs)) await store.keep(question, target, answer)
        return [keyOf(target), answer] as const
      }),
    )
    return { ...refs, manifests: new Map([...brought, ...refs.manifests]) }
  }

  async function read(
    { owner, repo }: RepositoryName,
    target: ManifestTarget,
    readFile: ReadFile,
  ): Promise<{ readonly answer: ManifestAnswer; readonly isOpen: boolean }> {
    let isOpen = true
    for (const { path, isDockerfile } of candidatesOf(target)) {
      const file = await limit(async (): Promise<FileRead> => {
        const result =
          outage.over() ?? (await readFile({ owner, repo, commit: target.commit, path }))
        if (isHostFailure(result)) outage.failed(result)
        else outage.answered()
        return result
      })
      if (file.kind === 'missing') isOpen &&= file.isOpen
      else
        return {
          answer: answerOf(path, isDockerfile, file),
          isOpen: 'isOpen' in file && file.isOpen,
        }
    }
    return { answer: { kind: 'missing' }, isOpen }
  }

  return { complete }
}

function answerOf(
  path: string,
  isDockerfile: boolean,
  file: Exclude<FileRead, { readonly kind: 'missing' }>,
): ManifestAnswer {
  switch (file.kind) {
    case 'file':
      return isDockerfile ? { kind: 'dockerfile', file: path } : manifestOf(path, file.bytes)
    case 'too-large':
      return isDockerfile ? { kind: 'dockerfile', file: path } : tooLarge(path)
    case 'failed':
      return { kind: 'unreadable', detail: `${path} could not be had: ${file.detail}` }
    case 'network':
    case 'unauthorized':
    case 'rate-limited':
    case 'unusable':
      return { kind: 'unreadable', detail: `${path} could not be had: ${describeFailure(file)}` }
  }
}

function nameOf(fullName: string | undefined): RepositoryName | undefined {
  const [owner, repo] = fullName?.split('/') ?? []
  return owner === undefined || repo === undefined ? undefined : { owner, repo }
}
