/** What of a response tells a rate limit. Header names are in lower case. */
export interface LimitSigns {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly text: () => string
}

// "If … you should wait for at least one minute before retrying":
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
const UNSAID_WAIT = 60_000

/**
 * When a host that refused because of a rate limit will answer again, in milliseconds since the epoch; `undefined`
 * where the response is no such refusal. The documentation's order: `retry-after`, then `x-ratelimit-reset`
 * where nothing remains, else a minute.
 */
export function limitedUntil(response: LimitSigns, now: number): number | undefined {
  return isRateLimited(response)
    ? (retryAfter(response.headers, now) ?? now + UNSAID_WAIT)
    : undefined
}

/** When the response asks to be asked again, in milliseconds since the epoch, where it says so. */
export function retryAfter(headers: LimitSigns['headers'], now: number): number | undefined {
  const after = (headers.get('retry-after') ?? '').trim()
  if (/^\d{1,9}$/.test(after)) return now + Number(after) * 1000
  const date = after.endsWith(' GMT') ? Date.parse(after) : Number.NaN
  if (!Number.isNaN(date)) return date
  const reset = headers.get('x-ratelimit-reset') ?? ''
  const spent = headers.get('x-ratelimit-remaining') === '0'
  return spent && /^\d{1,11}$/.test(reset) ? Number(reset) * 1000 : undefined
}

// 403 is also a plain refusal. GraphQL tells its limits with status 200; a quotation mark inside a JSON string is
// escaped, so these patterns match the answer's own keys and never a text that somebody wrote.
const SECONDARY = /secondary rate limit|abuse detection mechanism|API rate limit exceeded/i
const GRAPHQL_LIMIT =
  /"type"\s*:\s*"RATE_LIMIT(?:ED)?"|"message"\s*:\s*"[^"\\]*secondary rate limit/

function isRateLimited({ status, headers, text }: LimitSigns): boolean {
  if (status === 429) return true
  if (status === 403)
    return (
      headers.has('retry-after') ||
      headers.get('x-ratelimit-remaining') === '0' ||
      SECONDARY.test(text())
    )
  return status === 200 && isJson(headers) && GRAPHQL_LIMIT.test(text())
}

function isJson(headers: LimitSigns['headers']): boolean {
  return (headers.get('content-type') ?? '').startsWith('application/json')
}
