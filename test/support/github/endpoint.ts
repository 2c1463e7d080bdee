import type { WorldAdvisory } from './advisories.ts'
import type { Budgets } from './budget.ts'
import type { Estate } from './estate.ts'
import type { Reply } from './reply.ts'
import type { GitHubRequest, RequestKind } from './request.ts'

/** What every endpoint answers from. */
export interface Services {
  readonly estate: Estate
  readonly budgets: Budgets
  readonly advisories: readonly WorldAdvisory[]
  /** `http://127.0.0.1:PORT` */
  readonly url: string
}

/** The named groups of the pattern, decoded; a group that did not take part is ''. */
export type Params = (name: string) => string

export interface Endpoint {
  readonly kind: Exclude<RequestKind, 'unknown'>
  readonly method: 'GET' | 'POST'
  /** Matched against the whole path, still encoded, without the query. */
  readonly pattern: RegExp
  answer(request: GitHubRequest, params: Params, services: Services): Reply | Promise<Reply>
}

export interface Match {
  readonly endpoint: Endpoint
  readonly params: Params
}

export function matchEndpoint(
  endpoints: readonly Endpoint[],
  method: string,
  path: string,
): Match | undefined {
  const pathname = path.split('?')[0] ?? ''
  for (const endpoint of endpoints) {
    const groups = endpoint.method === method && endpoint.pattern.exec(pathname)
    if (groups) return { endpoint, params: (name) => decode(groups.groups?.[name] ?? '') }
  }
  return undefined
}

/** The search parameters of a request's path. */
export function searchOf(request: GitHubRequest): URLSearchParams {
  return new URL(request.path, 'http://localhost').searchParams
}

/** A malformed escape stands for itself: it names nothing, and that is answered as such. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
