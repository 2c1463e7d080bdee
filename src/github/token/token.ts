import { inspect } from 'node:util'
import { usageFault, type UsageFault } from '../usage.ts'

/**
 * An access token. It shows itself as `[token]` wherever an object is printed, so that it cannot get
 * into a log or a message by accident.
 */
export interface Token {
  /** The token itself, for an authorization header and for nothing else. */
  readonly reveal: () => string
}

/**
 * Reads a token from where `source` names (`--token`, `GITHUB_TOKEN`). White space around it, such as the line
 * end of a file, is dropped; nothing left is `undefined`; what an HTTP header could not carry is a fault.
 */
export function parseToken(source: string, text: string): Token | undefined | UsageFault {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^[\u0021-\u007e]+$/.test(trimmed)
    ? conceal(trimmed)
    : usageFault(
        `${source} holds characters that no token has (white space, or outside ASCII). Copy the token again.`,
      )
}

function conceal(text: string): Token {
  const token = { reveal: () => text, toString: shown, toJSON: shown, [inspect.custom]: shown }
  return Object.freeze(token)
}

function shown(): string {
  return '[token]'
}
