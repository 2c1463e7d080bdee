import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { Caller } from './estate.ts'

export type RequestKind = 'graphql' | 'rest' | 'git' | 'raw' | 'web' | 'tarball' | 'unknown'

/** A request as it came, body unpacked. */
export interface GitHubRequest {
  readonly kind: RequestKind
  readonly method: string
  /** Path and query, as sent. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly authorization: 'none' | 'good' | 'bad'
  readonly body: Buffer
  /** What a GraphQL request asks, if its body could be read. */
  readonly graphql?: GraphQLRequest
}

export interface GraphQLRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

export async function readRequest(
  message: IncomingMessage,
  kind: RequestKind,
  token: string,
): Promise<GitHubRequest> {
  const body = await readBody(message)
  const graphql = kind === 'graphql' ? parseGraphQL(body) : undefined
  return {
    kind,
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    headers: headersOf(message),
    authorization: judge(message.headers.authorization, token),
    body,
    ...(graphql ? { graphql } : {}),
  }
}

export function callerOf(request: GitHubRequest): Caller {
  switch (request.authorization) {
    case 'none':
      return 'anonymous'
    case 'good':
      return 'user'
    case 'bad':
      return 'stranger'
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  const body = Buffer.concat(chunks)
  return message.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

function headersOf(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
}

/** The token counts as `Bearer`, as `token`, and as the password of `Basic`. */
function judge(header: string | undefined, token: string): GitHubRequest['authorization'] {
  if (!header) return 'none'
  const [scheme = '', value = ''] = header.split(' ')
  const basic = scheme.toLowerCase() === 'basic'
  const secret = basic
    ? Buffer.from(value, 'base64')
        .toString()
        .replace(/^[^:]*:/, '')
    : value
  return secret === token ? 'good' : 'bad'
}

function parseGraphQL(body: Buffer): GraphQLRequest | undefined {
  const value = parseJson(body.toString())
  if (!isRecord(value) || typeof value['query'] !== 'string') return undefined
  const variables = isRecord(value['variables']) ? value['variables'] : {}
  const name = value['operationName']
  return {
    query: value['query'],
    variables,
    ...(typeof name === 'string' ? { operationName: name } : {}),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
