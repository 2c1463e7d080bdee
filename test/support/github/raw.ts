import type { Endpoint, Params, Services } from './endpoint.ts'
import { objectAt } from './git-object.ts'
import { conditional, redirect, text, type Reply } from './reply.ts'
import type { Repository } from './repository.ts'
import { callerOf, type GitHubRequest } from './request.ts'
import { resolveCommit } from './revision.ts'

/** A file's text, without API: what raw.githubusercontent.com is to github.com. */
export const rawEndpoints: readonly Endpoint[] = [
  rawEndpoint(/^\/raw\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/(?<rest>.+)$/),
  rawEndpoint(/^\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/raw\/(?<rest>.+)$/),
]

function rawEndpoint(pattern: RegExp): Endpoint {
  return { kind: 'raw', method: 'GET', pattern, answer: answerRaw }
}

function answerRaw(request: GitHubRequest, params: Params, services: Services): Reply {
  const lookup = services.estate.find(params('owner'), params('repo'), callerOf(request))
  switch (lookup.kind) {
    case 'missing':
      return notFound
    case 'saml':
    case 'found': {
      const content = fileText(lookup.repository, params('rest'))
      const reply = content === undefined ? notFound : text(200, content)
      return conditional(reply, request.headers['if-none-match'])
    }
    case 'renamed': {
      const rest = params('rest').split('/').map(encodeURIComponent).join('/')
      return redirect(`${services.url}/${lookup.repository.fullName}/raw/${rest}`)
    }
  }
}

const notFound = text(404, '404: Not Found')

/** `rest` is a ref, which may hold slashes, and a path: the shortest ref that exists counts. */
function fileText(repository: Repository, rest: string): string | undefined {
  const parts = rest.split('/')
  for (let split = 1; split < parts.length; split++) {
    const commit = resolveCommit(repository, parts.slice(0, split).join('/'))
    if (!commit) continue
    const object = objectAt(repository, commit, parts.slice(split).join('/'))
    return object?.kind === 'blob' ? object.text : undefined
  }
  return undefined
}
