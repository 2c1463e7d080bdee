import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs `ask.ts` in a process of its own, whose environment holds no more than this. Proves, too, that it ends. */
export async function runAsk(
  env: Readonly<Record<string, string>>,
  repository: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<{ readonly answer: unknown; readonly stderr: string }> {
  const ask = fileURLToPath(new URL('./ask.ts', import.meta.url))
  const args = ['--import', 'tsx', ...nodeOptions, ask, ...repository]
  const { stdout, stderr } = await run(process.execPath, args, {
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], ...env },
    timeout: 30_000,
  })
  return { answer: stdout === '' ? undefined : JSON.parse(stdout), stderr }
}
