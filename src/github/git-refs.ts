import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import type { CommitSha } from '../domain/sha.ts'
import type { DefaultBranch, RepositoryRefs } from '../resolve/port.ts'
import { describeAnswer, oneLine, repositoryRefusal } from './failures.ts'
import type { Host } from './hosts.ts'
import { lsRefsRequest, readLsRefs, type ListedRef } from './ls-refs.ts'
import type { RepositoryName } from './manifest-store.ts'
import { isHostFailure, type Result } from './outage.ts'
import { renamed } from './renamed.ts'
import { repositoryPath } from './repository-path.ts'
import type { TransportResponse } from './response.ts'
import type { Token } from './token.ts'
import type { Send } from './transport.ts'
import { isUploadPackResult, postUploadPack } from './upload-pack.ts'

export interface RefReaderOptions {
  readonly host: Host
  readonly send: Send
  /** Not needed for public repositories. */
  readonly token: Token | undefined
  /** `pinsmith/1.2.3` */
  readonly userAgent: string
}

/** What came of asking for refs, and the token that they were had with, where it may have been needed. */
interface FoundRefs {
  readonly result: Result
  readonly token?: Token
}

/** Asks one repository for the refs whose full names begin with one of the prefixes. */
export type ReadRefs = (
  repository: RepositoryName,
  prefixes: readonly string[],
) => Promise<FoundRefs>

/**
 * A token can be what stands in the way: a wrong one is refused for public repositories too, and an organization
 * with SAML refuses one that was not authorized for it. So a refusal is checked against asking without.
 */
export function createRefReader(options: RefReaderOptions): ReadRefs {
  const { host, token } = options
  return async (repository, prefixes) => {
    const { status, result } = await askOnce(options, repository, prefixes, token)
    if (token === undefined) return { result }
    if (status !== 401 && status !== 403) return { result, token }
    const open = await askOnce(options, repository, prefixes, undefined)
    if (isHostFailure(open.result)) return open
    if (open.result.kind !== 'refs') return { result }
    return status === 403
      ? open
      : {
          result: { kind: 'unauthorized', host: host.name, detail: 'the host refused the token' },
        }
  }
}

interface Asked {
  readonly status: number | undefined
  readonly result: Result
}

async function askOnce(
  { host, send, userAgent }: RefReaderOptions,
  repository: RepositoryName,
  prefixes: readonly string[],
  token: Token | undefined,
): Promise<Asked> {
  const { owner, repo } = repository
  const { result, url } = await postUploadPack(send, {
    url: `${host.serverUrl}/${repositoryPath(repository)}.git/git-upload-pack`,
    token,
    body: lsRefsRequest(prefixes, userAgent),
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
    archived: undefined,
    tags: below('refs/tags/'),
    branches: below('refs/heads/'),
    tagObjects: new Map(
      refs.flatMap(({ object, peeled }) => (peeled === undefined ? [] : [[object, peeled]])),
    ),
    absent: new Set(),
    // All tags that could have been meant were asked for, and git does not cut its answers.
    mayHaveMoreTags: () => false,
    manifests: new Map(),
    defaultBranch: defaultBranchIn(refs),
  }
}

function defaultBranchIn(refs: readonly ListedRef[]): DefaultBranch | undefined {
  const head = refs.find(({ name }) => name === 'HEAD')
  const name = head?.target?.replace(/^refs\/heads\//, '')
  return head === undefined || name === undefined ? undefined : { name, commit: head.object }
}

/** `owner/repo` of a repository's URL on this host. */
function repositoryAt(url: string, { serverUrl }: Host): string | undefined {
  const base = new URL(`${serverUrl}/`)
  const { origin, pathname } = new URL(url)
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return undefined
  const below = pathname.slice(base.pathname.length)
  return /^([^/]+\/[^/]+?)(?:\.git)?\/git-upload-pack$/.exec(below)?.[1]
}
