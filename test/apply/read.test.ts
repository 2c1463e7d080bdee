import { execFileSync } from 'node:child_process'
import { chmod, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSource, type ReadResult } from '../../src/apply/read.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const onWindows = process.platform === 'win32'
const asRoot = process.getuid?.() === 0

test.each([
  ['CRLF', 'a: 1\r\nb: 2\r\n'],
  ['a BOM', '\u{feff}a: 1\n'],
  ['no final newline', 'a: 1'],
  ['astral characters', 'a: 🚀\u{fffd}\n'],
  ['nothing', ''],
])('keeps %s', async (_, text) => {
  const result = await read(text)
  expect(result).toMatchObject({ kind: 'read', file: { path: 'a.yml', named: true, text } })
})

describe('what is not text', () => {
  test('a NUL makes a file binary', async () => {
    expect(await read('a\0b')).toEqual(problem({ code: 'binary' }))
    expect(await read(Buffer.from('a: 1\n', 'utf16le'))).toEqual(problem({ code: 'binary' }))
  })

  test.each([
    ['a Latin-1 letter', [...bytes('a: 1\nb: 🚀 '), 0xe9, ...bytes(' c\n')], 2, 7],
    ['a bad continuation', [...bytes('ab'), 0xef, 0xbf, 0x20, ...bytes('\n')], 1, 3],
    ['a truncated end', [...bytes('a\nb\nc'), 0xf0, 0x9f], 3, 2],
    ['an overlong form', [...bytes('x'), 0xc0, 0xaf], 1, 2],
    ['a surrogate', [0xed, 0xa0, 0x80], 1, 1],
    ['after a BOM', [0xef, 0xbb, 0xbf, ...bytes('k'), 0xff], 1, 2],
  ])('%s is placed', async (_, content, line, column) => {
    const result = await read(Uint8Array.from(content))
    expect(result).toEqual(problem({ code: 'not-utf8', position: { line, column } }))
  })
})

describe('what cannot be read', () => {
  test('a file that is gone', async () => {
    const root = await temporaryFolder({ 'a.yml': '' })
    await rm(join(root, 'a.yml'))
    expect(await readIn(root)).toEqual(problem({ code: 'unreadable', detail: 'it does not exist' }))
  })

  test('a folder', async () => {
    const root = await temporaryFolder({ 'a.yml/b': '' })
    expect(await readIn(root)).toMatchObject({ kind: 'problem', problem: { code: 'unreadable' } })
  })

  test.skipIf(onWindows)('a link', async () => {
    const root = await temporaryFolder({ 'b.yml': '' })
    await symlink('b.yml', join(root, 'a.yml'))
    expect(await readIn(root)).toEqual(problem({ code: 'symlink' }))
  })

  test.skipIf(onWindows)('a pipe, which is not waited for', async () => {
    const root = await temporaryFolder()
    execFileSync('mkfifo', [join(root, 'a.yml')])
    const detail = 'it is not a regular file'
    expect(await readIn(root)).toEqual(problem({ code: 'unreadable', detail }))
  })

  test.skipIf(onWindows || asRoot)('a file without permission', async () => {
    const root = await temporaryFolder({ 'a.yml': '' })
    await chmod(join(root, 'a.yml'), 0)
    expect(await readIn(root)).toEqual(problem({ code: 'unreadable', detail: 'permission denied' }))
  })
})

async function read(content: string | Uint8Array): Promise<ReadResult> {
  return readIn(await temporaryFolder({ 'a.yml': content }))
}

function readIn(root: string): Promise<ReadResult> {
  return readSource({ path: 'a.yml', absolute: join(root, 'a.yml'), root, named: true })
}

function problem(rest: object): unknown {
  return { kind: 'problem', problem: { file: 'a.yml', ...rest } }
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text)
}
