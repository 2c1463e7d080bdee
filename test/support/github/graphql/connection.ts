import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql'
import { GraphObject, numberArg, stringArg, typedError, type Args } from './graph-object.ts'

/**
 * A page of a list, with GitHub's rules: `first` or `last`, at most 100, for a connection whose
 * items are asked for; one that is only counted needs neither.
 */
export function connection<Item>(
  typename: string,
  items: readonly Item[],
  toNode: (item: Item) => GraphObject,
  args: Args,
  info: GraphQLResolveInfo,
): GraphObject {
  checkBounds(args, info)
  const page = pageOf(items.length, args)
  const indexes = Array.from({ length: page.end - page.start }, (_, n) => page.start + n)
  const nodeAt = (index: number) => {
    const item = items[index]
    return item === undefined ? null : toNode(item)
  }
  return new GraphObject(`${typename}Connection`, {
    totalCount: () => items.length,
    nodes: () => indexes.map(nodeAt),
    edges: () =>
      indexes.map(
        (index) =>
          new GraphObject(`${typename}Edge`, {
            cursor: () => cursorOf(index),
            node: () => nodeAt(index),
          }),
      ),
    pageInfo: () =>
      new GraphObject('PageInfo', {
        hasNextPage: () => page.end < items.length,
        hasPreviousPage: () => page.start > 0,
        startCursor: () => (indexes.length > 0 ? cursorOf(page.start) : null),
        endCursor: () => (indexes.length > 0 ? cursorOf(page.end - 1) : null),
      }),
  })
}

function checkBounds(args: Args, info: GraphQLResolveInfo): void {
  const field = info.fieldName
  const [first, last] = [numberArg(args, 'first'), numberArg(args, 'last')]
  if (first === undefined && last === undefined && asksForItems(info)) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`
    throw typedError('MISSING_PAGINATION_BOUNDARIES', message)
  }
  for (const [name, size] of Object.entries({ first, last })) {
    if (size !== undefined && (size < 0 || size > 100)) {
      const message = `Requesting ${size} records on the \`${field}\` connection exceeds the \`${name}\` limit of 100 records.`
      throw typedError('EXCESSIVE_PAGINATION', message)
    }
  }
}

function asksForItems(info: GraphQLResolveInfo): boolean {
  const asks = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return ['nodes', 'edges', 'pageInfo'].includes(selection.name.value)
        case Kind.INLINE_FRAGMENT:
          return asks(selection.selectionSet)
        case Kind.FRAGMENT_SPREAD:
          return asks(info.fragments[selection.name.value]?.selectionSet)
      }
    })
  return info.fieldNodes.some((node) => asks(node.selectionSet))
}

function pageOf(total: number, args: Args): { readonly start: number; readonly end: number } {
  const after = stringArg(args, 'after')
  const before = stringArg(args, 'before')
  const start = after === undefined ? 0 : Math.min(indexOf(after) + 1, total)
  const end = before === undefined ? total : Math.max(Math.min(indexOf(before), total), start)
  const first = numberArg(args, 'first')
  const last = numberArg(args, 'last')
  if (first !== undefined) return { start, end: Math.min(end, start + first) }
  return { start: last === undefined ? start : Math.max(start, end - last), end }
}

/** GitHub's cursors on refs: the position from 1, in base64. */
function cursorOf(index: number): string {
  return Buffer.from(`${index + 1}`).toString('base64url')
}

function indexOf(cursor: string): number {
  const position = Number(Buffer.from(cursor, 'base64url').toString())
  if (!Number.isInteger(position)) {
    throw typedError(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor.`,
    )
  }
  return position - 1
}
