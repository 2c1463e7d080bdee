import type { HostFailure, RepositoryFailure } from '../domain/outcome.ts'
import type { GitHub, RepositoryRefs } from '../resolve/port.ts'
import type { Token } from './token.ts'

/** The same port, whose messages do not hold the token even where the host's own words repeat it. */
export function withoutToken(port: GitHub, token: Token | undefined): GitHub {
  if (token === undefined) return port
  return {
    lookUp: async (questions) => {
      const answers = await port.lookUp(questions)
      if (answers.kind !== 'answers') return redact(answers, token)
      const entries = [...answers.repositories].map(
        ([key, result]) => [key, redact(result, token)] as const,
      )
      return { kind: 'answers', repositories: new Map(entries) }
    },
  }
}

function redact<T extends RepositoryRefs | RepositoryFailure | HostFailure>(
  result: T,
  token: Token,
): T {
  return 'detail' in result
    ? { ...result, detail: result.detail.replaceAll(token.reveal(), '[token]') }
    : result
}
