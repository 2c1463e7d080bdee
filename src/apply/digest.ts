import { createHash } from 'node:crypto'

/** The SHA-256 of bytes, in lower-case hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** That of text with bare line feeds: the same whether git writes it with these or with CRLF. Of other bytes their own. */
export function portableDigest(bytes: Uint8Array): string {
  return sha256(withBareLineFeeds(bytes) ?? bytes)
}

/** That of the bytes, and that of the same with bare line feeds where these are CRLF: so git writes text on some systems. */
export function digestsOf(bytes: Uint8Array): string[] {
  const bare = withBareLineFeeds(bytes)
  return [bytes, ...(bare === undefined ? [] : [bare])].map(sha256)
}

/** `undefined` where nothing of it would change. */
function withBareLineFeeds(bytes: Uint8Array): Uint8Array | undefined {
  if (!bytes.includes(CR) || bytes.includes(0)) return undefined
  const bare = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
  return Buffer.from(bare, 'latin1')
}

const CR = 0x0d
