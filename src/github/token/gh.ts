import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { execPath } from 'node:process'
import type { Env } from '../usage.ts'

/** Asks the GitHub CLI for its token for a host; `undefined` where there is none, or no `gh`. */
export type AskGh = (hostname: string, env: Env) => Promise<string | undefined>

const TIMEOUT = 5_000

/**
 * Runs `gh auth token`. Not in the current folder: Windows looks there for programs first, and a repository
 * that is being pinned could bring a `gh.exe` of its own.
 * https://cli.github.com/manual/gh_auth_token
 */
export const askGh: AskGh = (hostname, env) =>
  new Promise((resolve) => {
    const args = ['auth', 'token', '--hostname', hostname]
    const options = { env: { ...env }, cwd: dirname(execPath), timeout: TIMEOUT, windowsHide: true }
    execFile('gh', args, options, (error, stdout) => {
      resolve(error === null ? stdout : undefined)
    })
  })
