import type { TransportResponse } from './response.ts'

/** How many redirects one request follows. */
export const MOST_HOPS = 3

/**
 * Where a response says to ask instead: only for the same thing, by what `isSame` says of the decoded path, and never from https
 * down to http. A login page is not the same thing.
 */
export function redirectOf(
  { status, headers }: TransportResponse,
  from: string,
  isSame: (path: string) => boolean,
): string | undefined {
  const location = headers.get('location')
  if (![301, 302, 307, 308].includes(status) || location === undefined) return undefined
  if (!URL.canParse(location, from)) return undefined
  const to = new URL(location, from)
  const secure = to.protocol === 'https:' || to.protocol === new URL(from).protocol
  return secure && /^https?:$/.test(to.protocol) && isSame(decode(to.pathname))
    ? to.href
    : undefined
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
