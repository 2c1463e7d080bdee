import type { Part, TagPage } from './graphql-part.ts'

export interface Query {
  readonly query: string
  readonly variables: Readonly<Record<string, string | null>>
}

/**
 * One query for many repositories, `r0`, `r1` and so on. Refs are asked for by `ref(qualifiedName:)`, not by a revision
 * expression: git would read a missing `refs/tags/x-g1234567` as "the commit 1234567, as `git describe` writes
 * it". Whatever comes from outside is a variable.
 */
export function buildQuery(parts: readonly Part[]): Query {
  const variables: Record<string, string | null> = {}
  const types: string[] = []
  const bind = (value: string | null, type: string): string => {
    const name = `v${types.length}`
    variables[name] = value
    types.push(`$${name}:${type}`)
    return `$${name}`
  }
  const fields = parts.map((part, index) => `${aliasOf(index)}:${repository(part, bind)}`)
  const query = `query(${types.join(',')}){${fields.join('')}}${fragmentsFor(parts)}`
  return { query, variables }
}

export function aliasOf(index: number): string {
  return `r${index}`
}

type Bind = (value: string | null, type: string) => string

function repository({ owner, repo, names, oids, lists }: Part, bind: Bind): string {
  const fields = [
    ...names.map(
      (name, n) => `t${n}:ref(qualifiedName:${bind(`refs/tags/${name}`, 'String!')}){...R}`,
    ),
    ...names.map(
      (name, n) => `b${n}:ref(qualifiedName:${bind(`refs/heads/${name}`, 'String!')}){...R}`,
    ),
    ...oids.map((oid, n) => `o${n}:object(oid:${bind(oid, 'GitObjectID!')}){...O}`),
    ...lists.map((list, n) => `l${n}:${tags(list, bind)}`),
  ]
  const address = `owner:${bind(owner, 'String!')},name:${bind(repo, 'String!')}`
  return `repository(${address}){nameWithOwner ${fields.join('')}}`
}

function tags({ prefix, after }: TagPage, bind: Bind): string {
  const query = prefix === undefined ? '' : `,query:${bind(prefix, 'String')}`
  const cursor = after === undefined ? '' : `,after:${bind(after, 'String')}`
  const order = 'orderBy:{field:TAG_COMMIT_DATE,direction:DESC}'
  return `refs(refPrefix:"refs/tags/",first:100,${order}${query}${cursor}){pageInfo{hasNextPage endCursor}nodes{...R}}`
}

/** An object and, where it is a tag, what it names, through four tags of tags; what lies deeper is asked for by its id. */
function fragmentsFor(parts: readonly Part[]): string {
  if (parts.every(({ names, oids, lists }) => names.length + oids.length + lists.length === 0))
    return ''
  const object = '__typename oid ...on Commit{committedDate}'
  const nested = (depth: number): string =>
    depth === 0 ? object : `${object}...on Tag{target{${nested(depth - 1)}}}`
  const refs = parts.some(({ names, lists }) => names.length + lists.length > 0)
  const fragment = `fragment O on GitObject{${object}...on Tag{tagger{date}target{${nested(3)}}}}`
  return refs ? `fragment R on Ref{prefix name target{...O}}${fragment}` : fragment
}
