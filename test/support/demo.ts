import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hermeticGitEnv } from './github/git-env.ts'
import { startGitHub } from './github/server.ts'
import { loadWorlds } from './github/worlds.ts'

// `npm run demo`: the real command line on a sample repository, against the local GitHub.

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const pinsmith = here('../../bin/pinsmith.js')
const folder = mkdtempSync(join(tmpdir(), 'pinsmith-demo-'))
const github = await startGitHub({ worlds: await loadWorlds(here('../../fixtures/worlds')) })
const env = {
  ...hermeticGitEnv(),
  ...github.env,
  GITHUB_TOKEN: github.token,
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: folder, env, stdio: 'inherit' })
}

/** Runs the command line and shows what it prints; the local GitHub goes on answering meanwhile. */
function run(...args: string[]): Promise<void> {
  console.log(`\n$ pinsmith ${args.join(' ')}`)
  return new Promise((resolve) => {
    spawn(process.execPath, [pinsmith, ...args], { cwd: folder, env, stdio: 'inherit' }).on(
      'close',
      (code) => {
        console.log(`exit code ${code}`)
        resolve()
      },
    )
  })
}

try {
  cpSync(here('../../fixtures/repos/demo'), folder, { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '.')
  console.log(`A copy of fixtures/repos/demo in ${folder}, and a GitHub at ${github.url}.`)
  await run('--dry-run')
  await run()
  console.log('\n$ git diff --stat')
  git('--no-pager', 'diff', '--stat')
  await run('--prefer', 'tag')
} finally {
  await github.close()
  rmSync(folder, { recursive: true, force: true })
}
