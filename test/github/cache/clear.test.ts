import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clearCache, measureCache } from '../../../src/github/cache/clear.ts'
import { openFacts } from '../../../src/github/cache/facts.ts'
import { openCache } from '../../../src/github/cache/store.ts'
import { systemClock } from '../../../src/github/connection/clock.ts'
import { sha } from '../../support/github/worlds.ts'
import { putFiles, temporaryFolder } from '../../support/temporary-folder.ts'
import { commitSha } from '../support/ports.ts'

const repository = { owner: 'acme', repo: 'tool' }
const target = (n: number) => ({ commit: commitSha(sha(n)), path: '', kind: 'action' as const })

async function fill(folder: string): Promise<void> {
  const store = openCache(folder, 'https://github.com')
  const keep = (n: number) => store.keep(repository, target(n), { kind: 'missing' })
  await Promise.all(Array.from({ length: 40 }, (_, n) => keep(n)))
}

test('counts, and clears what it counts', async () => {
  const folder = join(await temporaryFolder(), 'cache')
  await fill(folder)
  const size = await measureCache(folder)
  expect(size).toEqual({ files: 40, bytes: expect.any(Number) })
  expect(size.bytes).toBeGreaterThan(40 * 100)
  expect(await clearCache(folder)).toEqual(size)
  await expect(readdir(folder)).rejects.toThrow('ENOENT')
})

test('facts count and go like manifests', async () => {
  const folder = await temporaryFolder()
  await fill(folder)
  const facts = openFacts(folder, 'https://github.com', systemClock)
  await facts.keep(['date', 'acme/tool', sha(1)], 7)
  expect(await facts.find(['date', 'acme/tool', sha(1)], 60_000)).toBe(7)
  expect(await readdir(join(folder, 'v1'))).toEqual(['facts', 'manifests'])
  expect((await measureCache(folder)).files).toBe(41)
  expect((await clearCache(folder)).files).toBe(41)
  await expect(readdir(folder)).rejects.toThrow('ENOENT')
})

test('what is not there is empty', async () => {
  const folder = join(await temporaryFolder(), 'none')
  expect(await measureCache(folder)).toEqual({ files: 0, bytes: 0 })
  expect(await clearCache(folder)).toEqual({ files: 0, bytes: 0 })
})

test('only files of its own go', async () => {
  const folder = await temporaryFolder()
  await fill(folder)
  const [inner = ''] = await readdir(join(folder, 'v1', 'manifests'))
  const hash = 'a'.repeat(62)
  const others = {
    'mine.txt': 'x',
    'v1/notes.json': 'x',
    [`v1/${hash}.json`]: 'x',
    [`v1/manifests/${hash}.json`]: 'x',
    [`v1/manifests/${inner}/notes.json`]: 'x',
    [`v1/manifests/other/${hash}.json`]: 'x',
    [`v2/manifests/${inner}/${hash}.json`]: 'x',
  }
  await putFiles(folder, others)
  await putFiles(folder, { [`v1/manifests/${inner}/.${'0'.repeat(24)}.tmp`]: 'left over' })
  expect((await clearCache(folder)).files).toBe(41)
  for (const [path, content] of Object.entries(others))
    expect(await readFile(join(folder, path), 'utf8')).toBe(content)
  expect(await readdir(join(folder, 'v1', 'manifests'))).toHaveLength(3)
})

test.skipIf(process.platform === 'win32')('links are not followed', async () => {
  const folder = await temporaryFolder()
  const hash = `${'a'.repeat(62)}.json`
  await putFiles(folder, { [`elsewhere/${hash}`]: 'x' })
  await mkdir(join(folder, 'cache', 'v1', 'manifests', 'bb'), { recursive: true })
  await symlink(join(folder, 'elsewhere'), join(folder, 'cache', 'v1', 'manifests', 'aa'))
  const link = join(folder, 'cache', 'v1', 'manifests', 'bb', hash)
  await symlink(join(folder, 'elsewhere', hash), link)
  expect(await clearCache(join(folder, 'cache'))).toEqual({ files: 0, bytes: 0 })
  expect(await readdir(join(folder, 'elsewhere'))).toEqual([hash])
})

test('what the disk says is thrown', async () => {
  const folder = await temporaryFolder({ v1: 'a file' })
  await expect(measureCache(folder)).rejects.toThrow('ENOTDIR')
})
