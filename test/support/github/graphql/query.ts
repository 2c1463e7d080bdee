import type { WorldAdvisory } from '../advisories.ts'
import type { Budget } from '../budget.ts'
import type { Caller, Estate } from '../estate.ts'
import { samlMessage } from '../reply.ts'
import type { Repository } from '../repository.ts'
import { objectById, resolveRevision } from '../revision.ts'
import { vulnerabilitiesConnection } from './advisories.ts'
import { GraphObject, nodeId, stringArg, typedError, type Args } from './graph-object.ts'
import type { QuerySize } from './limits.ts'
import { gitObject } from './objects.ts'
import { findRef, refObject, refsConnection } from './refs.ts'

export interface QueryContext {
  readonly estate: Estate
  readonly caller: Caller
  readonly url: string
  readonly advisories: readonly WorldAdvisory[]
  readonly size: QuerySize
  /** After this query. */
  readonly budget: Budget
}

/** The root of every query. */
export function queryObject(context: QueryContext): GraphObject {
  return new GraphObject('Query', {
    repository: (args) => repositoryObject(findRepository(args, context), context.url),
    securityVulnerabilities: (args, info) =>
      vulnerabilitiesConnection(context.advisories, args, info),
    rateLimit: () => rateLimitObject(context),
    viewer: () => new GraphObject('User', { login: () => 'octocat' }),
  })
}

function findRepository(args: Args, { estate, caller }: QueryContext): Repository {
  const owner = stringArg(args, 'owner') ?? ''
  const name = stringArg(args, 'name') ?? ''
  const lookup = estate.find(owner, name, caller)
  const followed = args['followRenames'] !== false
  if (lookup.kind === 'saml') throw typedError('FORBIDDEN', samlMessage, { saml_failure: true })
  if (lookup.kind === 'missing' || (lookup.kind === 'renamed' && !followed)) {
    const message = `Could not resolve to a Repository with the name '${owner}/${name}'.`
    throw typedError('NOT_FOUND', message)
  }
  return lookup.repository
}

function repositoryObject(repository: Repository, url: string): GraphObject {
  const { world } = repository
  const head = repository.ref(`refs/heads/${repository.defaultBranch}`)
  return new GraphObject('Repository', {
    id: () => nodeId('R', repository.id),
    databaseId: () => repository.id,
    name: () => repository.name,
    nameWithOwner: () => repository.fullName,
    owner: () => new GraphObject('Organization', { login: () => repository.owner }),
    url: () => `${url}/${repository.fullName}`,
    isArchived: () => world.archived ?? false,
    isPrivate: () => world.private ?? false,
    visibility: () => (world.private ? 'PRIVATE' : 'PUBLIC'),
    defaultBranchRef: () => (head ? refObject(repository, head) : null),
    ref: (args) => {
      const ref = findRef(repository, stringArg(args, 'qualifiedName') ?? '')
      return ref ? refObject(repository, ref) : null
    },
    refs: (args, info) => refsConnection(repository, args, info),
    object: (args) => {
      const oid = stringArg(args, 'oid')
      const expression = stringArg(args, 'expression') ?? ''
      const object = oid ? objectById(repository, oid) : resolveRevision(repository, expression)
      return object ? gitObject(repository, object) : null
    },
  })
}

function rateLimitObject({ budget, size }: QueryContext): GraphObject {
  return new GraphObject('RateLimit', {
    cost: () => size.cost,
    nodeCount: () => size.nodes,
    limit: () => budget.limit,
    remaining: () => budget.remaining,
    used: () => budget.used,
    resetAt: () => new Date(budget.reset * 1000).toISOString().replace('.000', ''),
  })
}
