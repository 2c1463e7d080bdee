import type { GitHub } from '../resolve/port.ts'
import type { Clock } from './clock.ts'
import type { Fetch } from './fetch.ts'
import { createGitClient } from './git.ts'
import { createGraphqlClient } from './graphql-client.ts'
import { createGraphqlPort } from './graphql.ts'
import type { Host } from './hosts.ts'
import { createContentsReader } from './file-reader.ts'
import type { ManifestStore } from './manifest-store.ts'
import { createFetch, type Proxies } from './proxy.ts'
import { withoutToken } from './redact.ts'
import type { Token } from './token.ts'
import { createTransport } from './transport.ts'

export interface ClientOptions {
  readonly host: Host
  readonly token: Token | undefined
  readonly resolver: 'api' | 'git' | undefined
  readonly proxies: Proxies | undefined
  readonly maxWait: number
  readonly clock: Clock
  readonly userAgent: string
  readonly store: ManifestStore
}

/** The port to one host: GraphQL where there is a token, unless git was asked for. */
export function openClients(options: ClientOptions): GitHub {
  const { host, token, resolver, proxies, maxWait, clock, userAgent, store } = options
  let fetching: Promise<Fetch> | undefined
  const fetch = (): Promise<Fetch> => (fetching ??= createFetch(proxies))
  const send = createTransport({ fetch, clock, maxWait })
  if (token === undefined || resolver === 'git')
    return withoutToken(createGitClient({ host, send, token, userAgent, store }), token)
  const anonymous = createGitClient({ host, send, token: undefined, userAgent, store })
  const readFile = createContentsReader({ host, send, userAgent }, token)
  const ask = createGraphqlClient({ host, token, send, userAgent })
  return withoutToken(
    createGraphqlPort({ ask, host: host.name, anonymous, readFile, store }),
    token,
  )
}
