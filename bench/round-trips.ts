import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../src/cli/main.ts'
import { startGitHub, type LocalGitHub } from '../test/support/github/server.ts'
import { makeWorld } from '../test/support/github/worlds.ts'
import type { Figure, FigureGroup } from './figure.ts'

const ACTIONS = 40

// Together they are the life of a repository: pinned once, checked, and checked again within the hour.
const RUNS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['`pinsmith`', []],
  ['`pinsmith check`', ['check']],
  ['`pinsmith check` again', ['check']],
]

/** What pinning and checking a repository of forty actions asks of GitHub, with a token and without. */
export async function measureRoundTrips(): Promise<FigureGroup> {
  const names = Array.from({ length: ACTIONS }, (_, n) => `acme/action-${n}`)
  const worlds = names.map((name, n) => makeWorld(name, { tags: { v1: n, 'v1.2.3': n } }))
  const github = await startGitHub({ worlds, rounds: true })
  try {
    const figures = [
      ...(await runAll(github, names, github.token)),
      ...(await runAll(github, names, undefined)),
    ]
    return { title: `${ACTIONS} actions in one workflow`, figures }
  } finally {
    await github.close()
  }
}

async function runAll(
  github: LocalGitHub,
  names: readonly string[],
  token: string | undefined,
): Promise<Figure[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'pinsmith-bench-'))
  const steps = names.map((name) => `      - uses: ${name}@v1\n`).join('')
  mkdirSync(join(cwd, '.github/workflows'), { recursive: true })
  writeFileSync(join(cwd, '.github/workflows/ci.yml'), `jobs:\n  all:\n    steps:\n${steps}`)
  const env = {
    ...github.env,
    PATH: '',
    GITHUB_TOKEN: token,
    PINSMITH_CACHE: join(cwd, 'cache'),
  }
  const figures: Figure[] = []
  for (const [name, args] of RUNS) {
    github.requests.clear()
    const quiet = { write: () => true }
    const stdin = (async function* () {})()
    const code = await main(args, { env, cwd, stdin, stdout: quiet, stderr: quiet })
    if (code !== 0) throw new Error(`exit code ${code}`)
    const count = github.requests.count()
    const rounds = github.requests.rounds()
    figures.push({
      name: `${name}, ${token === undefined ? 'without a token' : 'with a token'}`,
      value: `${count} requests in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    })
  }
  rmSync(cwd, { recursive: true })
  return figures
}
