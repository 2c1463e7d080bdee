/** A full commit SHA: 40 lower-case hexadecimal digits. Only {@link parseCommitSha} makes one. */
export type CommitSha = string & { readonly __brand: 'CommitSha' }

/** A shortened SHA: 4 to 39 lower-case hexadecimal digits. Only {@link parseShortSha} makes one. */
export type ShortSha = string & { readonly __brand: 'ShortSha' }

const FULL = /^[0-9a-f]{40}$/
const SHORT = /^[0-9a-f]{4,39}$/

/** Reads 40 hexadecimal digits in either case; anything else is `undefined`. */
export function parseCommitSha(text: string): CommitSha | undefined {
  const digits = text.toLowerCase()
  return isCommitSha(digits) ? digits : undefined
}

/** Reads 4 to 39 hexadecimal digits in either case; anything else is `undefined`. A branch or tag may have that shape too. */
export function parseShortSha(text: string): ShortSha | undefined {
  const digits = text.toLowerCase()
  return isShortSha(digits) ? digits : undefined
}

/** Whether the text has the shape of a shortened SHA. */
export function looksLikeShortSha(text: string): boolean {
  return parseShortSha(text) !== undefined
}

function isCommitSha(text: string): text is CommitSha {
  return FULL.test(text)
}

function isShortSha(text: string): text is ShortSha {
  return SHORT.test(text)
}
