import type { HostFailure } from '../../domain/outcome.ts'
import { get } from '../transport/get.ts'
import type { HostTools } from '../connection/host-tools.ts'
import { field, isBrokenJson, parseJson } from '../json.ts'
import type { RepositoryName } from '../cache/manifest-store.ts'
import { repositoryPath } from '../repository-path.ts'
import type { TransportResponse } from '../transport/response.ts'
import type { Token } from '../token/token.ts'

/** An answer of the REST API, of any status. */
export interface RestAnswer {
  readonly kind: 'answer'
  readonly response: TransportResponse
  /** The body as JSON; `undefined` where it is none. */
  readonly value: unknown
  /** Nobody's token was needed for it. */
  readonly isOpen: boolean
}

/** Asks the REST API for something below `apiUrl`. */
export interface Rest {
  /** `path` begins with `/`. */
  readonly ask: (path: string) => Promise<RestAnswer | HostFailure>
  /** `tail` is the part of the path after `/repos/OWNER/REPO`: a renamed repository answers from a path that ends so. */
  readonly askRepository: (
    repository: RepositoryName,
    tail: string,
  ) => Promise<RestAnswer | HostFailure>
}

/**
 * Asks with the token, where there is one. A token can be what stands in the way, as with an organization that did not authorize it:
 * so a refusal is checked against asking without, and what that tells is the answer. A wrong token is a failure of the host.
 * https://docs.github.com/rest
 */
export function createRest({ host, send, token, userAgent }: HostTools): Rest {
  const askOnce = async (
    path: string,
    tail: string,
    given: Token | undefined,
  ): Promise<RestAnswer | HostFailure> => {
    const { result, withToken } = await get(send, {
      url: `${host.apiUrl}${path}`,
      headers: { 'user-agent': userAgent, accept: 'application/vnd.github+json' },
      token: given,
      isSame: (to) => to.endsWith(decodeURIComponent(tail.split('?')[0] ?? '')),
      isDamaged: isBrokenJson,
    })
    switch (result.kind) {
      case 'response':
        return result.status === 401 && withToken
          ? { kind: 'unauthorized', host: host.name, detail: 'the host refused the token' }
          : {
              kind: 'answer',
              response: result,
              value: parseJson(result.text()),
              isOpen: given === undefined,
            }
      case 'overload':
        return { ...result, kind: 'network', host: host.name }
      case 'network':
      case 'unauthorized':
      case 'rate-limited':
      case 'unusable':
        return result
    }
  }
  const ask = async (path: string, tail: string): Promise<RestAnswer | HostFailure> => {
    const answer = await askOnce(path, tail, token)
    const isRefused = answer.kind === 'answer' && answer.response.status === 403
    if (token === undefined || !isRefused) return answer
    const open = await askOnce(path, tail, undefined)
    return open.kind === 'answer' && isTelling(open) ? open : answer
  }
  return {
    ask: (path) => ask(path, path),
    askRepository: (repository, tail) => ask(`/repos/${repositoryPath(repository)}${tail}`, tail),
  }
}

/** Whether an answer is one about what was asked, and not the words for what nobody may see without a token. */
function isTelling({ response, value }: RestAnswer): boolean {
  const { status } = response
  return status === 200 || status === 422 || (status === 404 && field(value, 'message') !== HIDDEN)
}

const HIDDEN = 'Not Found'
