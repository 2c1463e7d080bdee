import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LocalGitHub } from '../support/github/server.ts'
import { runPinsmith, type Run } from '../support/run.ts'
import { git, temporaryRepository } from '../support/temporary-folder.ts'

export const CI = '.github/workflows/ci.yml'
export const ACTIONS = '.github/actions'
export const RECORD = `${ACTIONS}/vendored.json`

/** A workflow with one job; steps that do not use anything are given as they are. */
export function workflow(...steps: readonly string[]): string {
  const lines = steps.map(
    (step) => `      - ${/^(?:uses|run): /.test(step) ? step : `uses: ${step}`}\n`,
  )
  return `on: push\njobs:\n  all:\n    runs-on: ubuntu-latest\n    steps:\n${lines.join('')}`
}

/** A composite action; a step that begins with `run: ` runs that, any other is used. */
export function composite(...steps: readonly string[]): string {
  const lines = steps.map((step) =>
    step.startsWith('run: ') ? `    - ${step}\n      shell: bash\n` : `    - uses: ${step}\n`,
  )
  return `name: Made for a test\nruns:\n  using: composite\n  steps:\n${lines.join('')}`
}

/** A repository with these files, in which pinsmith is run. */
export interface Repository {
  readonly root: string
  readonly run: (...args: readonly string[]) => Promise<Run>
  readonly read: (path: string) => Promise<string>
  /** What git says has changed since the first commit, each file by itself. */
  readonly changed: () => string[]
}

export async function repository(
  files: Readonly<Record<string, string | Uint8Array>>,
  github: LocalGitHub,
  withToken = false,
): Promise<Repository> {
  const root = await temporaryRepository(files)
  return {
    root,
    run: (...args) =>
      runPinsmith(args, { cwd: root, github, withToken, env: { PATH: process.env['PATH'] } }),
    read: (path) => readFile(join(root, path), 'utf8'),
    changed: () =>
      git(root, 'status', '--porcelain', '--untracked-files=all', '-z')
        .split('\0')
        .slice(0, -1)
        .toSorted(),
  }
}

/** Every file below a folder, `.git` left out: its bytes, and `*` before those that may be run. */
export async function treeOf(root: string): Promise<Record<string, string>> {
  const names = await readdir(root, { recursive: true })
  const files: Record<string, string> = {}
  for (const name of names.map((each) => each.replaceAll('\\', '/')).toSorted()) {
    if (/^\.git(?:\/|$)/.test(name)) continue
    const stats = await lstat(join(root, name))
    if (!stats.isFile()) continue
    const bytes = await readFile(join(root, name))
    files[name] = `${(stats.mode & 0o100) === 0 ? '' : '*'}${bytes.toString('latin1')}`
  }
  return files
}
