import type { HostFailure } from '../domain/outcome.ts'
import type { Words } from './words.ts'

/**
 * The words for a run that could not do its work.
 * @param now milliseconds since the epoch, to say how long a wait would be
 */
export function failureWords(failure: HostFailure, now: number): Words {
  const why = 'nothing was resolved, so nothing was written'
  switch (failure.kind) {
    case 'network':
      return {
        what: `${failure.host} could not be reached: ${failure.detail}`,
        why,
        next: 'check the connection; behind a proxy set HTTPS_PROXY, for a private certificate authority NODE_EXTRA_CA_CERTS',
      }
    case 'unauthorized':
      return {
        what: `${failure.host} does not accept the token: ${failure.detail}`,
        why,
        next: 'give a token that is valid (gh auth login, or a new one), or none (unset GITHUB_TOKEN and GH_TOKEN): public repositories can be read without',
      }
    case 'rate-limited':
      return {
        what: `${failure.host} has had enough requests for now: ${failure.detail}`,
        why,
        next: `${waitWords(failure.until, now)}, or allow a longer wait with --max-wait; the limit of the API does not concern --resolver git`,
      }
    case 'unusable':
      return {
        what: `${failure.host} gives no answer that pinsmith can use: ${failure.detail}`,
        why,
        next: 'check what the token may do, GITHUB_API_URL, GITHUB_GRAPHQL_URL and GITHUB_SERVER_URL, and that no proxy stands between; then run pinsmith again',
      }
  }
}

function waitWords(until: number | undefined, now: number): string {
  if (until === undefined) return 'run pinsmith again in some minutes'
  const minutes = Math.max(1, Math.ceil((until - now) / 60_000))
  return `run pinsmith again after ${new Date(until).toISOString()} (in ${minutes} min)`
}
