import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes a folder with these files (path with `/` to content) that lasts as long as the test. */
export async function temporaryFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pinsmith-test-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  await putFiles(folder, files)
  return folder
}

export async function putFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const absolute = join(folder, ...path.split('/'))
    await mkdir(dirname(absolute), { recursive: true })
    await writeFile(absolute, content)
  }
}

/** Makes a git repository with these files, all of them committed. */
export async function temporaryRepository(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const folder = await temporaryFolder(files)
  git(folder, '-c', `alias.begin=!${BEGIN}`, 'begin')
  return folder
}

// One process started from here instead of three: that is what most of a test's time would go into.
const BEGIN = [
  'git init --quiet --initial-branch=main --template=',
  'git add --all',
  'git commit --quiet --allow-empty --message=first',
].join(' && ')

/** Runs the real git, whatever the machine's own settings are. */
export function git(folder: string, ...args: readonly string[]): string {
  const settings = [
    'user.name=Test',
    'user.email=test@example.invalid',
    'core.autocrlf=false',
    'commit.gpgsign=false',
    'core.fsync=none',
    'maintenance.auto=false',
    'protocol.file.allow=always',
  ].flatMap((setting) => ['-c', setting])
  return execFileSync('git', [...settings, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...withoutGitVariables(), GIT_CONFIG_NOSYSTEM: '1' },
  })
}

// In a hook, git's own variables lead to the repository that the tests are run from.
function withoutGitVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')),
  )
}
