import type { FetchResponse } from './fetch.ts'

/** A response with its whole body. Header names are in lower case. */
export interface TransportResponse {
  readonly kind: 'response'
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array
  /** The body is longer than was allowed for, and only its beginning was read. */
  readonly isCut: boolean
  /** The body as UTF-8. */
  readonly text: () => string
}

/** Reads a response to its end, or just over `mostBytes`. Throws where the connection does not last so long. */
export async function readResponse(
  response: FetchResponse,
  mostBytes: number,
): Promise<TransportResponse> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > mostBytes) break
  }
  const body = Buffer.concat(chunks)
  let text: string | undefined
  return {
    kind: 'response',
    status: response.status,
    headers: new Map(response.headers),
    body,
    isCut: length > mostBytes,
    text: () => (text ??= new TextDecoder().decode(body)),
  }
}
