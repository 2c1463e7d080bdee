import { readdir } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, startSmallGitHub, workflow } from './support.ts'

const github = await startSmallGitHub()
afterAll(() => github.close())

test('what a walk read is kept, found, and removed', async () => {
  const cache = await temporaryFolder({})
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
  const env = { PINSMITH_CACHE: cache }
  expect((await runPinsmith([], { cwd, github, env })).code).toBe(0)
  expect(github.requests.count('raw')).toBe(1)

  github.requests.clear()
  expect((await runPinsmith(['graph', '-q'], { cwd, github, env })).code).toBe(0)
  expect(github.requests.count()).toBe(0)
  expect((await runPinsmith(['graph', '-q', '--no-cache'], { cwd, github, env })).code).toBe(0)
  expect(github.requests.count('raw')).toBe(1)

  const path = await runPinsmith(['cache', 'path'], { cwd, env })
  expect(path).toEqual({
    code: 0,
    stdout: `${cache}\n`,
    stderr: expect.stringMatching(/^1 entry, /),
  })
  const clear = await runPinsmith(['cache', 'clear'], { cwd, env })
  expect(clear).toEqual({
    code: 0,
    stdout: '',
    stderr: expect.stringMatching(/^removed 1 entry, /),
  })
  expect(await readdir(cache).catch(() => [])).toEqual([])
})

test('without a home there is none', async () => {
  const cwd = await temporaryFolder({})
  const { code, stderr } = await runPinsmith(['cache', 'path'], { cwd })
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('PINSMITH_CACHE') })
})

test('anything else is refused', async () => {
  const cwd = await temporaryFolder({})
  const { code, stderr } = await runPinsmith(['cache', 'burn'], { cwd })
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('path, clear') })
})
