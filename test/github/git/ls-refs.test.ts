import { assert, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { lsRefsRequest, prefixesOf, readLsRefs } from '../../../src/github/git/ls-refs.ts'
import { FLUSH, packetLine } from '../../../src/github/git/pkt-line.ts'
import { sha } from '../../support/github/worlds.ts'
import { question } from '../support/ports.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const argumentsOf = (body: string): string[] =>
  body.slice(body.indexOf('0001') + 4).match(/(?:ref-prefix [^\n]+|peel)(?=\n)/g) ?? []

test.each([
  [
    'names',
    { names: ['v4', 'release/v1'] },
    ['refs/tags/v4', 'refs/tags/release/v1', 'refs/heads/v4', 'refs/heads/release/v1'],
  ],
  [
    'families',
    { names: ['v4'], tags: { kind: 'families', prefixes: ['v4.', 'v4'] } } as const,
    ['refs/tags/v4', 'refs/tags/v4.', 'refs/heads/v4'],
  ],
  ['SHAs', { names: ['v4'], shas: [sha(1)] }, ['refs/tags/', 'refs/heads/v4']],
  ['the newest', { tags: { kind: 'newest', prefixes: ['v4.'] } } as const, ['refs/tags/']],
  ['all', { tags: { kind: 'all' } } as const, ['refs/tags/']],
  ['nothing', {}, ['HEAD']],
  [
    'names and the default branch',
    { names: ['v4'], defaultBranch: true },
    ['refs/tags/v4', 'refs/heads/v4', 'HEAD'],
  ],
])('asks for no more than needed: %s', (_, asked, prefixes) => {
  const body = lsRefsRequest(prefixesOf(question('acme/tool', asked)), 'pinsmith/1.0.0')
  expect(argumentsOf(body)).toEqual(['peel', ...prefixes.map((prefix) => `ref-prefix ${prefix}`)])
  expect(body.startsWith('0014command=ls-refs\n')).toBe(true)
})

test('reads refs, peeled ones, and what else git may say of them', () => {
  const answer = readLsRefs(
    bytes(
      packetLine(`${sha(1)} HEAD symref-target:refs/heads/main`) +
        packetLine('unborn refs/heads/x') +
        packetLine(`${sha(2)} refs/tags/v1 peeled:${sha(1)}`) +
        FLUSH,
    ),
  )
  expect(answer).toEqual({
    kind: 'refs',
    refs: [
      { name: 'HEAD', object: sha(1), peeled: undefined, target: 'refs/heads/main' },
      { name: 'refs/tags/v1', object: sha(2), peeled: sha(1) },
    ],
  })
})

test('a name that is not UTF-8 is left out rather than made to look like another', () => {
  const line = bytes(packetLine(`${sha(1)} refs/tags/v1?`)).map((byte) =>
    byte === 0x3f ? 0xff : byte,
  )
  const answer = readLsRefs(new Uint8Array([...line, ...bytes(FLUSH)]))
  expect(answer).toEqual({ kind: 'refs', refs: [] })
})

test.each([
  ['nothing', ''],
  ['no flush', packetLine(`${sha(1)} refs/tags/v1`)],
  ['more after the flush', `${FLUSH}${FLUSH}`],
  ['a delimiter', `0001${FLUSH}`],
  ['a short id', packetLine(`${sha(1).slice(1)} refs/tags/v1`) + FLUSH],
  ['a SHA-256 id', packetLine(`${sha(1)}${'0'.repeat(24)} refs/tags/v1`) + FLUSH],
  ['no name', packetLine(sha(1)) + FLUSH],
  ['a bad peeled id', packetLine(`${sha(1)} refs/tags/v1 peeled:x`) + FLUSH],
  ['HTML', '<!DOCTYPE html>'],
])('is damaged: %s', (_, wire) => {
  expect(readLsRefs(bytes(wire))).toEqual({ kind: 'damaged' })
})

test('git’s own error is passed on', () => {
  expect(readLsRefs(bytes(packetLine('ERR access denied')))).toEqual({
    kind: 'error',
    detail: 'access denied',
  })
})

test('a list of refs that breaks off is damaged, wherever that is', () => {
  const wire = bytes([1, 2, 3].map((n) => packetLine(`${sha(n)} refs/tags/v${n}`)).join('') + FLUSH)
  assert(
    property(nat(wire.length - 1), (end) => {
      expect(readLsRefs(wire.subarray(0, end))).toEqual({ kind: 'damaged' })
    }),
  )
})
