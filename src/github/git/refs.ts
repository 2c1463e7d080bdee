import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import type { CommitSha } from '../../domain/sha.ts'
import type { DefaultBranch, RepositoryRefs } from '../../resolve/port.ts'
import { describeAnswer, oneLine, repositoryRefusal } from '../transport/failures.ts'
import type { Host } from '../connection/hosts.ts'
import { lsRefsRequest, readLsRefs, type ListedRef } from './ls-refs.ts'
import type { RepositoryName } from '../cache/manifest-store.ts'
import { isHostFailure } from '../transport/outage.ts'
import { renamed } from '../renamed.ts'
import { repositoryPath } from '../repository-path.ts'
import type { TransportResponse } from '../transport/response.ts'
import type { Token } from '../token/token.ts'
import type { Send } from '../transport/transport.ts'
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
interface Found<T> {
  readonly result: T | RepositoryFailure | HostFailure
  readonly token?: Token
}

/** Asks one repository for the refs whose full names begin with one of the prefixes. */
type Read<T> = (repository: RepositoryName, prefixes: readonly string[]) => Promise<Found<T>>

export type ReadRefs = Read<RepositoryRefs>
export type ListRefs = Read<RefList>

/** Refs as git lists them, whatever they are. */
export interface RefList {
  readonly kind: 'list'
  readonly refs: readonly ListedRef[]
  /** `owner/repo` of today, where the repository was renamed or moved. */
  readonly renamedTo: string | undefined
}

/** Asks for tags, branches and `HEAD`. */
export function createRefReader(options: RefReaderOptions): ReadRefs {
  const list = createRefLister(options)
  return async (repository, prefixes) => {
    const { result, ...rest } = await list(repository, prefixes)
    return { ...rest, result: result.kind === 'list' ? toRefs(result) : result }
  }
}

/**
 * A token can be what stands in the way: a wrong one is refused for public repositories too, and an organization
 * with SAML refuses one that was not authorized for it. So a refusal is checked against asking without.
 */
export function createRefLister(options: RefReaderOptions): ListRefs {
  const { host, token } = options
  return async (repository, prefixes) => {
    const { status, result } = await askOnce(options, repository, prefixes, token)
    if (token === undefined) return { result }
    if (status !== 401 && status !== 403) return { result, token }
    const open = await askOnce(options, repository, prefixes, undefined)
    if (isHostFailure(open.result)) return open
    if (open.result.kind !== 'list') return { result }
    return status === 403
      ? open
      : {
          result: { kind: 'unauthorized', host: host.name, detail: 'the host refused the token' },
        }
  }
}

interface Asked {
  readonly status: number | undefined
  readonly result: Found<RefList>['result']
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
): Asked['result'] {
  if (!isUploadPackResult(response)) {
    const strange = response.status < 400 || response.status >= 500
    return strange
      ? { kind: 'unusable', host: host.name, detail: describeAnswer(response) }
      : repositoryRefusal(response)
  }
  const answer = readLsRefs(response.body)
  switch (answer.kind) {
    case 'refs':
      return { kind: 'list', refs: answer.refs, renamedTo }
    case 'error':
      return { kind: 'broken', detail: `git said: ${oneLine(answer.detail)}` }
    case 'damaged':
      return { kind: 'broken', detail: 'the list of refs was incomplete or not in git’s format' }
  }
}

/** What the refs below a prefix name, by what their names go on with; tags are peeled. */
export function refsBelow(
  { refs }: Pick<RefList, 'refs'>,
  prefix: string,
): ReadonlyMap<string, CommitSha> {
  return new Map(
    refs
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, object, peeled }) => [name.slice(prefix.length), peeled ?? object]),
  )
}

function toRefs({ refs, renamedTo }: RefList): RepositoryRefs {
  return {
    kind: 'refs',
    renamedTo,
    archived: undefined,
    tags: refsBelow({ refs }, 'refs/tags/'),
    branches: refsBelow({ refs }, 'refs/heads/'),
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
