import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.ts'
import type { LocalGitHub } from './github/server.ts'

/** What a run of the command line needs beside its arguments. */
export interface RunOptions {
  readonly cwd: string
  /** Where GitHub is; without one, at an address where nothing answers. */
  readonly github?: LocalGitHub
  /** Whether the environment holds the good token. */
  readonly withToken?: boolean
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string | Uint8Array
  readonly isTTY?: boolean
}

/** What a run came to. */
export interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line in this process: the real one, but for the process around it. */
export async function runPinsmith(args: readonly string[], options: RunOptions): Promise<Run> {
  const written = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr') => ({
    isTTY: options.isTTY ?? false,
    columns: 80,
    write: (text: string) => {
      written[name] += text
    },
  })
  const code = await main(args, {
    env: environment(options),
    cwd: options.cwd,
    stdin: chunks(options.stdin ?? ''),
    stdout: output('stdout'),
    stderr: output('stderr'),
  })
  return { code, ...written }
}

/** Runs `bin/pinsmith.js`, the built program, in a process of its own. */
export function spawnPinsmith(args: readonly string[], options: RunOptions): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...environment(options) },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end(options.stdin ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
}

const BIN = fileURLToPath(new URL('../../bin/pinsmith.js', import.meta.url))

// No PATH: so no `gh` of this machine is asked for a token.
function environment({ github, withToken, env }: RunOptions): Record<string, string | undefined> {
  return {
    ...(github?.env ?? { GITHUB_SERVER_URL: 'http://127.0.0.1:9' }),
    ...(withToken === true ? { GITHUB_TOKEN: github?.token ?? 'no-token' } : {}),
    ...env,
  }
}

async function* chunks(input: string | Uint8Array): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(input)
  // In odd pieces, as a pipe may bring them.
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
}
