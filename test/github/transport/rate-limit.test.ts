import { expect, test } from 'vitest'
import { limitedUntil } from '../../../src/github/transport/rate-limit.ts'

const NOW = Date.UTC(2026, 0, 1)
const MINUTE = 60_000
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

test.each<[string, number, Record<string, string>, string, number | undefined]>([
  ['429 with seconds', 429, { 'retry-after': '5' }, '', NOW + 5_000],
  ['429 with zero seconds', 429, { 'retry-after': '0' }, '', NOW],
  ['429 with a date', 429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, '', NOW + 30_000],
  ['429 with nonsense', 429, { 'retry-after': 'soon' }, '', NOW + MINUTE],
  ['429 with a negative wait', 429, { 'retry-after': '-5' }, '', NOW + MINUTE],
  ['429 without', 429, {}, '', NOW + MINUTE],
  [
    '403 with an empty quota',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW / 1000 + 40}` },
    '',
    NOW + 40_000,
  ],
  ['403 for speed', 403, { 'x-ratelimit-remaining': '9' }, 'a secondary rate limit', NOW + MINUTE],
  ['403 with Retry-After', 403, { 'retry-after': '7' }, '', NOW + 7_000],
  ['403 that is a refusal', 403, { 'x-ratelimit-remaining': '9' }, 'Forbidden', undefined],
  ['GraphQL’s 200', 200, JSON_TYPE, '{"errors":[{"type":"RATE_LIMITED"}]}', NOW + MINUTE],
  ['GraphQL’s other word', 200, JSON_TYPE, '{"errors":[{"type":"RATE_LIMIT"}]}', NOW + MINUTE],
  [
    'GraphQL’s 200 for speed',
    200,
    JSON_TYPE,
    '{"errors":[{"message":"You have exceeded a secondary rate limit."}]}',
    NOW + MINUTE,
  ],
  ['an answer', 200, JSON_TYPE, '{"data":{}}', undefined],
  [
    'an answer with a text that speaks of limits',
    200,
    JSON_TYPE,
    JSON.stringify({ data: { text: '"type":"RATE_LIMITED" "message":"secondary rate limit"' } }),
    undefined,
  ],
  [
    'a page that speaks of limits',
    200,
    { 'content-type': 'text/html' },
    '"type":"RATE_LIMITED"',
    undefined,
  ],
  ['503 is no rate limit', 503, { 'retry-after': '9' }, '', undefined],
])('%s', (_, status, headers, body, until) => {
  const response = { status, headers: new Map(Object.entries(headers)), text: () => body }
  expect(limitedUntil(response, NOW)).toBe(until)
})
