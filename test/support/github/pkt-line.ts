/** git's framing: gitprotocol-common(5), and the special packets of gitprotocol-v2(5). */
export type Packet =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'flush' }
  | { readonly kind: 'delim' }
  | { readonly kind: 'end' }

export const flush = '0000'
export const delim = '0001'

/** One line in a packet; the newline is part of it. */
export function packet(text: string): string {
  const length = Buffer.byteLength(text) + 5
  return `${length.toString(16).padStart(4, '0')}${text}\n`
}

/** Every packet of a body, lines without their newline. Throws at a broken frame. */
export function readPackets(body: Buffer): Packet[] {
  const packets: Packet[] = []
  for (let at = 0; at < body.length;) {
    const digits = body.toString('latin1', at, at + 4)
    if (!/^[0-9a-f]{4}$/i.test(digits)) throw new Error(`bad packet length: ${digits}`)
    const length = parseInt(digits, 16)
    if (at + length > body.length) throw new Error('packet is longer than the body')
    packets.push(readPacket(length, body.toString('utf8', at + 4, at + Math.max(length, 4))))
    at += Math.max(length, 4)
  }
  return packets
}

function readPacket(length: number, text: string): Packet {
  switch (length) {
    case 0:
      return { kind: 'flush' }
    case 1:
      return { kind: 'delim' }
    case 2:
      return { kind: 'end' }
    case 3:
      throw new Error('bad packet length: 0003')
    default:
      return { kind: 'line', text: text.replace(/\n$/, '') }
  }
}
