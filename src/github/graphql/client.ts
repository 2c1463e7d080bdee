import { describeAnswer, refusal } from '../transport/failures.ts'
import type { HostFailure } from '../../domain/outcome.ts'
import type { Host } from '../connection/hosts.ts'
import { isBrokenJson } from '../json.ts'
import type { TransportResponse } from '../transport/response.ts'
import type { Token } from '../token/token.ts'
import type { Send, TransportRequest, TransportResult } from '../transport/transport.ts'

interface GraphqlRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, string | null>>
  readonly onOverload: TransportRequest['onOverload']
}

/** Nothing of `data` and `errors` has been checked. `overload`: too much for the host at this moment. */
type GraphqlReply =
  | { readonly kind: 'reply'; readonly data: unknown; readonly errors: readonly unknown[] }
  | { readonly kind: 'overload'; readonly detail: string }
  | HostFailure

export type AskGraphql = (request: GraphqlRequest) => Promise<GraphqlReply>

export interface GraphqlClientOptions {
  readonly host: Host
  readonly token: Token
  readonly send: Send
  readonly userAgent: string
}

/** Asks a host's GraphQL through Octokit, which is loaded at the first question. */
export function createGraphqlClient(options: GraphqlClientOptions): AskGraphql {
  const { host, send } = options
  let loading: ReturnType<typeof loadGraphql> | undefined
  return async ({ query, variables, onOverload }) => {
    const graphql = await (loading ??= loadGraphql(options))
    let result: TransportResult | undefined
    const fetch = async (url: string, init: OctokitInit): Promise<Response> => {
      const { headers, body } = init
      const how = { method: 'POST', redirect: 'follow', isDamaged: isBrokenJson } as const
      result = await send({ ...how, url, headers, body, onOverload })
      if (result.kind !== 'response') throw new Error(result.kind)
      return toResponse(result)
    }
    try {
      const data: unknown = await graphql(query, { ...variables, request: { fetch } })
      if (typeof data === 'object' && data !== null) return { kind: 'reply', data, errors: [] }
    } catch (error) {
      if (isGraphqlError(error)) return { kind: 'reply', data: error.data, errors: error.errors }
      if (result === undefined) throw error
    }
    return readFailure(host, result)
  }
}

interface OctokitInit {
  readonly headers: Record<string, string>
  readonly body: string
}

/**
 * Octokit takes the GraphQL URL from an Enterprise Server's `baseUrl` whatever `url` says, so it gets a `baseUrl`
 * that does not look like one.
 */
async function loadGraphql({ host, token, userAgent }: GraphqlClientOptions) {
  const { Octokit } = await import('@octokit/rest')
  const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
  const octokit = new Octokit({ auth: token.reveal(), userAgent, log: silent })
  return octokit.graphql.defaults({
    baseUrl: new URL(host.graphqlUrl).origin,
    url: host.graphqlUrl,
  })
}

function ignore(): void {}

/** What the transport got says more than what Octokit threw about it. */
function readFailure(host: Host, result: TransportResult | undefined): GraphqlReply {
  if (result?.kind !== 'response')
    return result ?? { kind: 'unusable', host: host.name, detail: 'no answer' }
  if (result.status >= 500 || result.status === 413)
    return { kind: 'overload', detail: describeAnswer(result) }
  if (result.status === 404) {
    const detail = `there is no GraphQL at ${host.graphqlUrl}; check GITHUB_GRAPHQL_URL`
    return { kind: 'unusable', host: host.name, detail }
  }
  if (result.status === 200) {
    const detail = `the answer is not what GraphQL answers (${describeAnswer(result)})`
    return { kind: 'unusable', host: host.name, detail }
  }
  return refusal(host.name, result)
}

function toResponse({ status, headers, body }: TransportResponse): Response {
  const empty = [204, 205, 304].includes(status)
  return new Response(empty ? null : body, { status, headers: [...headers] })
}

/** `GraphqlResponseError` of `@octokit/graphql`, which `@octokit/rest` does not export. */
function isGraphqlError(
  error: unknown,
): error is { readonly data: unknown; readonly errors: readonly unknown[] } {
  return (
    error instanceof Error &&
    error.name === 'GraphqlResponseError' &&
    'data' in error &&
    'errors' in error &&
    Array.isArray(error.errors)
  )
}
