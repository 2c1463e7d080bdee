import { execFile, type ExecFileOptionsWithBufferEncoding } from 'node:child_process'
import { dirname } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** How the `git` on the path is called. */
export interface GitCall {
  readonly args: readonly string[]
  readonly options: ExecFileOptionsWithBufferEncoding
}

/**
 * How git is called in a repository. With `env`, git gets that environment without the variables that would turn it to
 * another repository, as they do in a git hook; without, it inherits the environment as it is.
 */
export function gitCall(
  root: string,
  args: readonly string[],
  env: Environment | undefined,
): GitCall {
  return {
    args: [...ARGUMENTS_BEFORE, '-C', root, ...args],
    options: {
      encoding: 'buffer',
      maxBuffer: 256 * 1024 * 1024,
      windowsHide: true,
      // Windows looks for a program in the working folder first: a `git.exe` in the repository must not run.
      cwd: dirname(execPath),
      ...(env === undefined ? {} : { env: ownEnvironment(env) }),
    },
  }
}

/** What git prints. Rejects where it is not there, or ends with another exit code than 0. */
export async function runGit(
  root: string,
  args: readonly string[],
  env: Environment | undefined,
): Promise<Buffer> {
  const call = gitCall(root, args, env)
  const { stdout } = await run('git', call.args, call.options)
  return stdout
}

const run = promisify(execFile)

// A repository can name a program as its file system monitor; reading must not run it.
const ARGUMENTS_BEFORE = ['--no-optional-locks', '-c', 'core.fsmonitor=false']

/** What turns git to another repository, and what would change the form of what it prints. */
const REDIRECTING: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIFF_OPTS',
  'GIT_DIR',
  'GIT_EXTERNAL_DIFF',
  'GIT_GLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_INDEX_FILE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_NAMESPACE',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
])

function ownEnvironment(env: Environment): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(([name]) => !REDIRECTING.has(name.toUpperCase()))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1' }
}
