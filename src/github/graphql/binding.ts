export interface Query {
  readonly query: string
  readonly variables: Readonly<Record<string, string | null>>
}

/** Makes a variable of a value, and tells its name. */
export type Bind = (value: string | null, type: string) => string

/** Whatever comes from outside is a variable of the query, never a part of its text. */
export interface Binding {
  readonly bind: Bind
  /** The query around what it selects, once everything is bound. */
  readonly queryOf: (selection: string, fragments: string) => Query
}

export function createBinding(): Binding {
  const variables: Record<string, string | null> = {}
  const types: string[] = []
  return {
    bind: (value, type) => {
      const name = `v${types.length}`
      variables[name] = value
      types.push(`$${name}:${type}`)
      return `$${name}`
    },
    queryOf: (selection, fragments) => {
      const head = types.length === 0 ? 'query' : `query(${types.join(',')})`
      return { query: `${head}{${selection}}${fragments}`, variables }
    },
  }
}
