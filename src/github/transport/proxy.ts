import type { Fetch } from './fetch.ts'
import { usageFault, type Env, type UsageFault } from '../usage.ts'

/** The proxies that the environment names. An empty text is none. */
export interface Proxies {
  readonly http: string
  readonly https: string
  /** Hosts to reach directly, as in `NO_PROXY`. */
  readonly except: string
}

/** Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; the lower-case names come first, as for curl. */
export function readProxies(env: Env): Proxies | undefined | UsageFault {
  const http = readProxy(env, 'http_proxy')
  const https = readProxy(env, 'https_proxy')
  if (typeof http === 'object') return http
  if (typeof https === 'object') return https
  if (http === '' && https === '') return undefined
  return { http, https, except: valueOf(env, 'no_proxy') }
}

/**
 * The built-in `fetch`, or undici's with its `EnvHttpProxyAgent` where there is a proxy: the built-in one of
 * Node 20 knows none. undici is loaded only then. Both read `NODE_EXTRA_CA_CERTS`, since Node does.
 */
export async function createFetch(proxies: Proxies | undefined): Promise<Fetch> {
  if (proxies === undefined) return (url, init) => fetch(url, init)
  const undici = await import('undici')
  // Every value is given: the agent would look up those that are missing in the process's environment.
  const dispatcher = new undici.EnvHttpProxyAgent({
    httpProxy: proxies.http,
    httpsProxy: proxies.https,
    noProxy: proxies.except,
    proxyTunnel: false,
  })
  return (url, init) => undici.fetch(url, { ...init, dispatcher })
}

function readProxy(env: Env, name: string): string | UsageFault {
  const value = valueOf(env, name)
  if (value === '') return ''
  const url = value.includes('://') ? value : `http://${value}`
  // The value is not repeated: it may hold a password.
  return URL.canParse(url)
    ? url
    : usageFault(`${name.toUpperCase()} is not a URL. An example: http://proxy.example.com:3128`)
}

function valueOf(env: Env, name: string): string {
  return (env[name] ?? env[name.toUpperCase()] ?? '').trim()
}
