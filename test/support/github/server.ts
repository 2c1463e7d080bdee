import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { someAdvisories, type WorldAdvisory } from './advisories.ts'
import { createBudgets, gitHubLimits, type RateLimits } from './budget.ts'
import { deliver } from './deliver.ts'
import { matchEndpoint, type Match, type Services } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { createEstate } from './estate.ts'
import { createFaults, type Faults } from './faults.ts'
import { createLog, type RequestLog } from './log.ts'
import { problem, text, type Reply } from './reply.ts'
import { readRequest, type GitHubRequest } from './request.ts'
import { createTide } from './tide.ts'
import type { World } from './world.ts'

export interface GitHubOptions {
  readonly worlds: readonly World[]
  /** The one good token. */
  readonly token?: string
  /** Every answer comes this much later. */
  readonly latencyMs?: number
  /** Counts round trips: answers wait until no request has come for a while, and go together. */
  readonly rounds?: boolean
  /** GitHub's own unless told. */
  readonly limits?: Partial<RateLimits>
  /** What its advisory database holds; one entry about an action that nobody uses, unless told. */
  readonly advisories?: readonly WorldAdvisory[]
}

/** A GitHub Enterprise Server on loopback, as far as pinsmith uses one. */
export interface LocalGitHub {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly token: string
  /** Environment that points pinsmith here. The token is not in it. */
  readonly env: Readonly<Record<string, string>>
  readonly requests: RequestLog
  readonly faults: Faults
  close(): Promise<void>
}

export async function startGitHub(options: GitHubOptions): Promise<LocalGitHub> {
  const token = options.token ?? 'test-token-5d1f0c'
  const requests = createLog()
  const faults = createFaults()
  const tide = options.rounds === true ? createTide() : undefined
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.destroy(asError(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${portOf(server.address())}`
  const services: Services = {
    estate: createEstate(options.worlds),
    budgets: createBudgets({ ...gitHubLimits, ...options.limits }),
    advisories: options.advisories ?? someAdvisories,
    url,
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const match = matchEndpoint(endpoints, message.method ?? 'GET', message.url ?? '/')
    const request = await readRequest(message, match?.endpoint.kind ?? 'unknown', token)
    const done = requests.open(request, tide?.round)
    await tide?.turn()
    if (options.latencyMs) await sleep(options.latencyMs)
    const reply = () => answerTo(request, match, services)
    await deliver(response, faults.take(request), reply, done)
  }

  return {
    url,
    token,
    env: {
      GITHUB_SERVER_URL: url,
      GITHUB_API_URL: `${url}/api/v3`,
      GITHUB_GRAPHQL_URL: `${url}/api/graphql`,
    },
    requests,
    faults,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

/** A fault of our own is 500 with the stack, so that a test shows it. */
async function answerTo(
  request: GitHubRequest,
  match: Match | undefined,
  services: Services,
): Promise<Reply> {
  if (!match) {
    return problem(404, `The local GitHub has nothing at ${request.method} ${request.path}`)
  }
  try {
    return await match.endpoint.answer(request, match.params, services)
  } catch (error) {
    return text(500, `The local GitHub failed: ${asError(error).stack}`)
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
