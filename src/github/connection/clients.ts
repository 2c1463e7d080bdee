import type { Connection } from '../../resolve/connection.ts'
import type { GitHub } from '../../resolve/port.ts'
import { createAdvisoryReader } from '../advisories.ts'
import { createArchiveReader } from '../archive/archive.ts'
import type { Clock } from './clock.ts'
import { createDateReader } from '../commit-dates.ts'
import { createExpander } from '../expand.ts'
import type { FactStore } from '../cache/fact-store.ts'
import type { Fetch } from '../transport/fetch.ts'
import { createGitClient } from '../git/git.ts'
import { createGraphqlClient } from '../graphql/client.ts'
import { createGraphqlPort } from '../graphql/graphql.ts'
import type { Host } from './hosts.ts'
import type { HostTools } from './host-tools.ts'
import { createContentsReader } from '../manifest/file-reader.ts'
import type { ManifestStore } from '../cache/manifest-store.ts'
import { createFetch, type Proxies } from '../transport/proxy.ts'
import { createReachFinder } from '../reach/reach.ts'
import { withoutToken } from '../token/redact.ts'
import type { Token } from '../token/token.ts'
import { createTransport } from '../transport/transport.ts'

export interface ClientOptions {
  readonly host: Host
  readonly token: Token | undefined
  readonly resolver: 'api' | 'git' | undefined
  readonly proxies: Proxies | undefined
  readonly maxWait: number
  readonly clock: Clock
  readonly userAgent: string
  readonly store: ManifestStore
  readonly facts: FactStore
}

/** Everything that can be asked of one host. */
export function openClients(options: ClientOptions): Connection {
  const { host, token, resolver, proxies, maxWait, clock, userAgent, facts } = options
  let fetching: Promise<Fetch> | undefined
  const fetch = (): Promise<Fetch> => (fetching ??= createFetch(proxies))
  const send = createTransport({ fetch, clock, maxWait })
  const ask =
    token === undefined || resolver === 'git'
      ? undefined
      : createGraphqlClient({ host, token, send, userAgent })
  const tools: HostTools = { host, send, token, ask, userAgent, facts }
  return withoutToken(
    {
      ...openPort(tools, options.store),
      readArchive: createArchiveReader(tools),
      readDates: createDateReader(tools),
      expandShas: createExpander(tools),
      findReach: createReachFinder(tools),
      readAdvisories: createAdvisoryReader(tools),
    },
    token,
  )
}

/** GraphQL where there is a token, unless git was asked for. */
function openPort({ host, send, token, ask, userAgent }: HostTools, store: ManifestStore): GitHub {
  if (token === undefined || ask === undefined)
    return createGitClient({ host, send, token, userAgent, store })
  const anonymous = createGitClient({ host, send, token: undefined, userAgent, store })
  const readFile = createContentsReader({ host, send, userAgent }, token)
  return createGraphqlPort({ ask, host: host.name, anonymous, readFile, store })
}
