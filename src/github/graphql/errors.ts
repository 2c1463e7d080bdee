import type { RepositoryFailure } from '../../domain/outcome.ts'
import { forbidden, oneLine } from '../transport/failures.ts'
import { field } from '../json.ts'

/** An entry of a GraphQL answer's `errors`, as GitHub writes them. */
export interface GraphqlError {
  /** `NOT_FOUND`, `FORBIDDEN` and others; empty where there is none. */
  readonly type: string
  readonly message: string
  /** From an alias of the query down; empty where the error is the whole query's. */
  readonly path: readonly string[]
  readonly saml: boolean
}

/** Reads `errors`. What is not of the known shape becomes an error of the whole query: it was one, after all. */
export function readErrors(errors: readonly unknown[]): readonly GraphqlError[] {
  return errors.map((error) => {
    const type = field(error, 'type')
    const message = field(error, 'message')
    const path = field(error, 'path')
    return {
      type: typeof type === 'string' ? type : '',
      message: typeof message === 'string' ? oneLine(message) : 'an error without a message',
      path: Array.isArray(path) ? path.map(String) : [],
      saml: field(field(error, 'extensions'), 'saml_failure') === true,
    }
  })
}

/** What an error below a repository's alias says of that repository. */
export function failureOf({ type, message, path, saml }: GraphqlError): RepositoryFailure {
  if (type === 'NOT_FOUND' && path.length === 1) return { kind: 'repository-not-found' }
  return type === 'FORBIDDEN' || saml
    ? forbidden(message, false, saml)
    : { kind: 'broken', detail: `GitHub said: ${message}` }
}
