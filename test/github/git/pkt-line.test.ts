import { array, assert, nat, oneof, property, string, stringMatching, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { DELIM, FLUSH, packetLine, readPackets } from '../../../src/github/git/pkt-line.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = array(string({ unit: 'grapheme', maxLength: 300 }))

test('lines come back as they were written', () => {
  assert(
    property(lines, (texts) => {
      const wire = [...texts.map(packetLine), DELIM, FLUSH].join('')
      const packets = readPackets(bytes(wire)) ?? []
      const read = packets.flatMap((p) =>
        p.kind === 'line' ? [new TextDecoder('utf-8', { ignoreBOM: true }).decode(p.payload)] : [],
      )
      expect(read).toEqual(texts.map((text) => `${text}\n`))
      expect(packets.slice(-2).map(({ kind }) => kind)).toEqual(['delim', 'flush'])
    }),
  )
})

test('what breaks off is either a shorter list or nothing, never another list', () => {
  const check = property(lines, nat(), (texts, cut) => {
    const wire = bytes([...texts.map(packetLine), FLUSH].join(''))
    const part = readPackets(wire.subarray(0, cut % (wire.length + 1)))
    const length = part?.length ?? 0
    expect(part ?? []).toEqual(readPackets(wire)?.slice(0, length))
  })
  expect(() => assert(check)).not.toThrow()
})

test('any bytes at all are read without an error', () => {
  const anything = oneof(uint8Array(), stringMatching(/^[0-9a-f]{0,40}$/).map(bytes))
  expect(() => assert(property(anything, (wire) => void readPackets(wire)))).not.toThrow()
})

test.each(['0003', '000', '0005', '00zz', '+00a12345678', '0004000', 'ffff'])(
  '%s is no packet',
  (wire) => {
    expect(readPackets(bytes(wire))).toBeUndefined()
  },
)

test('an empty packet, and all the special ones', () => {
  const kinds = (readPackets(bytes('0004000000010002')) ?? []).map(({ kind }) => kind)
  expect(kinds).toEqual(['line', 'flush', 'delim', 'response-end'])
})

test('a line that is too long is refused', () => {
  expect(packetLine('x'.repeat(65_515)).slice(0, 4)).toBe('fff0')
  expect(() => packetLine('x'.repeat(65_516))).toThrow(RangeError)
})
