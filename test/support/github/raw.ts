import { isUtf8 } from 'node:buffer'
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
      const bytes = fileAt(lookup.repository, params('rest'))
      const reply = bytes === undefined ? notFound : file(bytes)
      return conditional(reply, request.headers['if-none-match'])
    }
    case 'renamed': {
      const rest = params('rest').split('/').map(encodeURIComponent).join('/')
      return redirect(`${services.url}/${lookup.repository.fullName}/raw/${rest}`)
    }
  }
}

const notFound = text(404, '404: Not Found')

function file(bytes: Buffer): Reply {
  const type = isUtf8(bytes) ? 'text/plain; charset=utf-8' : 'application/octet-stream'
  return { status: 200, headers: { 'content-type': type }, body: bytes }
}

/** `rest` is a ref, which may hold slashes, and a path: the shortest ref that exists counts. */
function fileAt(repository: Repository, rest: string): Buffer | undefined {
  const parts = rest.split('/')
  for (let split = 1; split < parts.length; split++) {
    const commit = resolveCommit(repository, parts.slice(0, split).join('/'))
    if (!commit) continue
    const object = objectAt(repository, commit, parts.slice(split).join('/'))
    return object?.kind === 'blob' ? object.bytes : undefined
  }
  return undefined
}
