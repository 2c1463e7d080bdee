import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryRepository } from '../support/temporary-folder.ts'

const CI = '.github/workflows/ci.yml'

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1 }, manifests: { 1: { 'action.yml': NODE } } }),
      makeWorld('acme/loose', {
        tags: { v1: 2 },
        manifests: { 2: { 'action.yml': composite('acme/leaf@v1') } },
      }),
      makeWorld('acme/tight', {
        tags: { v1: 3 },
        manifests: { 3: { 'action.yml': composite(`acme/leaf@${sha(1)}`) } },
      }),
    ],
  })
})
afterAll(() => github.close())

const CLEAN = workflow(`acme/tight@${sha(3)} # v1`)
const BLOCKED = workflow(`acme/loose@${sha(2)} # v1`)

describe.each([true, false])('pinsmith graph, with a token: %s', (withToken) => {
  async function run(
    files: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<Awaited<ReturnType<typeof runPinsmith>> & { readonly cwd: string }> {
    const cwd = await temporaryRepository(files)
    const env = { XDG_CACHE_HOME: join(cwd, '.git', 'cache') }
    return { cwd, ...(await runPinsmith(['graph', ...args], { cwd, github, withToken, env })) }
  }

  test('passes: the tree and the verdict, exit code 0', async () => {
    const { code, stdout, stderr } = await run({ [CI]: CLEAN })
    expect(stdout).toMatch(
      /^\.github\/workflows\/ci\.yml\n└─ acme\/tight@\w{12}(?: \(v1\))? {2}:6\n {3}└─ acme\/leaf@\w{12}\n\n✓ passes: /,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('blocked: the chain, exit code 1', async () => {
    const { code, stdout } = await run({ [CI]: BLOCKED })
    expect(stdout).toContain('✗ acme/leaf@v1  unpinned  = ')
    expect(stdout).toMatch(/ci\.yml:6 → acme\/loose@\w{12}(?: \(v1\))? → acme\/leaf@v1\n/)
    expect(code).toBe(1)
  })

  test('JSON carries the verdict, and alone', async () => {
    const { code, stdout, stderr } = await run({ [CI]: BLOCKED }, '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      command: 'graph',
      verdict: 'blocked',
      chains: [[CI, `acme/loose@${sha(2)}`, 'acme/leaf@v1']],
      unknown: [],
      roots: [CI],
    })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  })

  test('a file that could not be read is exit code 1', async () => {
    const { code, stdout } = await run({ [CI]: CLEAN, '.github/workflows/b.yml': '{' })
    expect(stdout).toContain('✗ .github/workflows/b.yml:')
    expect(stdout).toContain('? unknown: what 1 of 2 workflows runs')
    expect(code).toBe(1)
  })

  test.each(['mermaid', 'dot', 'html'])(
    '%s: the diagram to standard output or a file, the verdict to standard error',
    async (format) => {
      const { code, stdout, stderr } = await run({ [CI]: BLOCKED }, '--format', format)
      expect(stdout).toMatch(/^(?:flowchart LR|digraph pinsmith|<!doctype html>)/)
      expect(stderr).toMatch(/^✗ blocked: .*\n$/)
      expect(code).toBe(1)
      const args = ['--format', format, '--output', 'out', '--quiet']
      const written = await run({ [CI]: BLOCKED }, ...args)
      expect(written).toMatchObject({ code: 1, stdout: '', stderr: '' })
      expect(await readFile(join(written.cwd, 'out'), 'utf8')).toBe(stdout)
    },
  )

  test('a file that cannot be written is exit code 2', async () => {
    const { code, stdout, stderr } = await run({ [CI]: CLEAN }, '-o', 'no/such/folder')
    expect(stderr).toContain('"no/such/folder" could not be written: ')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

test('a host that cannot be reached is exit code 2, in JSON too', async () => {
  const cwd = await temporaryRepository({ [CI]: CLEAN })
  const { code, stdout, stderr } = await runPinsmith(['graph', '--format', 'json'], { cwd })
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'network' } })
  expect(stderr).toContain('could not be reached')
  expect(code).toBe(2)
})

test('wrong usage is exit code 2', async () => {
  const cwd = await temporaryRepository()
  expect(await runPinsmith(['graph', '--format', 'svg'], { cwd })).toMatchObject({ code: 2 })
  expect(await runPinsmith(['graph', 'no-such-file.yml'], { cwd })).toMatchObject({ code: 2 })
})

const NODE = 'name: Leaf\nruns:\n  using: node20\n  main: index.js\n'

function composite(uses: string): string {
  return `name: Composite\nruns:\n  using: composite\n  steps:\n    - uses: ${uses}\n`
}

function workflow(uses: string): string {
  return `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${uses}\n`
}
