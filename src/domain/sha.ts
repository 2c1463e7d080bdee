/** A full commit SHA: 40 lower-case hexadecimal digits. Only {@link parseCommitSha} makes one. */
export type CommitSha = string & { readonly __brand: 'CommitSha' }

const FULL = /^[0-9a-f]{40}$/
const SHORT = /^[0-9a-f]{4,39}$/i

/** Reads 40 hexadecimal digits in either case; anything else is `undefined`. */
export function parseCommitSha(text: string): CommitSha | undefined {
  const digits = text.toLowerCase()
  return isCommitSha(digits) ? digits : undefined
}

/** Whether the text has the shape of a shortened SHA: 4 to 39 hexadecimal digits. A branch or tag may have that shape too. */
export function looksLikeShortSha(text: string): boolean {
  return SHORT.test(text)
}

function isCommitSha(text: string): text is CommitSha {
  return FULL.test(text)
}
