import type { HostFailure } from '../domain/outcome.ts'
import type { FailureWords } from './words.ts'

/** A run that could not do its work, as JSON. */
export function formatFailureJson(
  code: HostFailure['kind'] | 'usage',
  words: FailureWords,
): string {
  const error = { code, message: words.what, why: words.why, help: words.next }
  return `${JSON.stringify({ version: 1, error }, undefined, 2)}\n`
}
