import type { Endpoint } from './endpoint.ts'
import { isWithin } from './history.ts'
import { json, redirect, text } from './reply.ts'
import type { Repository } from './repository.ts'
import { callerOf } from './request.ts'

/** The undocumented page behind "this commit belongs to …" on a commit's web page. */
export const webEndpoints: readonly Endpoint[] = [
  {
    kind: 'web',
    method: 'GET',
    pattern: /^\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/branch_commits\/(?<sha>[^/]+)$/,
    answer(request, params, { estate, url }) {
      const lookup = estate.find(params('owner'), params('repo'), callerOf(request))
      if (lookup.kind === 'missing') return text(404, 'Not Found')
      const { repository } = lookup
      if (lookup.kind === 'renamed') {
        return redirect(`${url}/${repository.fullName}/branch_commits/${params('sha')}`)
      }
      const reaching = namesReaching(repository, params('sha'))
      if (!reaching) return text(404, 'Not Found')
      if (request.headers['accept']?.includes('application/json')) return json(200, reaching)
      return text(200, '<!DOCTYPE html><ul></ul>', { 'content-type': 'text/html; charset=utf-8' })
    },
  },
]

interface Reaching {
  readonly branches: readonly { readonly branch: string; readonly prs: readonly never[] }[]
  readonly tags: readonly string[]
}

/** Every branch and tag whose history holds the commit; `undefined` where there is no such commit. */
function namesReaching(repository: Repository, sha: string): Reaching | undefined {
  if (!repository.commit(sha)) return undefined
  const below = (prefix: string) =>
    repository.refs
      .filter(({ fullName }) => fullName.startsWith(prefix))
      .filter(({ commit }) => isWithin(repository, sha, commit))
      .map(({ fullName }) => fullName.slice(prefix.length))
  const branches = below('refs/heads/').map((branch) => ({ branch, prs: [] }))
  return { branches, tags: below('refs/tags/') }
}
