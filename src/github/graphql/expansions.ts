import type { ShortenedCommit } from '../../resolve/connection.ts'
import { NO_EXPANSION, readExpansion, type ExpansionRead } from '../expansion-read.ts'
import { askEach } from './batch.ts'
import type { AskGraphql } from './client.ts'
import { failureOf } from './errors.ts'
import { field } from '../json.ts'

const BATCH = 50

/** Which commits shortened SHAs are of, by GraphQL: one answer to each, in their order. */
export function expandByGraphql(
  ask: AskGraphql,
  host: string,
  shortened: readonly ShortenedCommit[],
): Promise<readonly ExpansionRead[]> {
  return askEach<ShortenedCommit, ExpansionRead>(ask, host, shortened, {
    size: BATCH,
    select: ({ owner, repo, digits }, bind) => {
      const address = `owner:${bind(owner, 'String!')},name:${bind(repo, 'String!')}`
      // As a revision that must be a commit: then no tree and no file that begins so makes it ambiguous.
      const expression = bind(`${digits}^{commit}`, 'String!')
      return `repository(${address}){object(expression:${expression}){__typename oid}}`
    },
    read: ({ digits }, repository, [error]) => {
      if (error !== undefined) return failureOf(error)
      const object = field(repository, 'object')
      if (object === null) return NO_EXPANSION
      const isCommit = field(object, '__typename') === 'Commit'
      const read = isCommit ? readExpansion(field(object, 'oid'), digits) : undefined
      return read ?? LACKING
    },
  })
}

const LACKING: ExpansionRead = {
  kind: 'broken',
  detail: 'the answer lacks what was asked for, without an error',
}
