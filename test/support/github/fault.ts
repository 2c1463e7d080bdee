import { Kind, parse } from 'graphql'
import { json, problem, type Reply } from './reply.ts'
import type { GitHubRequest } from './request.ts'

/** Everything that can go wrong with one request. */
export type Fault =
  /** Answered with this, whatever was asked. */
  | { readonly kind: 'answer'; readonly reply: Reply }
  /** The true answer, late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is reset before a byte of an answer. */
  | { readonly kind: 'reset' }
  /** The true answer, but the connection breaks in the middle of the announced length. */
  | { readonly kind: 'cut' }
  /** The first half of the true answer, announced as the whole of it. */
  | { readonly kind: 'truncate' }

export function delay(ms: number): Fault {
  return { kind: 'delay', ms }
}

export const reset: Fault = { kind: 'reset' }
export const cut: Fault = { kind: 'cut' }
export const truncate: Fault = { kind: 'truncate' }

export function answer(
  status: number,
  body: string | object = '',
  headers: Reply['headers'] = {},
): Fault {
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json'
  const content = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    kind: 'answer',
    reply: { status, headers: { 'content-type': type, ...headers }, body: content },
  }
}

/** GitHub's page with the unicorn, or a proxy's login page: HTML where data was due. */
export function html(status = 200): Fault {
  return answer(status, '<!DOCTYPE html><html><body><h1>Whoa there!</h1></body></html>')
}

export function redirectTo(location: string, status = 302): Fault {
  return answer(status, '', { location })
}

/** 429, with or without the seconds after which it works again. */
export function tooManyRequests(retryAfter?: number): Fault {
  const headers = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }
  return { kind: 'answer', reply: problem(429, 'Too many requests', headers) }
}

/** 403 with an empty quota. `resetAt`: seconds since 1970. */
export function quotaExhausted(resetAt: number): Fault {
  const headers = {
    'x-ratelimit-limit': '60',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-used': '60',
    'x-ratelimit-reset': `${resetAt}`,
  }
  return { kind: 'answer', reply: problem(403, 'API rate limit exceeded for 127.0.0.1.', headers) }
}

/** 403 with quota left: GitHub's limit on speed. */
export function secondaryLimit(retryAfter?: number): Fault {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  const headers = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }
  return {
    kind: 'answer',
    reply: problem(403, message, { 'x-ratelimit-remaining': '4000', ...headers }),
  }
}

/** A GraphQL answer of 200 whose error has no path: the whole query's. */
export function wholeQueryError(
  message = 'Something went wrong while executing your query.',
  type?: string,
): Fault {
  const error = type === undefined ? { message } : { type, message }
  return { kind: 'answer', reply: json(200, { data: null, errors: [error] }) }
}

/** For `when`: a query of more than so many fields at its top. GitHub answers 502 to such. */
export function moreAliasesThan(limit: number): (request: GitHubRequest) => boolean {
  return ({ graphql }) => {
    if (!graphql) return false
    const operations = parse(graphql.query).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [],
    )
    return operations.some(({ selectionSet }) => selectionSet.selections.length > limit)
  }
}
