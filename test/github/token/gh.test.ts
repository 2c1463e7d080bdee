import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askGh } from '../../../src/github/token/gh.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-gh-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('no gh is no token', async () => {
  expect(await askGh('github.com', { PATH: folder })).toBeUndefined()
})

test.skipIf(process.platform === 'win32')('gh is asked for the host’s token', async () => {
  const gh = join(folder, 'gh')
  await writeFile(
    gh,
    '#!/bin/sh\n[ "$4" = ghe.example.com ] || exit 1\necho "$1 $2 $3 $GH_CONFIG_DIR"\n',
  )
  await chmod(gh, 0o755)
  const env = { PATH: folder, GH_CONFIG_DIR: 'config' }
  expect(await askGh('ghe.example.com', env)).toBe('auth token --hostname config\n')
  expect(await askGh('github.com', env)).toBeUndefined()
})
