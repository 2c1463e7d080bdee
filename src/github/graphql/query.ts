import { createBinding, type Bind, type Query } from './binding.ts'
import { ENTRY_FRAGMENT, manifestFields } from './manifests.ts'
import { aliasOf } from './batch.ts'
import type { Part, TagPage } from './part.ts'

/**
 * One query for many repositories, `r0`, `r1` and so on. Refs are asked for by `ref(qualifiedName:)`, not by a revision
 * expression: git would read a missing `refs/tags/x-g1234567` as "the commit 1234567, as `git describe` writes
 * it".
 */
export function buildQuery(parts: readonly Part[]): Query {
  const { bind, queryOf } = createBinding()
  const fragments: string[] = []
  const fields = parts.map((part, index) => {
    const onCommit = (ref: string): string | undefined => {
      const selected = manifestFields(part, ref, (path) => bind(path, 'String!'))
      if (selected === '') return undefined
      const name = `C${fragments.length}`
      fragments.push(`fragment ${name} on Commit{${selected}}`)
      return name
    }
    return `${aliasOf(index)}:${repository(part, bind, onCommit)}`
  })
  if (fragments.length > 0) fragments.push(ENTRY_FRAGMENT)
  return queryOf(fields.join(''), `${fragmentsFor(parts)}${fragments.join('')}`)
}

/** Makes the fragment for the manifests at a ref, and tells its name; `undefined` where there is none to bring. */
type OnCommit = (ref: string) => string | undefined

function repository(
  { owner, repo, names, oids, lists, defaultBranch }: Part,
  bind: Bind,
  onCommit: OnCommit,
): string {
  const fields = [
    ...names.flatMap((name, n) => {
      const atCommit = peel(onCommit(name))
      const selected = atCommit === '' ? '...R' : `...R target{${atCommit}}`
      return [
        `t${n}:ref(qualifiedName:${bind(`refs/tags/${name}`, 'String!')}){${selected}}`,
        `b${n}:ref(qualifiedName:${bind(`refs/heads/${name}`, 'String!')}){${selected}}`,
      ]
    }),
    ...oids.map(
      (oid, n) => `o${n}:object(oid:${bind(oid, 'GitObjectID!')}){...O${peel(onCommit(oid))}}`,
    ),
    ...lists.map((list, n) => `l${n}:${tags(list, bind)}`),
    ...(defaultBranch === true ? ['d:defaultBranchRef{name target{oid}}'] : []),
  ]
  const address = `owner:${bind(owner, 'String!')},name:${bind(repo, 'String!')}`
  return `repository(${address}){nameWithOwner isPrivate isArchived ${fields.join('')}}`
}

function tags({ prefix, after }: TagPage, bind: Bind): string {
  const query = prefix === undefined ? '' : `,query:${bind(prefix, 'String')}`
  const cursor = after === undefined ? '' : `,after:${bind(after, 'String')}`
  const order = 'orderBy:{field:TAG_COMMIT_DATE,direction:DESC}'
  return `refs(refPrefix:"refs/tags/",first:100,${order}${query}${cursor}){pageInfo{hasNextPage endCursor}nodes{...R}}`
}

// As many tags of tags as one query goes through.
const DEPTH = 4

/** Selects a fragment of the commit that an object is, or peels to. */
function peel(fragment: string | undefined): string {
  if (fragment === undefined) return ''
  const nested = (depth: number): string =>
    `...${fragment}${depth === 0 ? '' : ` ...on Tag{target{${nested(depth - 1)}}}`}`
  return nested(DEPTH)
}

/** An object and, where it is a tag, what it names, through four tags of tags; what lies deeper is asked for by its id. */
function fragmentsFor(parts: readonly Part[]): string {
  if (parts.every(({ names, oids, lists }) => names.length + oids.length + lists.length === 0))
    return ''
  const object = '__typename oid ...on Commit{committedDate}'
  const nested = (depth: number): string =>
    depth === 0 ? object : `${object}...on Tag{target{${nested(depth - 1)}}}`
  const refs = parts.some(({ names, lists }) => names.length + lists.length > 0)
  const fragment = `fragment O on GitObject{${object}...on Tag{tagger{date}target{${nested(DEPTH - 1)}}}}`
  return refs ? `fragment R on Ref{prefix name target{...O}}${fragment}` : fragment
}
