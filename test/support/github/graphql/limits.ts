import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** The most nodes one query may be able to return. */
export const maxNodes = 500_000

export interface QuerySize {
  /** How many nodes it could return at most. */
  readonly nodes: number
  /** Points it takes from the hour's budget. */
  readonly cost: number
}

type Variables = Readonly<Record<string, unknown>>

/**
 * The size of a valid query by GitHub's rules, before it is run: a connection's page size times
 * those of the connections around it, summed; and one request for each page around a connection.
 * https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function measureQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): QuerySize {
  const variables = { ...defaultsOf(operation), ...given }
  const fragments = fragmentsOf(document)
  let nodes = 0
  let requests = 0

  function measure(set: SelectionSetNode, parent: GraphQLNamedType, pages: number): void {
    for (const selection of set.selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          measureField(selection, parent, pages)
          break
        case Kind.INLINE_FRAGMENT: {
          const condition = selection.typeCondition?.name.value
          const type = condition === undefined ? parent : schema.getType(condition)
          measure(selection.selectionSet, type ?? parent, pages)
          break
        }
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value)
          const type = fragment && schema.getType(fragment.typeCondition.name.value)
          if (fragment && type) measure(fragment.selectionSet, type, pages)
        }
      }
    }
  }

  function measureField(field: FieldNode, parent: GraphQLNamedType, pages: number): void {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return
    const definition = parent.getFields()[field.name.value]
    const type = definition && getNamedType(definition.type)
    if (!type || !isCompositeType(type) || !field.selectionSet) return
    if (!type.name.endsWith('Connection')) return measure(field.selectionSet, type, pages)
    const size = pageSize(field, variables)
    requests += pages
    nodes += pages * size
    measure(field.selectionSet, type, pages * size)
  }

  const root = schema.getRootType(operation.operation)
  if (root) measure(operation.selectionSet, root, 1)
  return { nodes, cost: Math.max(1, Math.round(requests / 100)) }
}

function pageSize(field: FieldNode, variables: Variables): number {
  const sizes = (field.arguments ?? [])
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => valueFromASTUntyped(value, variables))
  const size = sizes.find((value) => typeof value === 'number')
  return typeof size === 'number' ? size : 0
}

function defaultsOf(operation: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  )
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
}
