import { platform } from 'node:os'
import type { Connection } from '../../resolve/connection.ts'
import type { GitHub } from '../../resolve/port.ts'
import { cachePath } from '../cache/folder.ts'
import { withStore } from '../cache/cached.ts'
import { systemClock, type Clock } from './clock.ts'
import { noFacts, type FactStore } from '../cache/fact-store.ts'
import { withFallback } from './fallback.ts'
import { findSecondToken, findToken } from '../token/find-token.ts'
import { askGh, type AskGh } from '../token/gh.ts'
import { hostFromEnv, hostFromName, type Host } from './hosts.ts'
import { noStore, type ManifestStore } from '../cache/manifest-store.ts'
import { readProxies } from '../transport/proxy.ts'
import type { Token } from '../token/token.ts'
import { usageFault, type Env, type UsageFault } from '../usage.ts'

/** How to reach GitHub. */
export interface ConnectOptions {
  readonly env: Env
  /** `--token` */
  readonly token: string | undefined
  /** `--resolver`; `undefined`: GraphQL with a token, git without. */
  readonly resolver: 'api' | 'git' | undefined
  /** `--fallback-host`: where to look for repositories that the first host does not have. */
  readonly fallbackHost: string | undefined
  /** The fallback host's token. */
  readonly fallbackToken?: string
  /** The longest wait for a rate limit, in milliseconds. */
  readonly maxWait: number
  /** `--no-cache`: nothing is taken from the disk nor kept on it. */
  readonly cache?: 'off' | undefined
  /** pinsmith's own version, for the user agent. */
  readonly version: string
  readonly clock?: Clock
  readonly gh?: AskGh
}

/**
 * Makes the port to the GitHub that the options and the environment name. Sends nothing, and loads no network library:
 * that comes with the first question.
 */
export async function connect(options: ConnectOptions): Promise<Connection | UsageFault> {
  const { env, resolver, fallbackHost, gh = askGh } = options
  const host = hostFromEnv(env)
  if (isFault(host)) return host
  const token = await findToken(host, options.token, env, gh)
  if (isFault(token)) return token
  if (resolver === 'api' && token === undefined)
    return usageFault(
      `--resolver api needs a token for ${host.name}. Set GITHUB_TOKEN, run \`gh auth login\`, or use --resolver git.`,
    )
  const first = await openHost(options, host, token, resolver)
  if (isFault(first) || fallbackHost === undefined) return first
  const second = hostFromName('--fallback-host', fallbackHost)
  if (isFault(second)) return second
  if (second.name === host.name) return first
  const secondToken = await findSecondToken(second, options.fallbackToken, env, gh)
  if (isFault(secondToken)) return secondToken
  // `--resolver api` is about the first host: the second may well have to do without a token.
  const how = secondToken === undefined ? 'git' : resolver
  const fallback = await openHost(options, second, secondToken, how)
  return isFault(fallback) ? fallback : withFallback(first, fallback)
}

async function openHost(
  options: ConnectOptions,
  host: Host,
  token: Token | undefined,
  resolver: ConnectOptions['resolver'],
): Promise<Connection | UsageFault> {
  const proxies = readProxies(options.env)
  if (isFault(proxies)) return proxies
  const { maxWait, clock = systemClock } = options
  const userAgent = `pinsmith/${options.version}`
  const loadKept = once(() => openKept(options, host, clock))
  const loadClients = once(async () => {
    const { openClients } = await import('./clients.ts')
    const kept = await loadKept()
    return openClients({ host, token, resolver, proxies, maxWait, clock, userAgent, ...kept })
  })
  const clients: GitHub = { lookUp: async (questions) => (await loadClients()).lookUp(questions) }
  return {
    lookUp: async (questions) => withStore(clients, (await loadKept()).store).lookUp(questions),
    readArchive: async (at) => (await loadClients()).readArchive(at),
    readDates: async (commits) => (await loadClients()).readDates(commits),
    expandShas: async (shortened) => (await loadClients()).expandShas(shortened),
    findReach: async (questions) => (await loadClients()).findReach(questions),
    readAdvisories: async () => (await loadClients()).readAdvisories(),
  }
}

/** What is known from earlier. */
interface Kept {
  readonly store: ManifestStore
  readonly facts: FactStore
}

async function openKept({ env, cache }: ConnectOptions, host: Host, clock: Clock): Promise<Kept> {
  const folder = cache === 'off' ? undefined : cachePath(env, platform())
  if (folder === undefined) return { store: noStore, facts: noFacts }
  const [{ openCache }, { openFacts }] = await Promise.all([
    import('../cache/store.ts'),
    import('../cache/facts.ts'),
  ])
  return {
    store: openCache(folder, host.serverUrl),
    facts: openFacts(folder, host.serverUrl, clock),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function isFault(value: object | undefined): value is UsageFault {
  return value !== undefined && 'kind' in value && value.kind === 'usage'
}
