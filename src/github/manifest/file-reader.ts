import type { HostFailure } from '../../domain/outcome.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { describeAnswer } from '../transport/failures.ts'
import { get } from '../transport/get.ts'
import type { Host } from '../connection/hosts.ts'
import { MOST_BYTES } from './files.ts'
import { repositoryPath } from '../repository-path.ts'
import type { TransportResponse } from '../transport/response.ts'
import type { Token } from '../token/token.ts'
import type { Send, TransportResult } from '../transport/transport.ts'

/** A file of a repository at a commit. */
export interface FileAddress {
  readonly owner: string
  readonly repo: string
  readonly commit: CommitSha
  readonly path: string
}

/** What came of asking for a file. `isOpen`: nobody's token was needed for that answer. */
export type FileRead =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly isOpen: boolean }
  | { readonly kind: 'too-large'; readonly isOpen: boolean }
  | { readonly kind: 'missing'; readonly isOpen: boolean }
  | { readonly kind: 'failed'; readonly detail: string }
  | HostFailure

export type ReadFile = (address: FileAddress) => Promise<FileRead>

interface ReaderOptions {
  readonly host: Host
  readonly send: Send
  /** `pinsmith/1.2.3` */
  readonly userAgent: string
}

/** Reads files as everybody may, without a token and without API quota. */
export function createRawReader({ host, send, userAgent }: ReaderOptions): ReadFile {
  return (address) =>
    getFile(send, {
      url: rawUrl(host, address),
      path: address.path,
      headers: { 'user-agent': userAgent },
      token: undefined,
      judge: ({ headers }) =>
        (headers.get('content-type') ?? '').includes('html') ? 'strange' : 'file',
    })
}

/**
 * Reads files through the REST API, as the token allows. Not from the raw host: on github.com that is another host than the
 * token's, and on an Enterprise Server a web page for people who are logged in.
 * https://docs.github.com/rest/repos/contents#get-repository-content
 */
export function createContentsReader(
  { host, send, userAgent }: ReaderOptions,
  token: Token,
): ReadFile {
  return (address) => {
    const { commit, path } = address
    return getFile(send, {
      url: `${host.apiUrl}/repos/${repositoryPath(address)}/contents/${encodePath(path)}?ref=${commit}`,
      path,
      headers: { 'user-agent': userAgent, accept: 'application/vnd.github.raw+json' },
      token,
      judge: ({ headers, text }) => {
        if (/\.raw\b/.test(headers.get('content-type') ?? '')) return 'file'
        // The list of what a folder of that name holds.
        return text().startsWith('[') ? 'missing' : 'strange'
      },
    })
  }
}

/** Asks the second where the first does not have a file: nobody says of a private repository more than that there is none. */
export function readEither(first: ReadFile, second: ReadFile): ReadFile {
  return async (address) => {
    const read = await first(address)
    return read.kind === 'file' || read.kind === 'too-large' ? read : second(address)
  }
}

/** Where a host serves files to everybody. */
export function rawUrl(host: Host, address: FileAddress): string {
  const { commit, path } = address
  const repository = repositoryPath(address)
  return host.serverUrl === 'https://github.com'
    ? `https://raw.githubusercontent.com/${repository}/${commit}/${encodePath(path)}`
    : `${host.serverUrl}/${repository}/raw/${commit}/${encodePath(path)}`
}

interface FileRequest {
  readonly url: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly token: Token | undefined
  /** What a success is. */
  readonly judge: (response: TransportResponse) => 'file' | 'missing' | 'strange'
}

async function getFile(send: Send, request: FileRequest): Promise<FileRead> {
  const { url, headers, token } = request
  const isSame = (path: string): boolean => path.endsWith(`/${request.path}`)
  const { result } = await get(send, { url, headers, token, isSame, mostBytes: MOST_BYTES })
  return readResult(request, result)
}

function readResult({ token, judge }: FileRequest, result: TransportResult): FileRead {
  switch (result.kind) {
    case 'response':
      return readResponse(result, judge, token === undefined)
    case 'overload':
      return { kind: 'failed', detail: result.detail }
    case 'network':
    case 'unauthorized':
    case 'rate-limited':
    case 'unusable':
      return result
  }
}

function readResponse(
  response: TransportResponse,
  judge: FileRequest['judge'],
  isOpen: boolean,
): FileRead {
  const found =
    response.status === 404 ? 'missing' : response.status === 200 ? judge(response) : 'strange'
  switch (found) {
    case 'missing':
      return { kind: 'missing', isOpen }
    case 'strange':
      return { kind: 'failed', detail: describeAnswer(response) }
    case 'file':
      return response.isCut
        ? { kind: 'too-large', isOpen }
        : { kind: 'file', bytes: response.body, isOpen }
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
