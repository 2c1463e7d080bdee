import type { FetchResponse } from './fetch.ts'

/** A response with its whole body. Header names are in lower case. */
export interface TransportResponse {
  readonly kind: 'response'
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
  /** The body as UTF-8. */
  readonly text: () => string
}

/** Reads a response to its end. Throws where the connection does not last so long. */
export async function readResponse(response: FetchResponse): Promise<TransportResponse> {
  const body = new Uint8Array(await response.arrayBuffer())
  let text: string | undefined
  return {
    kind: 'response',
    status: response.status,
    headers: new Map(response.headers),
    body,
    text: () => (text ??= new TextDecoder().decode(body)),
  }
}
