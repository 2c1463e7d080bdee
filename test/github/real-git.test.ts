import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hermeticGitEnv } from '../support/github/git-env.ts'
import { serveRealGit, type RealGit } from '../support/github/git-http-backend.ts'
import { answersOf, portTo, question } from './support/ports.ts'

const run = promisify(execFile)

let folder = ''
let server: RealGit

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-real-git-'))
  await mkdir(join(folder, 'acme'))
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository()])
  server = await serveRealGit(join(folder, 'acme'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

test('the git client reads what the real git serves', async () => {
  const [one, two] = [await commit('one'), await commit('two')]
  await git('branch', 'main', two)
  await git('branch', 'v2', one)
  await git('tag', 'light', one)
  await git('tag', '-a', '-m', 'x', 'v1', one)
  await git('tag', '-a', '-m', 'x', 'v1.0.0', two)
  await git('tag', '-a', '-m', 'x', 'twice', 'v1')
  await git('tag', 'größe', two)
  await git('pack-refs', '--all')
  const tagObject = await git('rev-parse', 'refs/tags/v1')

  const origin = new URL(server.url).origin
  const port = await portTo({ env: { GITHUB_SERVER_URL: origin }, token: '' }, 'git', {
    token: undefined,
  })
  const names = ['v1', 'v2', 'light', 'twice', 'größe', 'missing']
  const narrow = question('acme/tool', { names, tags: { kind: 'families', prefixes: ['v1.'] } })
  const refs = answersOf(await port.lookUp([narrow])).get('acme/tool')
  expect(refs).toMatchObject({
    kind: 'refs',
    renamedTo: undefined,
    tags: new Map([
      ['größe', two],
      ['light', one],
      ['twice', one],
      ['v1', one],
      ['v1.0.0', two],
    ]),
    branches: new Map([['v2', one]]),
  })

  const wide = question('acme/tool', { shas: [one], tags: { kind: 'all' } })
  const all = answersOf(await port.lookUp([wide])).get('acme/tool')
  expect(all?.kind === 'refs' && all.tagObjects.get(tagObject)).toBe(one)
  expect(all?.kind === 'refs' && all.tags.size).toBe(5)

  const missing = answersOf(await port.lookUp([question('acme/none')])).get('acme/none')
  expect(missing).toEqual({ kind: 'repository-not-found' })
})

function repository(): string {
  return join(folder, 'acme', 'tool.git')
}

async function commit(message: string): Promise<string> {
  const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
  await git('hash-object', '-w', '-t', 'tree', '--stdin')
  return git('commit-tree', tree, '-m', message)
}

async function git(...args: string[]): Promise<string> {
  const running = run('git', ['--git-dir', repository(), ...args], { env: hermeticGitEnv() })
  running.child.stdin?.end()
  return (await running).stdout.trim()
}
