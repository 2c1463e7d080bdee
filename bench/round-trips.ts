import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../src/cli/main.ts'
import { startGitHub } from '../test/support/github/server.ts'
import { makeWorld } from '../test/support/github/worlds.ts'
import type { FigureGroup } from './figure.ts'

const ACTIONS = 40
const LATENCY = 50

/** What pinning a repository of forty actions asks of a GitHub that is 50 ms away, with a token and without. */
export async function measureRoundTrips(): Promise<FigureGroup> {
  const names = Array.from({ length: ACTIONS }, (_, n) => `acme/action-${n}`)
  const worlds = names.map((name, n) => makeWorld(name, { tags: { v1: n, 'v1.2.3': n } }))
  const github = await startGitHub({ worlds, latencyMs: LATENCY })
  const steps = names.map((name) => `      - uses: ${name}@v1\n`).join('')
  const figures = []
  try {
    for (const token of [github.token, undefined]) {
      const cwd = mkdtempSync(join(tmpdir(), 'pinsmith-bench-'))
      mkdirSync(join(cwd, '.github/workflows'), { recursive: true })
      writeFileSync(join(cwd, '.github/workflows/ci.yml'), `jobs:\n  all:\n    steps:\n${steps}`)
      github.requests.clear()
      const quiet = { write: () => true }
      const env = { ...github.env, PATH: '', GITHUB_TOKEN: token }
      const code = await main([], {
        env,
        cwd,
        stdin: (async function* () {})(),
        stdout: quiet,
        stderr: quiet,
      })
      if (code !== 0) throw new Error(`exit code ${code}`)
      figures.push({
        name: token === undefined ? 'without a token (git)' : 'with a token (GraphQL)',
        value: `${github.requests.count()} requests`,
      })
      rmSync(cwd, { recursive: true })
    }
  } finally {
    await github.close()
  }
  return { title: `${ACTIONS} actions in one workflow`, figures }
}
