import type { Endpoint } from './endpoint.ts'
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

/**
 * A world knows tips, not history. A commit that is no tip, but is not known for a stranger
 * either, is taken to lie on the default branch.
 */
function namesReaching(repository: Repository, sha: string): Reaching | undefined {
  if (!repository.commit(sha)) return undefined
  const at = (prefix: string) =>
    repository.refs
      .filter(({ commit, fullName }) => commit === sha && fullName.startsWith(prefix))
      .map(({ fullName }) => fullName.slice(prefix.length))
  const tags = at('refs/tags/')
  const heads = at('refs/heads/')
  const below = heads.length + tags.length === 0 && !isStranger(repository, sha)
  const branches = below ? [repository.defaultBranch] : heads
  return { branches: branches.map((branch) => ({ branch, prs: [] })), tags }
}

function isStranger({ world }: Repository, sha: string): boolean {
  return (
    world.referenced?.[sha]?.reachable === false ||
    (world.pull_only ?? []).some((pull) => pull.sha === sha)
  )
}
