import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { localTarget, type LocalTarget } from '../../src/apply/local-target.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const onWindows = process.platform === 'win32'

test("a step's reference leads to the folder's manifest, in the runner's order", async () => {
  const root = await temporaryFolder({
    'both/action.yml': '',
    'both/action.yaml': '',
    'both/Dockerfile': '',
    'long/action.yaml': '',
    'action.yml': '',
  })
  expect(await target(root, 'both')).toEqual(file(root, 'both/action.yml'))
  expect(await target(root, 'long')).toEqual(file(root, 'long/action.yaml'))
  expect(await target(root, '')).toEqual(file(root, 'action.yml'))
})

test('a Dockerfile alone is an action too', async () => {
  const root = await temporaryFolder({ 'image/Dockerfile': '' })
  expect(await target(root, 'image')).toEqual({ kind: 'dockerfile', path: 'image/Dockerfile' })
})

test("a job's reference leads to the workflow itself", async () => {
  const root = await temporaryFolder({ '.github/workflows/called.yml': '' })
  const path = '.github/workflows/called.yml'
  expect(await localTarget({ root, cwd: root }, { root }, path, 'job')).toEqual(file(root, path))
})

test('what is not there names the places that were looked at', async () => {
  const root = await temporaryFolder({ 'empty/readme.md': '', 'odd/action.yml/x': '' })
  expect(await target(root, 'empty')).toEqual({
    kind: 'missing',
    tried: ['empty/action.yml', 'empty/action.yaml', 'empty/Dockerfile', 'empty/dockerfile'],
  })
  expect(await target(root, 'odd')).toMatchObject({ kind: 'missing' })
})

test('the path is shown as discovery shows it', async () => {
  const cwd = await temporaryFolder({ 'inner/tool/action.yml': '' })
  const root = join(cwd, 'inner')
  expect(await localTarget({ root: cwd, cwd }, { root }, 'tool', 'step')).toMatchObject({
    file: { path: 'inner/tool/action.yml', root },
  })
})

test('nothing outside the root is looked at', async () => {
  const root = await temporaryFolder()
  await expect(target(root, '../x')).rejects.toThrow(/not below/)
})

test.skipIf(onWindows)('links are not followed', async () => {
  const outside = await temporaryFolder({ 'action.yml': '' })
  const root = await temporaryFolder({ 'tool/readme.md': '' })
  await symlink(outside, join(root, 'link'))
  await symlink(join(outside, 'action.yml'), join(root, 'tool', 'action.yml'))
  expect(await target(root, 'link')).toEqual(link('link'))
  expect(await target(root, 'tool')).toEqual(link('tool/action.yml'))
})

function target(root: string, path: string): Promise<LocalTarget> {
  return localTarget({ root, cwd: root }, { root }, path, 'step')
}

function file(root: string, path: string): LocalTarget {
  const absolute = join(root, ...path.split('/'))
  return { kind: 'file', file: { path, absolute, root, named: false } }
}

function link(path: string): LocalTarget {
  return { kind: 'problem', problem: { file: path, code: 'symlink' } }
}
