import { budgetHeaders } from './budget.ts'
import type { Endpoint, Params, Services } from './endpoint.ts'
import { conditional, problem, redirect, samlMessage, type Reply } from './reply.ts'
import type { Repository } from './repository.ts'
import { callerOf, type GitHubRequest } from './request.ts'

/** What an endpoint of a repository answers from. */
export interface RestCall {
  readonly request: GitHubRequest
  readonly params: Params
  readonly repository: Repository
  /** `…/api/v3/repos/OWNER/NAME` */
  readonly base: string
  readonly services: Services
}

/** GET below `/api/v3`; `pattern` is the rest of the path, as a regular expression. */
export function restEndpoint(pattern: string, answer: Endpoint['answer']): Endpoint {
  return { kind: 'rest', method: 'GET', pattern: new RegExp(`^/api/v3${pattern}$`), answer }
}

/** GET below `/repos/OWNER/NAME` and below `/repositories/ID`, where renamed ones redirect to. */
export function repositoryEndpoint(tail: string, answer: (call: RestCall) => Reply): Endpoint {
  const prefix = '/(?:repos/(?<owner>[^/]+)/(?<repo>[^/]+)|repositories/(?<id>[0-9]+))'
  return restEndpoint(`${prefix}(?<tail>${tail})`, (request, params, services) =>
    metered(request, services, () => withRepository(request, params, services, answer)),
  )
}

function withRepository(
  request: GitHubRequest,
  params: Params,
  services: Services,
  answer: (call: RestCall) => Reply,
): Reply {
  const { estate, url } = services
  const caller = callerOf(request)
  const lookup = params('id')
    ? estate.findById(Number(params('id')), caller)
    : estate.find(params('owner'), params('repo'), caller)
  switch (lookup.kind) {
    case 'found': {
      const base = `${url}/api/v3/repos/${lookup.repository.fullName}`
      return answer({ request, params, repository: lookup.repository, base, services })
    }
    case 'renamed': {
      const rest = request.path.slice(request.path.split('/').slice(0, 6).join('/').length)
      const location = `${url}/api/v3/repositories/${lookup.repository.id}${rest}`
      return redirect(location, { message: 'Moved Permanently', url: location })
    }
    case 'saml':
      return problem(403, samlMessage, {
        'x-github-sso': `required; url=${url}/orgs/${lookup.repository.owner}/sso`,
      })
    case 'missing':
      return problem(404, 'Not Found')
  }
}

/** Authentication, the hour's quota and conditional requests, around every answer. */
export function metered(request: GitHubRequest, { budgets }: Services, answer: () => Reply): Reply {
  if (request.authorization === 'bad') return problem(401, 'Bad credentials')
  const caller = callerOf(request)
  const before = budgets.state('core', caller)
  if (before.remaining === 0) {
    const message = 'API rate limit exceeded for 127.0.0.1.'
    return problem(403, message, budgetHeaders(before))
  }
  const reply = conditional(answer(), request.headers['if-none-match'])
  const free = reply.status === 304 && caller === 'user'
  const budget = budgets.spend('core', caller, free ? 0 : 1)
  return { ...reply, headers: { ...reply.headers, ...budgetHeaders(budget) } }
}
