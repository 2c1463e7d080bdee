import {
  chmod,
  chown,
  link,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSource, type SourceFile } from '../../src/apply/read.ts'
import { nodeEffects } from '../../src/apply/replace.ts'
import { writeAll, type WriteOptions, type WriteOutcome } from '../../src/apply/write.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const onWindows = process.platform === 'win32'
const asRoot = process.getuid?.() === 0

describe('writes', () => {
  test.each([
    ['CRLF', 'a: 1\r\nb: 2\r\n'],
    ['a BOM', '\u{feff}a: 1\n'],
    ['no final newline', 'a: 1'],
    ['astral characters', 'a: 🚀\n'],
    ['nothing', ''],
  ])('%s to the byte', async (_, text) => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    expect(await write(root, { 'a.yml': text })).toEqual([written('a.yml')])
    expect(await readFile(join(root, 'a.yml'))).toEqual(Buffer.from(text))
    expect(await readdir(root)).toEqual(['a.yml'])
  })

  test.skipIf(onWindows).each([0o755, 0o600, 0o664])('keeps the mode %o', async (mode) => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    await chmod(join(root, 'a.yml'), mode)
    await write(root, { 'a.yml': 'new\n' })
    expect((await stat(join(root, 'a.yml'))).mode & 0o777).toBe(mode)
  })

  test.skipIf(!asRoot)('keeps owner and group where it may', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    await chown(join(root, 'a.yml'), 1234, 5678)
    await write(root, { 'a.yml': 'new\n' })
    expect(await stat(join(root, 'a.yml'))).toMatchObject({ uid: 1234, gid: 5678 })
  })

  test('leaves the other names of a file alone', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    await link(join(root, 'a.yml'), join(root, 'b.yml'))
    await write(root, { 'a.yml': 'new\n' })
    expect(await contents(root)).toEqual({ 'a.yml': 'new\n', 'b.yml': 'old\n' })
  })
})

describe('leaves a file that', () => {
  test('somebody changed since', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n', 'b.yml': 'old\n' })
    const outcomes = await write(root, { 'a.yml': 'new\n', 'b.yml': 'new\n' }, () =>
      writeFile(join(root, 'a.yml'), 'mine\n'),
    )
    expect(outcomes).toEqual([problem('a.yml', 'changed-meanwhile'), written('b.yml')])
    expect(await contents(root)).toEqual({ 'a.yml': 'mine\n', 'b.yml': 'new\n' })
  })

  test('was removed, or became a folder', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n', 'b.yml': 'old\n' })
    const outcomes = await write(root, { 'a.yml': 'new\n', 'b.yml': 'new\n' }, async () => {
      await rm(join(root, 'a.yml'))
      await rm(join(root, 'b.yml'))
      await mkdir(join(root, 'b.yml'))
    })
    expect(outcomes).toEqual([
      problem('a.yml', 'changed-meanwhile'),
      problem('b.yml', 'changed-meanwhile'),
    ])
    expect(await readdir(root)).toEqual(['b.yml'])
  })

  test('is read-only, even for root', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    await chmod(join(root, 'a.yml'), 0o444)
    expect(await write(root, { 'a.yml': 'new\n' })).toEqual([problem('a.yml', 'read-only')])
    expect(await contents(root)).toEqual({ 'a.yml': 'old\n' })
    await chmod(join(root, 'a.yml'), 0o644)
  })

  test.skipIf(onWindows || asRoot)('stands in a folder that may not be written to', async () => {
    const root = await temporaryFolder({ 'shut/a.yml': 'old\n' })
    await chmod(join(root, 'shut'), 0o555)
    const [outcome] = await write(root, { 'shut/a.yml': 'new\n' })
    await chmod(join(root, 'shut'), 0o755)
    expect(outcome).toMatchObject({
      kind: 'problem',
      problem: { code: 'write-failed', detail: 'its folder may not be written to' },
    })
    expect(await readdir(join(root, 'shut'))).toEqual(['a.yml'])
  })

  test.skipIf(onWindows)('became a link, or whose folder did', async () => {
    const outside = await temporaryFolder({ 'a.yml': 'old\n' })
    const root = await temporaryFolder({ 'a.yml': 'old\n', 'sub/a.yml': 'old\n' })
    const outcomes = await write(root, { 'a.yml': 'new\n', 'sub/a.yml': 'new\n' }, async () => {
      await rm(join(root, 'a.yml'))
      await symlink(join(outside, 'a.yml'), join(root, 'a.yml'))
      await rm(join(root, 'sub'), { recursive: true })
      await symlink(outside, join(root, 'sub'))
    })
    expect(outcomes).toEqual([problem('a.yml', 'symlink'), problem('sub/a.yml', 'symlink')])
    expect(await contents(outside)).toEqual({ 'a.yml': 'old\n' })
  })
})

describe('when something goes wrong midway', () => {
  test('a change just before the rename is seen', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    let attempts = 0
    const effects = {
      rename: async () => {
        attempts += 1
        await writeFile(join(root, 'a.yml'), 'mine\n')
        throw systemError('EBUSY')
      },
      wait: async () => undefined,
    }
    const outcomes = await write(root, { 'a.yml': 'new\n' }, undefined, { strict: false, effects })
    expect(outcomes).toEqual([problem('a.yml', 'changed-meanwhile')])
    expect(attempts).toBe(1)
    expect(await contents(root)).toEqual({ 'a.yml': 'mine\n' })
  })

  test('a later file that changes while an earlier one is written is seen', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n', 'b.yml': 'old\n' })
    const effects = {
      ...nodeEffects,
      rename: async (from: string, to: string) => {
        await rename(from, to)
        await rm(join(root, 'b.yml'))
      },
    }
    const changes = { 'a.yml': 'new\n', 'b.yml': 'new\n' }
    expect(await write(root, changes, undefined, { strict: false, effects })).toEqual([
      written('a.yml'),
      problem('b.yml', 'changed-meanwhile'),
    ])
    expect(await contents(root)).toEqual({ 'a.yml': 'new\n' })
  })

  test('a file that is busy for a moment is tried again, patiently', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    const waits: number[] = []
    const effects = {
      rename: async (from: string, to: string) => {
        if (waits.length < 3) throw systemError('EPERM')
        await rename(from, to)
      },
      wait: async (milliseconds: number) => void waits.push(milliseconds),
    }
    const outcomes = await write(root, { 'a.yml': 'new\n' }, undefined, { strict: false, effects })
    expect(outcomes).toEqual([written('a.yml')])
    expect(waits).toEqual([10, 20, 40])
    expect(await contents(root)).toEqual({ 'a.yml': 'new\n' })
  })

  test.each([
    ['EBUSY', 'another program is using it', 7],
    ['ENOSPC', 'no space is left on the disk', 1],
  ])('%s that stays leaves the old file and nothing beside it', async (code, detail, expected) => {
    const root = await temporaryFolder({ 'a.yml': 'old\n' })
    let attempts = 0
    const effects = {
      rename: async () => {
        attempts += 1
        throw systemError(code)
      },
      wait: async () => undefined,
    }
    const outcomes = await write(root, { 'a.yml': 'new\n' }, undefined, { strict: false, effects })
    expect(outcomes).toEqual([
      { kind: 'problem', problem: { file: 'a.yml', code: 'write-failed', detail } },
    ])
    expect(attempts).toBe(expected)
    expect(await contents(root)).toEqual({ 'a.yml': 'old\n' })
  })
})

describe('strict', () => {
  test('one file that may not be written holds back all', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n', 'b.yml': 'old\n', 'c.yml': 'old\n' })
    const changes = { 'a.yml': 'new\n', 'b.yml': 'new\n', 'c.yml': 'new\n' }
    const tamper = () => writeFile(join(root, 'b.yml'), 'mine\n')
    expect(await write(root, changes, tamper, { strict: true })).toEqual([
      { kind: 'held-back', path: 'a.yml' },
      problem('b.yml', 'changed-meanwhile'),
      { kind: 'held-back', path: 'c.yml' },
    ])
    expect(await contents(root)).toEqual({ 'a.yml': 'old\n', 'b.yml': 'mine\n', 'c.yml': 'old\n' })
  })

  test('a failure midway holds back the rest', async () => {
    const root = await temporaryFolder({ 'a.yml': 'old\n', 'b.yml': 'old\n' })
    const effects = { ...nodeEffects, rename: () => Promise.reject(systemError('EIO')) }
    const changes = { 'a.yml': 'new\n', 'b.yml': 'new\n' }
    expect(await write(root, changes, undefined, { strict: true, effects })).toMatchObject([
      { kind: 'problem', problem: { code: 'write-failed' } },
      { kind: 'held-back', path: 'b.yml' },
    ])
    expect(await contents(root)).toEqual({ 'a.yml': 'old\n', 'b.yml': 'old\n' })
  })
})

/** Reads the files, lets somebody tamper with them, and writes the new texts. */
async function write(
  root: string,
  texts: Readonly<Record<string, string>>,
  tamper: () => Promise<unknown> = async () => undefined,
  options: WriteOptions = { strict: false },
): Promise<readonly WriteOutcome[]> {
  const changes = await Promise.all(
    Object.entries(texts).map(async ([path, text]) => ({ file: await source(root, path), text })),
  )
  await tamper()
  return writeAll(changes, options)
}

async function source(root: string, path: string): Promise<SourceFile> {
  const absolute = join(root, ...path.split('/'))
  const result = await readSource({ path, absolute, root, named: false })
  if (result.kind === 'problem') throw new Error(result.problem.code)
  return result.file
}

async function contents(root: string): Promise<Record<string, string>> {
  const names = await readdir(root)
  return Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const),
    ),
  )
}

function written(path: string): WriteOutcome {
  return { kind: 'written', path }
}

function problem(file: string, code: 'changed-meanwhile' | 'read-only' | 'symlink'): WriteOutcome {
  return { kind: 'problem', problem: { file, code } }
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}
