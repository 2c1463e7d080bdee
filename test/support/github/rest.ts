import type { Endpoint } from './endpoint.ts'
import { json, problem, type Reply } from './reply.ts'
import { callerOf } from './request.ts'
import { advisoriesEndpoint } from './rest-advisories.ts'
import { compare } from './rest-compare.ts'
import { contents } from './rest-contents.ts'
import { repositoryEndpoint, restEndpoint, type RestCall } from './rest-endpoint.ts'
import { resolveCommit } from './revision.ts'

export const restEndpoints: readonly Endpoint[] = [
  restEndpoint('/meta', () =>
    json(200, { verifiable_password_authentication: false, installed_version: '3.19.0' }),
  ),
  restEndpoint('/rate_limit', (request, _, { budgets }) => {
    if (request.authorization === 'bad') return problem(401, 'Bad credentials')
    const core = budgets.state('core', callerOf(request))
    const graphql = budgets.state('graphql', callerOf(request))
    return json(200, { resources: { core, graphql }, rate: core })
  }),
  advisoriesEndpoint,
  repositoryEndpoint('', repositoryJson),
  repositoryEndpoint('/compare/(?<base>.+)\\.\\.\\.(?<head>.+)', compare),
  repositoryEndpoint('/commits/(?<ref>.+)', commit),
  repositoryEndpoint('/git/matching-refs/(?<ref>.+)', matchingRefs),
  repositoryEndpoint('/git/ref/(?<ref>.+)', singleRef),
  repositoryEndpoint('/git/tags/(?<sha>[^/]+)', tag),
  repositoryEndpoint('/contents(?:/(?<path>.*))?', contents),
]

function repositoryJson({ repository, base }: RestCall): Reply {
  const { world } = repository
  return json(200, {
    id: repository.id,
    name: repository.name,
    full_name: repository.fullName,
    owner: { login: repository.owner },
    private: world.private ?? false,
    archived: world.archived ?? false,
    default_branch: repository.defaultBranch,
    url: base,
  })
}

/** Succeeds for every commit of the fork network, as GitHub's does. */
function commit({ request, params, repository, base }: RestCall): Reply {
  const found = resolveCommit(repository, params('ref'))
  if (!found) return problem(422, `No commit found for SHA: ${params('ref')}`)
  const { oid, date, tree } = found
  if (request.headers['accept']?.includes('application/vnd.github.sha')) {
    const type = 'application/vnd.github.sha; charset=utf-8'
    return { status: 200, headers: { 'content-type': type, etag: `"${oid}"` }, body: oid }
  }
  const person = { name: 'octocat', email: 'octocat@example.com', date }
  return json(200, {
    sha: oid,
    url: `${base}/commits/${oid}`,
    commit: {
      author: person,
      committer: person,
      message: `Commit ${oid.slice(0, 7)}`,
      tree: { sha: tree, url: `${base}/git/trees/${tree}` },
    },
  })
}

function matchingRefs(call: RestCall): Reply {
  const prefix = `refs/${call.params('ref')}`
  const refs = call.repository.refs.filter(({ fullName }) => fullName.startsWith(prefix))
  return json(
    200,
    refs.map(({ fullName }) => refJson(call, fullName)),
  )
}

function singleRef(call: RestCall): Reply {
  const ref = refJson(call, `refs/${call.params('ref')}`)
  return ref ? json(200, ref) : problem(404, 'Not Found')
}

function refJson({ repository, base }: RestCall, fullName: string): object | undefined {
  const ref = repository.ref(fullName)
  if (!ref) return undefined
  const object = objectJson(base, ref.object, repository.tag(ref.object) ? 'tag' : 'commit')
  return { ref: fullName, url: `${base}/git/${fullName}`, object }
}

function tag({ params, repository, base }: RestCall): Reply {
  const found = repository.tag(params('sha'))
  if (!found) return problem(404, 'Not Found')
  const target = objectJson(base, found.target, repository.tag(found.target) ? 'tag' : 'commit')
  return json(200, {
    sha: found.oid,
    tag: found.name,
    message: `${found.name}\n`,
    url: `${base}/git/tags/${found.oid}`,
    object: target,
  })
}

function objectJson(base: string, sha: string, type: 'tag' | 'commit'): object {
  return { type, sha, url: `${base}/git/${type}s/${sha}` }
}
