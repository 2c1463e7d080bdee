import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { execPath } from 'node:process'
import { promisify } from 'node:util'

/**
 * Lists the `action.yml` and `action.yaml` files that git tracks below a repository's root, at any depth,
 * relative to it, with `/`. `undefined` where git is not there or refuses, as it does in a folder that
 * somebody else owns. A name that is not UTF-8 comes with U+FFFD in it.
 */
export type ListTracked = (root: string) => Promise<readonly string[] | undefined>

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Asks the `git` on the path. With `env`, git gets that environment without the variables that would turn it to
 * another repository, as they do in a git hook; without, it inherits the environment as it is.
 */
export function gitLister(env?: Environment): ListTracked {
  return async (root) => {
    try {
      const { stdout } = await run('git', [...ARGUMENTS_BEFORE, '-C', root, ...LIST], {
        encoding: 'buffer',
        maxBuffer: 256 * 1024 * 1024,
        windowsHide: true,
        // Windows looks for a program in the working folder first: a `git.exe` in the repository must not run.
        cwd: dirname(execPath),
        ...(env === undefined ? {} : { env: ownEnvironment(env) }),
      })
      return stdout.toString('utf8').split('\0').slice(0, -1)
    } catch {
      return undefined
    }
  }
}

const run = promisify(execFile)

// A repository can name a program as its file system monitor; listing must not run it.
const ARGUMENTS_BEFORE = ['--no-optional-locks', '-c', 'core.fsmonitor=false']

const LIST = ['ls-files', '-z', '--', ':(glob)**/action.yml', ':(glob)**/action.yaml']

const REDIRECTING: ReadonlySet<string> = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
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
