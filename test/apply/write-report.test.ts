import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { appendReport, writeReport } from '../../src/apply/write-report.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const isRoot = process.getuid?.() === 0

describe('a report', () => {
  test('is a new file', async () => {
    const folder = await temporaryFolder()
    expect(await writeReport(join(folder, 'out.sarif'), '{}\n')).toBeUndefined()
    expect(await readFile(join(folder, 'out.sarif'), 'utf8')).toBe('{}\n')
    expect(await readdir(folder)).toEqual(['out.sarif'])
  })

  test('takes the place of an earlier one in one step', async () => {
    const folder = await temporaryFolder({ 'out.sarif': 'earlier, and longer' })
    const before = await stat(join(folder, 'out.sarif'))
    expect(await writeReport(join(folder, 'out.sarif'), 'new')).toBeUndefined()
    expect(await readFile(join(folder, 'out.sarif'), 'utf8')).toBe('new')
    expect((await stat(join(folder, 'out.sarif'))).ino).not.toBe(before.ino)
    expect(await readdir(folder)).toEqual(['out.sarif'])
  })

  test.skipIf(process.platform === 'win32')('goes through a link, which stays', async () => {
    const folder = await temporaryFolder({ 'real.txt': '' })
    await symlink('real.txt', join(folder, 'link.txt'))
    expect(await writeReport(join(folder, 'link.txt'), 'new')).toBeUndefined()
    expect((await lstat(join(folder, 'link.txt'))).isSymbolicLink()).toBe(true)
    expect(await readFile(join(folder, 'real.txt'), 'utf8')).toBe('new')
  })

  test.skipIf(process.platform === 'win32')('goes to a device', async () => {
    expect(await writeReport('/dev/null', 'gone')).toBeUndefined()
    expect((await lstat('/dev/null')).isFile()).toBe(false)
  })

  test('that has no folder says so', async () => {
    const folder = await temporaryFolder()
    expect(await writeReport(join(folder, 'no', 'out.sarif'), '')).toBe('its folder does not exist')
  })

  test('does not take the place of a folder', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'out'))
    expect(await writeReport(join(folder, 'out'), '')).toBe('it is a folder')
    expect(await readdir(folder)).toEqual(['out'])
  })

  test.skipIf(isRoot)('does not take the place of a file that is read-only', async () => {
    const folder = await temporaryFolder({ 'out.sarif': 'kept' })
    await chmod(join(folder, 'out.sarif'), 0o444)
    expect(await writeReport(join(folder, 'out.sarif'), '')).toBe('permission denied')
    expect(await readFile(join(folder, 'out.sarif'), 'utf8')).toBe('kept')
  })
})

describe('an addition', () => {
  test('comes behind what is there, and is told how much that is', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'summary.md')
    await writeFile(file, 'größer\n')
    const sizes: number[] = []
    const add = (text: string | undefined): Promise<string | undefined> =>
      appendReport(file, (size) => {
        sizes.push(size)
        return text
      })
    expect(await add('more\n')).toBeUndefined()
    expect(await add(undefined)).toBeUndefined()
    expect(await readFile(file, 'utf8')).toBe('größer\nmore\n')
    expect(sizes).toEqual([9, 14])
  })

  test('makes the file where there is none', async () => {
    const folder = await temporaryFolder()
    expect(await appendReport(join(folder, 'new.md'), String)).toBeUndefined()
    expect(await readFile(join(folder, 'new.md'), 'utf8')).toBe('0')
  })

  test('says why it cannot be made', async () => {
    const folder = await temporaryFolder()
    expect(await appendReport(folder, () => 'x')).toBe('it is a folder')
    expect(await appendReport(join(folder, 'no', 'x'), () => 'x')).toBe('its folder does not exist')
  })
})
