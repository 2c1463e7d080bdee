import pLimit from 'p-limit'
import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { GitHub, RepositoryQuestion, RepositoryRefs } from '../resolve/port.ts'
import { describeAnswer, oneLine, repositoryRefusal } from './failures.ts'
import { createContentsReader, createRawReader, readEither } from './file-reader.ts'
import type { Host } from './hosts.ts'
import { lsRefsRequest, readLsRefs, type ListedRef } from './ls-refs.ts'
import { startManifestReading } from './manifest-reading.ts'
import type { ManifestStore } from './manifest-store.ts'
import { conclude, isHostFailure, watchOutage, type Result } from './outage.ts'
import { renamed } from './renamed.ts'
import type { TransportResponse } from './response.ts'
import type { Token } from './token.ts'
import type { Send } from './transport.ts'
import { isUploadPackResult, postUploadPack } from './upload-pack.ts'

export interface GitOptions {
  readonly host: Host
  readonly send: Send
  /** Not needed for public repositories. */
  readonly token: Token | undefined
  /** `pinsmith/1.2.3` */
  readonly userAgent: string
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
 * that tag directly, so neither the inner tag of a tag of a tag nor a deleted tag is recognised.
 */
export function createGitClient(options: GitOptions): GitHub {
  return {
    lookUp: async (questions) => {
      const limit = pLimit(PARALLEL)
      const outage = watchOutage()
      const reading = startManifestReading({ store: options.store, limit })
      const open = createRawReader(options)
      const askRefs = async (question: RepositoryQuestion): Promise<Found> => {
        const over = outage.over()
        const found = over ? { result: over } : await lookUpOne(options, question)
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

/** What came of asking for refs, and the token that they were had with, where it may have been needed. */
interface Found {
  readonly result: Result
  readonly token?: Token
}

/**
 * A token can be what stands in the way: a wrong one is refused for public repositories too, and an organization
 * with SAML refuses one that was not authorized for it. So a refusal is checked against asking without.
 */
async function lookUpOne(options: GitOptions, question: RepositoryQuestion): Promise<Found> {
  const { host, token } = options
  const { status, result } = await askOnce(options, question, token)
  if (token === undefined) return { result }
  if (status !== 401 && status !== 403) return { result, token }
  const open = await askOnce(options, question, undefined)
  if (isHostFailure(open.result)) return open
  if (open.result.kind !== 'refs') return { result }
  return status === 403
    ? open
    : {
        result: { kind: 'unauthorized', host: host.name, detail: 'the host refused the token' },
      }
}

interface Asked {
  readonly status: number | undefined
  readonly result: Result
}

async function askOnce(
  { host, send, userAgent }: GitOptions,
  question: RepositoryQuestion,
  token: Token | undefined,
): Promise<Asked> {
  const { owner, repo } = question
  const path = `${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`
  const { result, url } = await postUploadPack(send, {
    url: `${host.serverUrl}/${path}.git/git-upload-pack`,
    token,
    body: lsRefsRequest(question, userAgent),
    userAgent,
    isDamaged: (response) => readLsRefs(response.body).kind === 'damaged',
  })
  switch (result.kind) {
    case 'response': {
      const renamedTo = renamed(`${owner}/${repo}`, repositoryAt(url, host))
      return { status: result.status, result: readAnswer(host, result, renamedTo) }
    }
    case 'overload':
      return { status: undefined, result: { ...result, kind: 'network', host: host.name } }
    case 'network':
    case 'unauthorized':
    case 'rate-limited':
    case 'unusable':
      return { status: undefined, result }
  }
}

function readAnswer(
  host: Host,
  response: TransportResponse,
  renamedTo: string | undefined,
): RepositoryRefs | RepositoryFailure | HostFailure {
  if (!isUploadPackResult(response)) {
    const strange = response.status < 400 || response.status >= 500
    return strange
      ? { kind: 'unusable', host: host.name, detail: describeAnswer(response) }
      : repositoryRefusal(response)
  }
  const answer = readLsRefs(response.body)
  switch (answer.kind) {
    case 'refs':
      return toRefs(answer.refs, renamedTo)
    case 'error':
      return { kind: 'broken', detail: `git said: ${oneLine(answer.detail)}` }
    case 'damaged':
      return { kind: 'broken', detail: 'the list of refs was incomplete or not in git’s format' }
  }
}

function toRefs(refs: readonly ListedRef[], renamedTo: string | undefined): RepositoryRefs {
  const below = (prefix: string): ReadonlyMap<string, CommitSha> =>
    new Map(
      refs
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ name, object, peeled }) => [name.slice(prefix.length), peeled ?? object]),
    )
  return {
    kind: 'refs',
    renamedTo,
    tags: below('refs/tags/'),
    branches: below('refs/heads/'),
    tagObjects: new Map(
      refs.flatMap(({ object, peeled }) => (peeled === undefined ? [] : [[object, peeled]])),
    ),
    // All tags that could have been meant were asked for, and git does not cut its answers.
    mayHaveMoreTags: () => false,
    manifests: new Map(),
  }
}

/** `owner/repo` of a repository's URL on this host. */
function repositoryAt(url: string, { serverUrl }: Host): string | undefined {
  const base = new URL(`${serverUrl}/`)
  const { origin, pathname } = new URL(url)
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return undefined
  const below = pathname.slice(base.pathname.length)
  return /^([^/]+\/[^/]+?)(?:\.git)?\/git-upload-pack$/.exec(below)?.[1]
}
