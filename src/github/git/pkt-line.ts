/** A packet of git's wire format. */
export type Packet =
  | { readonly kind: 'line'; readonly payload: Uint8Array }
  | { readonly kind: 'flush' | 'delim' | 'response-end' }

// https://git-scm.com/docs/gitprotocol-common#_pkt_line_format
const LONGEST = 65_516
const SPECIAL = new Map<number, 'flush' | 'delim' | 'response-end'>([
  [0, 'flush'],
  [1, 'delim'],
  [2, 'response-end'],
])

export const FLUSH = '0000'
export const DELIM = '0001'

/** One line as a packet, as UTF-8 with a line end. Throws a `RangeError` where it does not fit into one. */
export function packetLine(text: string): string {
  const length = new TextEncoder().encode(text).length + 1
  if (length > LONGEST) throw new RangeError(`a packet of ${length} bytes; git allows ${LONGEST}`)
  return `${(length + 4).toString(16).padStart(4, '0')}${text}\n`
}

/** Reads packets to the last byte; `undefined` where a length is none, or the bytes end before a packet does. */
export function readPackets(bytes: Uint8Array): readonly Packet[] | undefined {
  const packets: Packet[] = []
  for (let start = 0; start < bytes.length;) {
    const length = readLength(bytes, start)
    if (length === undefined || length === 3) return undefined
    const special = SPECIAL.get(length)
    const end = start + Math.max(length, 4)
    if (end > bytes.length) return undefined
    packets.push(
      special === undefined
        ? { kind: 'line', payload: bytes.subarray(start + 4, end) }
        : { kind: special },
    )
    start = end
  }
  return packets
}

function readLength(bytes: Uint8Array, start: number): number | undefined {
  const digits = String.fromCharCode(...bytes.subarray(start, start + 4))
  return /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined
}
