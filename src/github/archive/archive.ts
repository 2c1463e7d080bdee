import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import type { Archive, Archives, RepositoryCommit } from '../../resolve/connection.ts'
import { LIMITS, unpackArchive, type ArchiveLimits } from './unpack.ts'
import { describeAnswer, repositoryRefusal } from '../transport/failures.ts'
import { get, type GetAnswer } from '../transport/get.ts'
import type { HostTools } from '../connection/host-tools.ts'
import { repositoryPath } from '../repository-path.ts'
import type { TransportResponse } from '../transport/response.ts'
import type { Token } from '../token/token.ts'

type ArchiveRead = Archive | RepositoryFailure | HostFailure

/** How long one attempt may take, in milliseconds. */
const TIMEOUT = 300_000

/**
 * Brings repositories as the host packs them: with a token through the REST API, and without, or where an organization refuses the
 * token, as everybody may. Where GraphQL is not to be used, the API is asked only for what nobody may see without a token.
 * https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
 */
export function createArchiveReader(
  { host, send, token, ask, userAgent }: HostTools,
  limits: ArchiveLimits = LIMITS,
): Archives['readArchive'] {
  const read = async (
    url: string,
    accept: string,
    { commit }: RepositoryCommit,
    given: Token | undefined,
  ): Promise<ArchiveRead> => {
    let unpacked: Awaited<ReturnType<typeof unpackArchive>> | undefined
    const answer = await get(send, {
      url,
      headers: { 'user-agent': userAgent, accept },
      token: given,
      // `codeload.github.com/OWNER/REPO/legacy.tar.gz/SHA`, `/repositories/ID/tarball/SHA`
      isSame: (path) => path.endsWith(`/${commit}`) || path.endsWith(`/${commit}.tar.gz`),
      mostBytes: limits.packed,
      timeout: TIMEOUT,
      isDamaged: async (response) => {
        const isWhole = isArchive(response) && !response.isCut
        unpacked = isWhole ? await unpackArchive(response.body, commit, limits) : undefined
        return unpacked?.kind === 'damaged'
      },
    })
    const refused = refusalOf(url, answer, host.name, limits)
    if (refused !== undefined) return refused
    if (unpacked?.kind === 'unpacked')
      return { kind: 'archive', host: host.name, entries: unpacked.entries }
    return { kind: 'broken', detail: unpacked?.detail ?? 'the host sent no archive' }
  }

  const readOpenly = (at: RepositoryCommit): Promise<ArchiveRead> =>
    read(
      `${host.serverUrl}/${repositoryPath(at)}/archive/${at.commit}.tar.gz`,
      '*/*',
      at,
      undefined,
    )
  if (token === undefined) return readOpenly

  const readAsAllowed = (at: RepositoryCommit): Promise<ArchiveRead> => {
    const url = `${host.apiUrl}/repos/${repositoryPath(at)}/tarball/${at.commit}`
    return read(url, 'application/vnd.github+json', at, token)
  }
  return async (at) => {
    if (ask === undefined) {
      const open = await readOpenly(at)
      return open.kind === 'repository-not-found' ? readAsAllowed(at) : open
    }
    const allowed = await readAsAllowed(at)
    if (allowed.kind !== 'forbidden' || allowed.reason === 'blocked') return allowed
    const open = await readOpenly(at)
    return open.kind === 'archive' ? open : allowed
  }
}

/** Why there is no archive; `undefined` where there is one. */
function refusalOf(
  asked: string,
  { result, url, withToken }: GetAnswer,
  host: string,
  { packed }: ArchiveLimits,
): RepositoryFailure | HostFailure | undefined {
  switch (result.kind) {
    case 'response':
      if (result.status === 401 && withToken)
        return { kind: 'unauthorized', host, detail: 'the host refused the token' }
      // Only what there is leads on to where it is packed.
      if (result.status === 404 && url !== asked)
        return { kind: 'broken', detail: 'the repository has no such commit' }
      if (result.status !== 200) return repositoryRefusal(result)
      if (!isArchive(result)) return { kind: 'broken', detail: describeAnswer(result) }
      if (result.isCut)
        return { kind: 'broken', detail: `the archive is larger than ${megabytes(packed)}` }
      return undefined
    case 'overload':
      return { ...result, kind: 'network', host }
    case 'network':
    case 'unauthorized':
    case 'rate-limited':
    case 'unusable':
      return result
  }
}

/** Whether a response is an archive at all, whole or not, rather than a page about something else. */
function isArchive({ status, headers }: TransportResponse): boolean {
  return status === 200 && /\b(?:x-)?gzip\b|octet-stream/.test(headers.get('content-type') ?? '')
}

function megabytes(bytes: number): string {
  return `${bytes / 1_000_000} MB`
}
