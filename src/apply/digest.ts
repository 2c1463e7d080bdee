import { createHash } from 'node:crypto'

/** The SHA-256 of bytes, in lower-case hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** That of the bytes, and that of the same with bare line feeds where these are CRLF: so git writes text on some systems. */
export function digestsOf(bytes: Uint8Array): string[] {
  const digests = [sha256(bytes)]
  if (bytes.includes(CR) && !bytes.includes(0)) {
    const bare = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n')
    digests.push(sha256(Buffer.from(bare, 'latin1')))
  }
  return digests
}

const CR = 0x0d
