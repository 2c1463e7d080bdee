import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hermeticGitEnv } from './git-env.ts'
import { serveRealGit, type RealGit } from './git-http-backend.ts'
import { delim, flush, packet } from './pkt-line.ts'
import { startGitHub, type LocalGitHub } from './server.ts'
import type { World } from './world.ts'

const run = promisify(execFile)

let folder = ''
let real: RealGit
let local: LocalGitHub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinsmith-git-'))
  const world = await makeRealRepository(join(folder, 'tool.git'))
  real = await serveRealGit(join(folder, 'tool.git'))
  local = await startGitHub({ worlds: [world] })
})

afterAll(async () => {
  await Promise.all([real.close(), local.close()])
  await rm(folder, { recursive: true })
})

test.each([
  ['everything', ['peel', 'symrefs']],
  ['nothing peeled', []],
  ['prefixes', ['peel', 'ref-prefix refs/tags/v1', 'ref-prefix refs/heads/v1']],
  ['overlapping prefixes', ['peel', 'ref-prefix refs/tags/v1', 'ref-prefix refs/tags/']],
  ['prefixes of nothing', ['peel', 'ref-prefix refs/tags/none']],
  ['HEAD', ['symrefs', 'unborn', 'ref-prefix HEAD']],
  ['pull requests', ['ref-prefix refs/pull/']],
])('the imitation answers ls-refs as git does, byte for byte: %s', async (_, args) => {
  const body = packet('command=ls-refs') + delim + args.map(packet).join('') + flush
  const [truth, imitation] = await Promise.all([
    uploadPack(real.url, body),
    uploadPack(`${local.url}/octo/tool.git`, body),
  ])
  expect(imitation).toEqual(truth)
  expect(truth.status).toBe(200)
  expect(truth.body.endsWith(flush)).toBe(true)
})

test('the imitation advertises version 2 as git does, but for the names of its abilities', async () => {
  const [truth, imitation] = await Promise.all([
    advertisement(real.url),
    advertisement(`${local.url}/octo/tool.git`),
  ])
  expect(imitation.type).toBe(truth.type)
  const frame = packet('# service=git-upload-pack') + flush + packet('version 2')
  expect(truth.body).toContain(packet('version 2'))
  expect(imitation.body.startsWith(frame)).toBe(true)
  expect(imitation.body).toContain(packet('ls-refs=unborn'))
  expect(truth.body).toContain(packet('ls-refs=unborn'))
})

async function uploadPack(url: string, body: string) {
  const response = await fetch(`${url}/git-upload-pack`, {
    method: 'POST',
    headers: {
      'git-protocol': 'version=2',
      'content-type': 'application/x-git-upload-pack-request',
    },
    body,
  })
  const type = response.headers.get('content-type')
  return { status: response.status, type, body: await response.text() }
}

async function advertisement(url: string) {
  const headers = { 'git-protocol': 'version=2' }
  const response = await fetch(`${url}/info/refs?service=git-upload-pack`, { headers })
  return { type: response.headers.get('content-type'), body: await response.text() }
}

/** Branches, a plain tag, an annotated one, a tag of a tag, a pull request: and the same as a world. */
async function makeRealRepository(path: string): Promise<World> {
  const inRepository = (...args: readonly string[]) => git('--git-dir', path, ...args)
  const commit = (message: string, ...parents: readonly string[]) =>
    inRepository('commit-tree', emptyTree, ...parents.flatMap((p) => ['-p', p]), '-m', message)
  await git('init', '--bare', '--quiet', '--initial-branch=main', path)
  const first = await commit('first')
  const second = await commit('second', first)
  const fork = await commit('fork', first)
  await inRepository('update-ref', 'refs/heads/main', second)
  await inRepository('update-ref', 'refs/heads/v1', first)
  await inRepository('update-ref', 'refs/pull/3/head', fork)
  await inRepository('tag', 'v1.0.0', first)
  await inRepository('tag', '-a', 'v1', first, '-m', 'v1')
  await inRepository('tag', '-a', 'inner', second, '-m', 'inner')
  const inner = await inRepository('rev-parse', 'refs/tags/inner')
  await inRepository('tag', '-a', 'v2', inner, '-m', 'v2')
  await inRepository('tag', '-d', 'inner')
  const annotated = await inRepository('rev-parse', 'refs/tags/v1')
  const outer = await inRepository('rev-parse', 'refs/tags/v2')
  const date = '2024-01-01T00:00:00Z'
  return {
    owner: 'octo',
    name: 'tool',
    default_branch: 'main',
    heads: { main: second, v1: first },
    tags: {
      v2: { object: outer, type: 'tag', commit: second },
      v1: { object: annotated, type: 'tag', commit: first },
      'v1.0.0': { object: first, type: 'commit', commit: first },
    },
    tag_chains: {
      v2: [
        [inner, 'tag'],
        [second, 'commit'],
      ],
    },
    commits: { [first]: { date, tree: emptyTree }, [second]: { date, tree: emptyTree } },
    pull_only: [{ sha: fork, date, tree: emptyTree, ref: 'refs/pull/3/head' }],
  }
}

/** Every repository has it. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...args], { cwd: folder, env: hermeticGitEnv() })
  return stdout.trim()
}
