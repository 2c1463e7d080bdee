import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalGitHub } from '../support/github/server.ts'
import { spawnPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, PINNED, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterAll(() => github.close())

describe('the program as a process', () => {
  test.each([
    ['0: all is pinned', [], 0],
    ['1: something is left', ['left.yml'], 1],
    ['2: it could not work', ['no/where'], 2],
  ])('ends with %s', async (_, args, code) => {
    const files = { [CI]: workflow('acme/tool@v1'), 'left.yml': workflow('acme/none@v1') }
    const cwd = await temporaryFolder(files)
    const run = await spawnPinsmith(args, { cwd, github })
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code, stdout: '' })
    expect((await textOf(cwd, CI)).includes(PINNED)).toBe(code === 0)
  })

  test('passes a long text through a pipe to its end', async () => {
    const long = `# ${'x'.repeat(78)}\n`.repeat(20_000)
    const cwd = await temporaryFolder()
    const stdin = workflow('acme/tool@v1') + long
    const { code, stdout } = await spawnPinsmith(['-'], { cwd, github, stdin })
    expect(code).toBe(0)
    expect(stdout === workflow(PINNED) + long).toBe(true)
  })

  test('does not mind that a reader such as `head` goes away', async () => {
    const program = join(import.meta.dirname, '..', '..', 'bin', 'pinsmith.js')
    const child = spawn(process.execPath, [program, '--help'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
