import { standing } from './history.ts'
import { json, problem, type Reply } from './reply.ts'
import type { RestCall } from './rest-endpoint.ts'
import { resolveCommit } from './revision.ts'

/** `GET /repos/OWNER/NAME/compare/BASE...HEAD`; how many commits lie between is made up. */
export function compare({ params, repository, base: url }: RestCall): Reply {
  const [base, head] = [params('base'), params('head')]
  const [from, to] = [resolveCommit(repository, base), resolveCommit(repository, head)]
  if (!from || !to) return problem(404, 'Not Found')
  const status = standing(repository, from.oid, to.oid)
  if (!status) return problem(404, `No common ancestor between ${base} and ${head}.`)
  return json(200, {
    url: `${url}/compare/${base}...${head}`,
    base_commit: { sha: from.oid },
    status,
    ahead_by: status === 'ahead' || status === 'diverged' ? 1 : 0,
    behind_by: status === 'behind' || status === 'diverged' ? 1 : 0,
    total_commits: status === 'ahead' || status === 'diverged' ? 1 : 0,
    commits: [],
  })
}
