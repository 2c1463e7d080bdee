import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql'

export type Args = Readonly<Record<string, unknown>>

/** Works out one field of an object when it is asked for. */
export type Field = (args: Args, info: GraphQLResolveInfo) => unknown

/** An object of the schema: its type, and the fields of it that the local GitHub knows. */
export class GraphObject {
  readonly typename: string
  readonly fields: Readonly<Record<string, Field>>

  constructor(typename: string, fields: Readonly<Record<string, Field>>) {
    this.typename = typename
    this.fields = fields
  }
}

/** A field that GitHub has and we do not is an error that says so, never a null. */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, _, info) => {
  const field = source instanceof GraphObject ? source.fields[info.fieldName] : undefined
  if (field) return field(args, info)
  throw new GraphQLError(
    `The local GitHub does not imitate ${info.parentType.name}.${info.fieldName}`,
  )
}

export function typeOf(source: unknown): string | undefined {
  return source instanceof GraphObject ? source.typename : undefined
}

/** An argument that the schema already checked to be a string, or `undefined`. */
export function stringArg(args: Args, name: string): string | undefined {
  const value = args[name]
  return typeof value === 'string' ? value : undefined
}

export function numberArg(args: Args, name: string): number | undefined {
  const value = args[name]
  return typeof value === 'number' ? value : undefined
}

/** A field's error with GitHub's `type` beside the message; see `formatError`. */
export function typedError(type: string, message: string, extensions: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { type, ...extensions } })
}

/** A made-up node id. */
export function nodeId(prefix: string, ...parts: readonly (string | number)[]): string {
  return `${prefix}_${Buffer.from(parts.join(':')).toString('base64url')}`
}
