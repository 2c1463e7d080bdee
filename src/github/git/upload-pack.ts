import type { Token } from '../token/token.ts'
import { MOST_HOPS, redirectOf } from '../transport/redirect.ts'
import type { TransportResponse } from '../transport/response.ts'
import type { Send, TransportResult } from '../transport/transport.ts'

/** Where an answer came from: a renamed repository answers from another place than it was asked at. */
export interface UploadPackAnswer {
  readonly result: TransportResult
  readonly url: string
}

export interface UploadPackRequest {
  readonly url: string
  readonly token: Token | undefined
  readonly body: string
  readonly userAgent: string
  readonly isDamaged: (response: TransportResponse) => boolean
}

const TYPE = 'application/x-git-upload-pack'

/**
 * Posts one command of git's smart HTTP protocol, version 2. Redirects are followed here: `fetch` would turn the
 * request into a GET. The token goes no further than the origin it was given for.
 * https://git-scm.com/docs/gitprotocol-http
 */
export async function postUploadPack(
  send: Send,
  request: UploadPackRequest,
): Promise<UploadPackAnswer> {
  const { origin } = new URL(request.url)
  let { url } = request
  for (let hop = 0; ; hop++) {
    const token = new URL(url).origin === origin ? request.token : undefined
    const result = await send({
      method: 'POST',
      url,
      headers: headersFor(request.userAgent, token),
      body: request.body,
      redirect: 'manual',
      onOverload: 'retry',
      isDamaged: (response) => isUploadPackResult(response) && request.isDamaged(response),
    })
    const next = result.kind === 'response' ? redirectOf(result, url, isUploadPack) : undefined
    if (next === undefined || hop === MOST_HOPS) return { result, url }
    url = next
  }
}

function isUploadPack(path: string): boolean {
  return path.endsWith('/git-upload-pack')
}

/** Whether a response is the protocol's at all, rather than a page about something else. */
export function isUploadPackResult({ status, headers }: TransportResponse): boolean {
  return status === 200 && headers.get('content-type') === `${TYPE}-result`
}

function headersFor(userAgent: string, token: Token | undefined): Record<string, string> {
  const headers = {
    accept: `${TYPE}-result`,
    'content-type': `${TYPE}-request`,
    'git-protocol': 'version=2',
    'user-agent': userAgent,
  }
  // Basic, as git itself sends it: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
  return token === undefined
    ? headers
    : { ...headers, authorization: `Basic ${btoa(`x-access-token:${token.reveal()}`)}` }
}
