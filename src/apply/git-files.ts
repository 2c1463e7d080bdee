import { execFile } from 'node:child_process'
import { gitCall, runGit, type Environment } from './run-git.ts'

export type { Environment } from './run-git.ts'

/**
 * Lists the `action.yml` and `action.yaml` files that git tracks below a repository's root, at any depth,
 * relative to it, with `/`. `undefined` where git is not there or refuses, as it does in a folder that
 * somebody else owns. A name that is not UTF-8 comes with U+FFFD in it.
 */
export type ListTracked = (root: string) => Promise<readonly string[] | undefined>

/**
 * Asks the `git` on the path. With `env`, git gets that environment without the variables that would turn it to
 * another repository, as they do in a git hook; without, it inherits the environment as it is.
 */
export function gitLister(env?: Environment): ListTracked {
  return async (root) => {
    try {
      return splitNames(await runGit(root, LIST, env))
    } catch {
      return undefined
    }
  }
}

/**
 * Which of these files, relative to a repository's root with `/`, git would leave out of a commit. None where git is not there
 * or refuses: then nobody can say.
 */
export type ListIgnored = (root: string, paths: readonly string[]) => Promise<readonly string[]>

/** Asks the `git` on the path; the environment as for {@link gitLister}. */
export function gitIgnored(env: Environment): ListIgnored {
  return (root, paths) =>
    new Promise((resolve) => {
      const { args, options } = gitCall(root, ['check-ignore', '-z', '--stdin'], env)
      // It ends with 1 where none is ignored.
      const child = execFile('git', args, options, (error, stdout) =>
        resolve(error === null ? splitNames(stdout) : []),
      )
      child.stdin?.on('error', () => undefined)
      child.stdin?.end(paths.map((path) => `${path}\0`).join(''))
    })
}

/** The names that git prints with `-z`, each with a NUL behind it. */
function splitNames(printed: Buffer): string[] {
  return printed.toString('utf8').split('\0').slice(0, -1)
}

const LIST = ['ls-files', '-z', '--', ':(glob)**/action.yml', ':(glob)**/action.yaml']
