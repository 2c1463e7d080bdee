import type { GraphQLResolveInfo } from 'graphql'
import { standing } from '../history.ts'
import type { Ref, Repository } from '../repository.ts'
import { objectById, resolveCommit } from '../revision.ts'
import { connection } from './connection.ts'
import { GraphObject, nodeId, stringArg, type Args } from './graph-object.ts'
import { gitObject } from './objects.ts'

/** `Repository.refs` */
export function refsConnection(
  repository: Repository,
  args: Args,
  info: GraphQLResolveInfo,
): GraphObject {
  const prefix = stringArg(args, 'refPrefix') ?? ''
  const query = stringArg(args, 'query')?.toLowerCase() ?? ''
  const refs = repository.refs.filter(
    ({ fullName }) =>
      fullName.startsWith(prefix) && fullName.slice(prefix.length).toLowerCase().includes(query),
  )
  const ordered = sortRefs(repository, refs, orderOf(args))
  return connection('Ref', ordered, (ref) => refObject(repository, ref, prefix), args, info)
}

/** `Repository.ref`: a full name, else a short one; GitHub tries branches first. */
export function findRef(repository: Repository, name: string): Ref | undefined {
  return [name, `refs/heads/${name}`, `refs/tags/${name}`]
    .map((candidate) => repository.ref(candidate))
    .find((ref) => ref !== undefined)
}

export function refObject(
  repository: Repository,
  ref: Ref,
  prefix: string = /^refs\/[^/]+\//.exec(ref.fullName)?.[0] ?? '',
): GraphObject {
  return new GraphObject('Ref', {
    id: () => nodeId('REF', repository.id, ref.fullName),
    name: () => ref.fullName.slice(prefix.length),
    prefix: () => prefix,
    compare: (args) => comparison(repository, ref, stringArg(args, 'headRef') ?? ''),
    target: () => {
      const object = objectById(repository, ref.object)
      return object ? gitObject(repository, object) : null
    },
  })
}

/** `Ref.compare`: the ref is the base. */
function comparison(repository: Repository, ref: Ref, headRef: string): GraphObject | null {
  const head = resolveCommit(repository, headRef)
  const status = head && standing(repository, ref.commit, head.oid)
  if (!status) return null
  return new GraphObject('Comparison', { status: () => status.toUpperCase() })
}

interface Order {
  readonly field: string
  readonly direction: string
}

function orderOf(args: Args): Order {
  const value = args['orderBy']
  if (typeof value !== 'object' || value === null)
    return { field: 'ALPHABETICAL', direction: 'ASC' }
  const field = 'field' in value ? String(value.field) : 'ALPHABETICAL'
  return { field, direction: 'direction' in value ? String(value.direction) : 'ASC' }
}

/** The refs come in alphabetical order; the sort is stable, so that is the order of equal dates. */
function sortRefs(repository: Repository, refs: readonly Ref[], order: Order): readonly Ref[] {
  const sign = order.direction === 'DESC' ? -1 : 1
  if (order.field === 'ALPHABETICAL') return sign > 0 ? refs : refs.toReversed()
  const dated = refs.map((ref) => ({ ref, date: repository.commit(ref.commit)?.date ?? '' }))
  return dated
    .toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -sign : sign))
    .map(({ ref }) => ref)
}
