import { chmod, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { putAll, type FilePut } from '../../src/apply/put.ts'
import type { FileState } from '../../src/remedy/vendor/copies.ts'
import { onWindows, snapshot } from '../cli/support.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const text = (content: string, executable = false): FileState => ({
  bytes: Buffer.from(content),
  executable,
})

const put = (root: string, path: string, before?: FileState, after?: FileState): FilePut => ({
  path,
  absolute: join(root, ...path.split('/')),
  root,
  before,
  after,
})

const textOf = (root: string, path: string): Promise<string> => readFile(join(root, path), 'utf8')

describe('a file', () => {
  test('is made, with the folders on the way', async () => {
    const root = await temporaryFolder()
    expect(await putAll([put(root, 'a/b/c.txt', undefined, text('new'))])).toBeUndefined()
    expect(await textOf(root, 'a/b/c.txt')).toBe('new')
    expect(await readdir(join(root, 'a/b'))).toEqual(['c.txt'])
  })

  test('is replaced', async () => {
    const root = await temporaryFolder({ 'a.txt': 'old' })
    expect(await putAll([put(root, 'a.txt', text('old'), text('new'))])).toBeUndefined()
    expect(await textOf(root, 'a.txt')).toBe('new')
  })

  test('goes, with the folders that are empty then', async () => {
    const root = await temporaryFolder({ 'a/b/c.txt': 'old', 'a/other': 'x' })
    expect(await putAll([put(root, 'a/b/c.txt', text('old'))])).toBeUndefined()
    expect(await readdir(root, { recursive: true })).toEqual(['a', 'a/other'])
  })

  test('that was the last one leaves the root', async () => {
    const root = await temporaryFolder({ 'a/b.txt': 'old' })
    await putAll([put(root, 'a/b.txt', text('old'))])
    expect(await readdir(root)).toEqual([])
  })

  test.skipIf(onWindows)('may be run if it is to be', async () => {
    const root = await temporaryFolder({ 'b.sh': 'old' })
    await putAll([
      put(root, 'a.sh', undefined, text('x', true)),
      put(root, 'b.sh', text('old'), text('old', true)),
      put(root, 'c.sh', undefined, text('x')),
    ])
    const modes = ['a.sh', 'b.sh', 'c.sh'].map(async (name) => (await stat(join(root, name))).mode)
    expect((await Promise.all(modes)).map((mode) => mode & 0o100)).toEqual([0o100, 0o100, 0])
  })
})

describe('nothing is put', () => {
  test('where something stands that was not there', async () => {
    const root = await temporaryFolder({ 'b.txt': 'theirs' })
    const before = await snapshot(root)
    expect(
      await putAll([
        put(root, 'a.txt', undefined, text('new')),
        put(root, 'b.txt', undefined, text('new')),
      ]),
    ).toEqual({ file: 'b.txt', code: 'changed-meanwhile' })
    expect(await snapshot(root)).toEqual(before)
  })

  test('where something else stands than did, or nothing', async () => {
    const root = await temporaryFolder({ 'a.txt': 'theirs' })
    const problem = { file: 'a.txt', code: 'changed-meanwhile' }
    expect(await putAll([put(root, 'a.txt', text('old'), text('new'))])).toEqual(problem)
    expect(await putAll([put(root, 'a.txt', text('old'))])).toEqual(problem)
    await rm(join(root, 'a.txt'))
    expect(await putAll([put(root, 'a.txt', text('old'), text('new'))])).toEqual(problem)
  })

  test('where a folder stands, or a file on the way', async () => {
    const root = await temporaryFolder({ 'a/b': 'x' })
    for (const path of ['a', 'a/b/c'])
      expect(await putAll([put(root, path, undefined, text('new'))])).toMatchObject({ file: path })
  })

  test.skipIf(onWindows)('through a symbolic link', async () => {
    const outside = await temporaryFolder({ 'x.txt': 'theirs' })
    const root = await temporaryFolder()
    await symlink(outside, join(root, 'folder'))
    await symlink(join(outside, 'x.txt'), join(root, 'file'))
    for (const path of ['folder/x.txt', 'folder/new/y.txt', 'file'])
      expect(await putAll([put(root, path, undefined, text('new'))])).toEqual({
        file: path,
        code: 'symlink',
      })
    expect(await putAll([put(root, 'folder/x.txt', text('theirs'))])).toMatchObject({
      code: 'symlink',
    })
    expect(await readdir(outside)).toEqual(['x.txt'])
    expect(await textOf(outside, 'x.txt')).toBe('theirs')
  })

  test('where a name differs in case alone', async () => {
    const root = await temporaryFolder({ 'Folder/a.txt': 'x' })
    expect(await putAll([put(root, 'folder/a.txt', undefined, text('new'))])).toMatchObject({
      file: 'folder/a.txt',
    })
  })

  test.skipIf(onWindows || process.getuid?.() === 0)('where it may not be', async () => {
    const root = await temporaryFolder({ 'a/b.txt': 'old' })
    await chmod(join(root, 'a'), 0o555)
    expect(await putAll([put(root, 'a/c.txt', undefined, text('new'))])).toEqual({
      file: 'a/c.txt',
      code: 'write-failed',
      detail: 'permission denied',
    })
    await chmod(join(root, 'a'), 0o755)
  })
})

test('what is left out by a failure is whole, and no temporary file stays', async () => {
  const root = await temporaryFolder()
  const long = 'n'.repeat(300)
  const problem = await putAll([
    put(root, 'a.txt', undefined, text('new')),
    put(root, long, undefined, text('new')),
    put(root, 'z.txt', undefined, text('new')),
  ])
  expect(problem).toMatchObject({ file: long })
  expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([])
})
