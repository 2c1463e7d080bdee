import { execute, getOperationAST, parse, validate, GraphQLError, type DocumentNode } from 'graphql'
import { budgetHeaders, type Budget } from '../budget.ts'
import type { Endpoint, Services } from '../endpoint.ts'
import { json, problem, type Reply } from '../reply.ts'
import { callerOf, type GitHubRequest, type GraphQLRequest } from '../request.ts'
import { formatError, formatRefusal } from './errors.ts'
import { resolveField, typeOf } from './graph-object.ts'
import { maxNodes, measureQuery } from './limits.ts'
import { queryObject } from './query.ts'
import { gitHubSchema } from './schema.ts'

export const graphqlEndpoints: readonly Endpoint[] = [
  {
    kind: 'graphql',
    method: 'POST',
    pattern: /^\/(?:api\/)?graphql$/,
    answer: (request, _, services) => answerGraphQL(request, services),
  },
]

async function answerGraphQL(request: GitHubRequest, services: Services): Promise<Reply> {
  switch (request.authorization) {
    case 'none':
      return problem(401, 'This endpoint requires you to be authenticated.')
    case 'bad':
      return problem(401, 'Bad credentials')
    case 'good':
      return request.graphql
        ? run(request, request.graphql, services)
        : problem(400, 'A query attribute must be specified and must be a string.')
  }
}

async function run(
  request: GitHubRequest,
  { query, variables, operationName }: GraphQLRequest,
  { estate, budgets, advisories, url }: Services,
): Promise<Reply> {
  const caller = callerOf(request)
  const before = budgets.state('graphql', caller)
  const schema = gitHubSchema()
  const read = readQuery(query)
  if (read.kind === 'refused') return reply(before, { errors: read.errors })
  const { document } = read
  const operation = getOperationAST(document, operationName)
  if (!operation) return reply(before, { errors: [{ message: 'No operation to run.' }] })
  const size = measureQuery(schema, document, operation, variables)
  if (size.nodes > maxNodes) return reply(before, { errors: [tooManyNodes(size.nodes)] })
  if (before.remaining < size.cost) return reply(before, { errors: [rateLimited] })
  const budget = budgets.spend('graphql', caller, size.cost)
  const result = await execute({
    schema,
    document,
    rootValue: queryObject({ estate, caller, url, advisories, size, budget }),
    variableValues: variables,
    operationName: operationName ?? null,
    fieldResolver: resolveField,
    typeResolver: typeOf,
  })
  const errors = result.errors ? { errors: result.errors.map(formatError) } : {}
  return reply(budget, { ...('data' in result ? { data: result.data } : {}), ...errors })
}

type ReadQuery =
  | { readonly kind: 'document'; readonly document: DocumentNode }
  | { readonly kind: 'refused'; readonly errors: readonly object[] }

const known = new Map<string, ReadQuery>()

/** Parses and validates a query, each text once: what a text is does not depend on who asks. */
function readQuery(query: string): ReadQuery {
  const earlier = known.get(query)
  if (earlier !== undefined) return earlier
  const read = readNewQuery(query)
  known.set(query, read)
  return read
}

function readNewQuery(query: string): ReadQuery {
  const document = parseQuery(query)
  if (document instanceof GraphQLError) return { kind: 'refused', errors: [formatError(document)] }
  const refusals = validate(gitHubSchema(), document)
  return refusals.length > 0
    ? { kind: 'refused', errors: refusals.map((error) => formatRefusal(document, error)) }
    : { kind: 'document', document }
}

function parseQuery(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function tooManyNodes(nodes: number): object {
  const [some, most] = [nodes.toLocaleString('en-US'), maxNodes.toLocaleString('en-US')]
  const message = `This query requests up to ${some} possible nodes which exceeds the maximum limit of ${most}.`
  return { type: 'MAX_NODE_LIMIT_EXCEEDED', message }
}

const rateLimited = { type: 'RATE_LIMITED', message: 'API rate limit exceeded for user ID 1.' }

/** GitHub answers 200 to all of these. */
function reply(budget: Budget, body: object): Reply {
  return json(200, body, budgetHeaders(budget))
}
