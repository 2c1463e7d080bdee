import type { RepositoryCommit } from '../../resolve/connection.ts'
import { NO_COMMIT, readDate, type DateRead } from '../date-read.ts'
import { askEach } from './batch.ts'
import type { AskGraphql } from './client.ts'
import { failureOf } from './errors.ts'
import { field } from '../json.ts'

// A commit costs GitHub less than a ref with its tags does.
const BATCH = 50

/** When commits were made, by GraphQL: one answer to each, in their order. */
export function readDatesByGraphql(
  ask: AskGraphql,
  host: string,
  commits: readonly RepositoryCommit[],
): Promise<readonly DateRead[]> {
  return askEach<RepositoryCommit, DateRead>(ask, host, commits, {
    size: BATCH,
    select: ({ owner, repo, commit }, bind) => {
      const address = `owner:${bind(owner, 'String!')},name:${bind(repo, 'String!')}`
      const object = `object(oid:${bind(commit, 'GitObjectID!')}){oid ...on Commit{committedDate}}`
      return `repository(${address}){isPrivate ${object}}`
    },
    read: ({ commit }, repository, [error]) => {
      if (error !== undefined) return failureOf(error)
      const object = field(repository, 'object')
      if (object === null) return NO_COMMIT
      return field(object, 'oid') === commit
        ? readDate(field(object, 'committedDate'), field(repository, 'isPrivate') === false)
        : { kind: 'broken', detail: 'the answer lacks what was asked for, without an error' }
    },
  })
}
