/** As much of `fetch` as is used here, so that the built-in one and undici's both fit. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | null
  readonly redirect: 'follow' | 'manual'
  readonly signal: AbortSignal
}

export interface FetchResponse {
  readonly status: number
  readonly headers: Iterable<[string, string]>
  readonly body: AsyncIterable<Uint8Array> | null
}
