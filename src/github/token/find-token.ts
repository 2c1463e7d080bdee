import { isHosted, type Host } from '../connection/hosts.ts'
import type { AskGh } from './gh.ts'
import { parseToken, type Token } from './token.ts'
import { usageFault, type Env, type UsageFault } from '../usage.ts'

// As in `gh help environment`: these are for a GitHub Enterprise Server alone.
const ENTERPRISE = ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN']
const COMMON = ['GITHUB_TOKEN', 'GH_TOKEN']

/**
 * The token for the host that the environment names: `--token`, then `GITHUB_TOKEN`, `GH_TOKEN` (for an Enterprise
 * Server first `GH_ENTERPRISE_TOKEN`, `GITHUB_ENTERPRISE_TOKEN`), then what `gh auth token` has for that host.
 */
export async function findToken(
  host: Host,
  option: string | undefined,
  env: Env,
  gh: AskGh,
): Promise<Token | undefined | UsageFault> {
  if (option !== undefined) return readOption('--token', option)
  return (
    firstOf(isHosted(host) ? COMMON : [...ENTERPRISE, ...COMMON], env) ??
    parseToken('What `gh auth token` printed', (await gh(hostname(host), env)) ?? '')
  )
}

/**
 * The token for a second host. The environment's common variables belong to the first one (in a workflow on an
 * Enterprise Server `GITHUB_TOKEN` is that server's), and a token goes to no host but its own. Only
 * where an enterprise variable is set beside it does `GH_TOKEN` mean github.com, as for `gh` itself.
 */
export async function findSecondToken(
  host: Host,
  option: string | undefined,
  env: Env,
  gh: AskGh,
): Promise<Token | undefined | UsageFault> {
  if (option !== undefined) return readOption('--fallback-token', option)
  const enterprise = ENTERPRISE.some((name) => (env[name] ?? '').trim() !== '')
  const names = isHosted(host) ? (enterprise ? ['GH_TOKEN'] : []) : ENTERPRISE
  // `gh` prints the variables' tokens too, so it is asked without them.
  const own = {
    ...env,
    ...Object.fromEntries([...ENTERPRISE, ...COMMON].map((name) => [name, ''])),
  }
  return (
    firstOf(names, env) ??
    parseToken('What `gh auth token` printed', (await gh(hostname(host), own)) ?? '')
  )
}

function readOption(name: string, text: string): Token | UsageFault {
  return (
    parseToken(name, text) ??
    usageFault(`${name} is empty. Leave it out to go without a token, or give it one.`)
  )
}

function firstOf(names: readonly string[], env: Env): Token | undefined | UsageFault {
  for (const name of names) {
    const token = parseToken(name, env[name] ?? '')
    if (token !== undefined) return token
  }
  return undefined
}

function hostname(host: Host): string {
  return new URL(host.serverUrl).hostname
}
