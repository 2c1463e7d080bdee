import { platform } from 'node:os'
import type { GitHub } from '../resolve/port.ts'
import { cachePath } from './cache-folder.ts'
import { withStore } from './cached.ts'
import { systemClock, type Clock } from './clock.ts'
import { withFallback } from './fallback.ts'
import { findSecondToken, findToken } from './find-token.ts'
import { askGh, type AskGh } from './gh.ts'
import { hostFromEnv, hostFromName, type Host } from './hosts.ts'
import { noStore, type ManifestStore } from './manifest-store.ts'
import { readProxies } from './proxy.ts'
import type { Token } from './token.ts'
import { usageFault, type Env, type UsageFault } from './usage.ts'

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
  /** `--no-cache`: manifests are neither taken from the disk nor kept on it. */
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
export async function connect(options: ConnectOptions): Promise<GitHub | UsageFault> {
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
): Promise<GitHub | UsageFault> {
  const proxies = readProxies(options.env)
  if (isFault(proxies)) return proxies
  const { maxWait, clock = systemClock } = options
  const userAgent = `pinsmith/${options.version}`
  const loadStore = once(() => openStore(options, host))
  const loadClients = once(async () => {
    const { openClients } = await import('./clients.ts')
    const store = await loadStore()
    return openClients({ host, token, resolver, proxies, maxWait, clock, userAgent, store })
  })
  const clients: GitHub = { lookUp: async (questions) => (await loadClients()).lookUp(questions) }
  return { lookUp: async (questions) => withStore(clients, await loadStore()).lookUp(questions) }
}

async function openStore({ env, cache }: ConnectOptions, host: Host): Promise<ManifestStore> {
  const folder = cache === 'off' ? undefined : cachePath(env, platform())
  if (folder === undefined) return noStore
  const { openCache } = await import('./cache-store.ts')
  return openCache(folder, host.serverUrl)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function isFault(value: object | undefined): value is UsageFault {
  return value !== undefined && 'kind' in value && value.kind === 'usage'
}
