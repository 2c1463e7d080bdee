import { MOST_HOPS, redirectOf } from './redirect.ts'
import type { Token } from '../token/token.ts'
import type { Send, TransportRequest, TransportResult } from './transport.ts'

export interface GetRequest extends Pick<
  TransportRequest,
  'url' | 'headers' | 'mostBytes' | 'timeout' | 'isDamaged'
> {
  readonly token: Token | undefined
  /** Whether a redirect to this decoded path leads to the same thing. */
  readonly isSame: (path: string) => boolean
}

/** Where an answer came from in the end: a redirect tells that there is something, whatever it leads to. */
export interface GetAnswer {
  readonly result: TransportResult
  readonly url: string
  /** Whether the token was sent there. */
  readonly withToken: boolean
}

/** Gets something, through redirects to the same thing. The token goes no further than the origin it was given for. */
export async function get(send: Send, request: GetRequest): Promise<GetAnswer> {
  const { token: given, isSame, headers, ...rest } = request
  const { origin } = new URL(request.url)
  let { url } = request
  for (let hop = 0; ; hop++) {
    const token = new URL(url).origin === origin ? given : undefined
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }
    const result = await send({
      ...rest,
      method: 'GET',
      url,
      headers: { ...headers, ...authorization },
      body: null,
      redirect: 'manual',
      onOverload: 'retry',
    })
    const next = result.kind === 'response' ? redirectOf(result, url, isSame) : undefined
    if (next === undefined || hop === MOST_HOPS)
      return { result, url, withToken: token !== undefined }
    url = next
  }
}
