import { Kind, visit, type ASTNode, type DocumentNode, type GraphQLError } from 'graphql'

/** An error in the shape GitHub gives it: its `type` beside the message, not in `extensions`. */
export function formatError(error: GraphQLError): object {
  const { type, ...extensions } = error.extensions
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path ? { path: error.path } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    ...(error.locations ? { locations: error.locations } : {}),
    message: error.message,
  }
}

/**
 * The error of a query that was refused before it ran. GitHub's words for an unknown field, and its
 * path, which is one in the document (`["query", "a", "nope"]`) and not one in the data.
 */
export function formatRefusal(document: DocumentNode, error: GraphQLError): object {
  const unknown = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message)
  const [, fieldName, typeName] = unknown ?? []
  const node = error.nodes?.[0]
  return {
    ...(node ? { path: documentPath(document, node) } : {}),
    ...(unknown ? { extensions: { code: 'undefinedField', typeName, fieldName } } : {}),
    ...(error.locations ? { locations: error.locations } : {}),
    message: unknown ? `Field '${fieldName}' doesn't exist on type '${typeName}'` : error.message,
  }
}

function documentPath(document: DocumentNode, node: ASTNode): string[] {
  const trail: string[] = []
  let found: string[] = []
  visit(document, {
    enter(visited) {
      const step = stepOf(visited)
      if (step !== undefined) trail.push(step)
      if (visited === node) found = [...trail]
    },
    leave(visited) {
      if (stepOf(visited) !== undefined) trail.pop()
    },
  })
  return found
}

function stepOf(node: ASTNode): string | undefined {
  if (node.kind === Kind.OPERATION_DEFINITION) {
    return node.name ? `${node.operation} ${node.name.value}` : node.operation
  }
  if (node.kind === Kind.FRAGMENT_DEFINITION) return `fragment ${node.name.value}`
  if (node.kind === Kind.INLINE_FRAGMENT) {
    return node.typeCondition ? `... on ${node.typeCondition.name.value}` : '...'
  }
  if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value
  return undefined
}
