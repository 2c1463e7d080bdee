import { usageFault, type Env, type UsageFault } from '../usage.ts'

/** A GitHub: github.com, a tenant of GHE.com, or a GitHub Enterprise Server. URLs have no final slash. */
export interface Host {
  /** As in `https://NAME/owner/repo`; with the port, where it is not the usual one. */
  readonly name: string
  readonly serverUrl: string
  readonly apiUrl: string
  readonly graphqlUrl: string
}

/**
 * The host that the environment names, as GitHub's own runner sets it: `GITHUB_SERVER_URL`,
 * `GITHUB_API_URL` and `GITHUB_GRAPHQL_URL`. What is not set follows from what is; nothing set is github.com.
 */
export function hostFromEnv(env: Env): Host | UsageFault {
  const server = readUrl('GITHUB_SERVER_URL', env['GITHUB_SERVER_URL'])
  const api = readUrl('GITHUB_API_URL', env['GITHUB_API_URL'])
  const graphql = readUrl('GITHUB_GRAPHQL_URL', env['GITHUB_GRAPHQL_URL'])
  for (const url of [server, api, graphql]) if (typeof url === 'object') return url
  return complete(text(server), text(api), text(graphql))
}

/** The host that a person names: `github.com`, `ghe.example.com`, or its URL. */
export function hostFromName(option: string, name: string): Host | UsageFault {
  const url = readUrl(option, name.includes('://') ? name : `https://${name}`)
  if (typeof url === 'object') return url
  return url === undefined || new URL(url).pathname !== '/'
    ? usageFault(`${option} names no host. Give it a name such as github.com.`)
    : complete(url, undefined, undefined)
}

/** Whether the host is github.com or a tenant of GHE.com, rather than a GitHub Enterprise Server. */
export function isHosted(host: Host): boolean {
  const { hostname } = new URL(host.serverUrl)
  return hostname === 'github.com' || isTenant(hostname)
}

function complete(
  server: string | undefined,
  api: string | undefined,
  graphql: string | undefined,
): Host {
  const serverUrl = server ?? serverOf(api ?? graphql ?? 'https://api.github.com')
  const apiUrl = api ?? apiOf(serverUrl, graphql)
  const graphqlUrl = graphql ?? graphqlOf(apiUrl)
  return { name: new URL(serverUrl).host, serverUrl, apiUrl, graphqlUrl }
}

// https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency: the API of SUBDOMAIN.ghe.com is api.SUBDOMAIN.ghe.com.
function serverOf(url: string): string {
  const { protocol, hostname, host, origin, pathname } = new URL(url)
  const onOwnHost = hostname === 'api.github.com' || isTenant(hostname.replace(/^api\./, ''))
  if (onOwnHost) return `${protocol}//${host.replace(/^api\./, '')}`
  return `${origin}${pathname.replace(/\/(?:api\/v3|(?:api\/)?graphql)?$/, '')}`
}

function apiOf(serverUrl: string, graphql: string | undefined): string {
  if (graphql !== undefined && !graphql.endsWith('/api/graphql'))
    return graphql.replace(/\/graphql$/, '')
  const { protocol, hostname, host } = new URL(serverUrl)
  return hostname === 'github.com' || isTenant(hostname)
    ? `${protocol}//api.${host}`
    : `${serverUrl}/api/v3`
}

function graphqlOf(apiUrl: string): string {
  return apiUrl.endsWith('/api/v3') ? apiUrl.replace(/v3$/, 'graphql') : `${apiUrl}/graphql`
}

function isTenant(hostname: string): boolean {
  return /^[^.]+\.ghe\.com$/.test(hostname)
}

/** Unset and empty are the same, as for GitHub's own tools. The fault does not repeat the value: it may hold a password. */
function readUrl(name: string, value: string | undefined): string | undefined | UsageFault {
  if (value === undefined || value.trim() === '') return undefined
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return usageFault(`${name} is not an http(s) URL. An example: https://github.example.com`)
  if (url.username !== '' || url.password !== '')
    return usageFault(`${name} must not hold a user name or password. Use --token for the token.`)
  if (url.search !== '' || url.hash !== '')
    return usageFault(`${name} must not have a query or a fragment (? or #).`)
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function text(url: string | undefined | UsageFault): string | undefined {
  return typeof url === 'string' ? url : undefined
}
