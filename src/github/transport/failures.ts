import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import { field, parseJson } from '../json.ts'
import { networkFault } from './network-fault.ts'
import { limitedUntil, retryAfter } from './rate-limit.ts'
import type { TransportResponse } from './response.ts'

/** What to make of one attempt: its result stands, or another attempt is worth it. */
export type Verdict = { readonly kind: 'take' } | Retry

export interface Retry {
  readonly kind: 'retry'
  /** Not before then, in milliseconds since the epoch, where the host said so. */
  readonly until: number | undefined
  /** A smaller request may be what helps. */
  readonly overload: boolean
}

const TAKE: Verdict = { kind: 'take' }

/** Worth another attempt, soon. */
export const RETRY: Retry = { kind: 'retry', until: undefined, overload: false }

/** Judges a response whoever asked for it. What is left to `take` may still be a refusal. */
export function judgeResponse(
  host: string,
  response: TransportResponse,
  now: number,
): { readonly verdict: Verdict; readonly result: TransportResponse | HostFailure } {
  const limit = limitedUntil(response, now)
  if (limit !== undefined) {
    const detail = saidBy(response) || 'too many requests'
    const result: HostFailure = { kind: 'rate-limited', host, until: limit, detail }
    return { verdict: { ...RETRY, until: limit }, result }
  }
  if (response.status < 500) return { verdict: TAKE, result: response }
  const overload = [502, 503, 504].includes(response.status)
  const until = retryAfter(response.headers, now)
  return { verdict: { kind: 'retry', until, overload }, result: response }
}

/** Judges what a `fetch` threw: no answer came, or only a part of one. */
export function judgeThrown(
  host: string,
  error: unknown,
): { readonly verdict: Verdict; readonly result: HostFailure } {
  const { detail, passing, timeout } = networkFault(error)
  const result: HostFailure = { kind: 'network', host, detail }
  return { verdict: passing ? { ...RETRY, overload: timeout } : TAKE, result }
}

/** An answer that is no answer to what was asked, from a host that should know: the whole host may be unusable. */
export function refusal(host: string, response: TransportResponse): HostFailure {
  const detail = describeAnswer(response)
  return response.status === 401
    ? { kind: 'unauthorized', host, detail }
    : { kind: 'unusable', host, detail }
}

/** What a repository's own status says. 401 is GitHub's word for a repository that a caller without a token may not know of. */
export function repositoryRefusal(response: TransportResponse): RepositoryFailure {
  switch (response.status) {
    case 401:
    case 404:
    case 410:
      return { kind: 'repository-not-found' }
    case 403:
    case 451:
      return forbidden(describeAnswer(response), response.status === 451)
    default:
      return { kind: 'broken', detail: describeAnswer(response) }
  }
}

/** Tells the kinds of "you may not" apart by GitHub's words; GraphQL's `extensions` may have told before. */
export function forbidden(detail: string, blocked = false, saml = false): RepositoryFailure {
  const reason =
    saml || /\bSAML\b/.test(detail)
      ? 'saml'
      : blocked || /DMCA|access blocked|has been disabled|unavailable due to/i.test(detail)
        ? 'blocked'
        : 'permission'
  return { kind: 'forbidden', reason, detail }
}

/** A few words on why a repository could not be asked. */
export function describeRepositoryFailure(failure: RepositoryFailure): string {
  switch (failure.kind) {
    case 'repository-not-found':
      return 'the repository was not found'
    case 'forbidden':
    case 'broken':
      return failure.detail
  }
}

/** One line on why a host could not be asked, and when it can be. */
export function describeFailure(failure: HostFailure): string {
  const until =
    failure.kind === 'rate-limited' && failure.until !== undefined
      ? `; it will answer again at ${new Date(failure.until).toISOString()}`
      : ''
  return `${failure.host}: ${failure.detail}${until}`
}

/** One line on a response that was not understood: its status, and what it says of itself. */
export function describeAnswer(response: TransportResponse): string {
  const said = saidBy(response)
  return said === '' ? `HTTP status ${response.status}` : `HTTP status ${response.status}: ${said}`
}

/** A text from outside as part of a message: one line, no control characters, not endless. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`
}

function saidBy(response: TransportResponse): string {
  const type = response.headers.get('content-type') ?? ''
  const text = response.text()
  if (type.includes('html')) return 'a web page, where data was expected (a proxy or a login page?)'
  return oneLine(
    type.includes('json')
      ? (messageOf(text) ?? '')
      : type === '' || type.startsWith('text/')
        ? text
        : '',
  )
}

function messageOf(text: string): string | undefined {
  const message = field(parseJson(text), 'message')
  return typeof message === 'string' ? message : undefined
}
