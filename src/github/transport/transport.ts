import pRetry from 'p-retry'
import type { HostFailure } from '../../domain/outcome.ts'
import type { Clock } from '../connection/clock.ts'
import { judgeResponse, judgeThrown, RETRY, type Verdict } from './failures.ts'
import type { Fetch } from './fetch.ts'
import { readResponse, type TransportResponse } from './response.ts'

export interface TransportRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  readonly redirect: 'follow' | 'manual'
  /** `smaller`: an overloaded host's 502, 503, 504 or silence goes back at once, since the caller can ask for less. */
  readonly onOverload: 'retry' | 'smaller'
  /** How much of a body to read; all of it unless told. */
  readonly mostBytes?: number
  /** The longest time for one attempt, in milliseconds, where the usual one is too short. */
  readonly timeout?: number
  /** Whether a response came damaged, so that another attempt may bring a better one. */
  readonly isDamaged?: (response: TransportResponse) => boolean | Promise<boolean>
}

/** A response of any status, or why none came. `overload`: no answer in time, where the caller can ask for less. */
export type TransportResult =
  | TransportResponse
  | HostFailure
  | { readonly kind: 'overload'; readonly detail: string }

/** The one way out: whatever goes to a host goes through here. Never throws for what the network does. */
export type Send = (request: TransportRequest) => Promise<TransportResult>

export interface TransportOptions {
  /** Asked for once per request, so that it may load what it needs late. */
  readonly fetch: () => Promise<Fetch>
  readonly clock: Clock
  /** The longest time to wait for rate limits during one request, in milliseconds. */
  readonly maxWait: number
  /** The longest time for one attempt, in milliseconds. */
  readonly timeout?: number
  /** Between 0 and 1: keeps many clients from coming back together. */
  readonly random?: () => number
}

const RETRIES = 4
const FIRST_DELAY = 500

/**
 * Sends requests, reads their whole bodies, and tries again what may fare better: a connection cut at any point,
 * an overloaded host, a rate limit that passes within `maxWait`. A longer one is given up at once.
 */
export function createTransport(options: TransportOptions): Send {
  const { clock, maxWait, timeout = 30_000, random = Math.random } = options
  return async (request) => {
    const fetch = await options.fetch()
    let limitLeft = maxWait
    const once = async (number: number): Promise<TransportResult> => {
      const { verdict, result } = await attempt(fetch, request, timeout, clock)
      if (verdict.kind === 'take') return result
      if (verdict.overload && request.onOverload === 'smaller') return asOverload(result)
      const backoff = FIRST_DELAY * 2 ** (number - 1) * (0.5 + random() / 2)
      const told = Math.max(0, (verdict.until ?? 0) - clock.now())
      limitLeft -= told
      if (limitLeft < 0) return result
      throw new Unfinished(result, Math.max(backoff, told))
    }
    try {
      return await pRetry(once, {
        retries: RETRIES,
        // The waiting is done in `onFailedAttempt`, by the clock that was handed in.
        minTimeout: 0,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (error instanceof Unfinished && retriesLeft > 0) await clock.sleep(error.wait)
        },
      })
    } catch (error) {
      if (error instanceof Unfinished) return error.result
      throw error
    }
  }
}

/** An attempt that is worth another one; `result` is what it comes to if there is none. */
class Unfinished extends Error {
  readonly result: TransportResult
  readonly wait: number

  constructor(result: TransportResult, wait: number) {
    super('unfinished')
    this.result = result
    this.wait = wait
  }
}

function asOverload(result: TransportResult): TransportResult {
  return result.kind === 'network' ? { kind: 'overload', detail: result.detail } : result
}

async function attempt(
  fetch: Fetch,
  request: TransportRequest,
  timeout: number,
  clock: Clock,
): Promise<{ readonly verdict: Verdict; readonly result: TransportResult }> {
  const { method, url, headers, body, redirect, mostBytes = Infinity } = request
  const { host } = new URL(url)
  try {
    const signal = AbortSignal.timeout(request.timeout ?? timeout)
    const init = { method, headers: { ...headers }, body, redirect, signal }
    const response = await readResponse(await fetch(url, init), mostBytes)
    const judged = judgeResponse(host, response, clock.now())
    const damaged = judged.verdict.kind === 'take' && (await request.isDamaged?.(response)) === true
    return damaged ? { verdict: RETRY, result: response } : judged
  } catch (error) {
    return judgeThrown(host, error)
  }
}
