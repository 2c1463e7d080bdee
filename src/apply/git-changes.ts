import { lineBefore, readPatch, type FileChange } from './git-patch.ts'
import { runGit, type Environment } from './run-git.ts'

/** What was changed in a repository since it parted from a base, whether it is committed or not. */
export interface Changes {
  readonly kind: 'changes'
  /**
   * The lines, from 1, that a file has now and had not; `all` for one that git does not track; `undefined` where nothing of it was
   * changed. Of a file that is gone, that is empty or that has another mode alone there are none.
   * @param path below the repository's root, with `/`
   */
  readonly linesOf: (path: string) => ReadonlySet<number> | 'all' | undefined
  /** A file as it was; `undefined` for one that was not there. */
  readonly before: (path: string) => Promise<Before | undefined>
}

/** A file as it was where the two parted. */
export interface Before {
  readonly text: string
  /** Which line of it is a line of today that was not changed; both from 1. */
  readonly lineOf: (line: number) => number
}

/** Why it cannot be said what was changed. */
export interface ChangesFault {
  readonly kind: 'changes-fault'
  /** `no-base`: git knows no such commit; `no-merge-base`: it does, but not where the two parted. */
  readonly code: 'no-base' | 'no-merge-base' | 'git'
}

/**
 * Asks git for the lines that were changed since the merge base of a base (a branch, a tag, a commit) and what is checked out.
 * @param root of the repository, absolute
 */
export async function readChanges(
  root: string,
  base: string,
  env: Environment,
): Promise<Changes | ChangesFault> {
  const git = (...args: readonly string[]): Promise<string | undefined> =>
    runGit(root, args, env).then(
      (printed) => printed.toString('utf8'),
      () => undefined,
    )
  if ((await git('rev-parse', '--git-dir')) === undefined) return fault('git')
  const named = await git(
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${base}^{commit}`,
  )
  const commit = named?.trim() ?? ''
  if (!OID.test(commit)) return fault('no-base')
  const parted = (await git('merge-base', commit, 'HEAD'))?.trim() ?? ''
  if (!OID.test(parted)) return fault('no-merge-base')
  const [patch, names, tracked] = await Promise.all([
    git(...DIFF, ...LINES, parted, '--'),
    git(...DIFF, ...NAMES, parted, '--'),
    git('ls-files', '-z'),
  ])
  if (patch === undefined || names === undefined || tracked === undefined) return fault('git')
  // A patch has no lines of a file whose mode alone was changed, or that is empty.
  const changed = new Map([...namesIn(names)].map((name) => [name, NO_LINES]))
  for (const [name, change] of readPatch(patch)) changed.set(name, change)
  const known = namesIn(tracked)
  return {
    kind: 'changes',
    linesOf: (path) => changed.get(path)?.lines ?? (known.has(path) ? undefined : 'all'),
    before: async (path) => {
      const text = await git('cat-file', 'blob', `${parted}:${path}`)
      const change = changed.get(path) ?? NO_LINES
      return text === undefined ? undefined : { text, lineOf: (line) => lineBefore(change, line) }
    },
  }
}

const NO_LINES: FileChange = { lines: new Set(), hunks: [] }

function namesIn(printed: string): ReadonlySet<string> {
  return new Set(printed.split('\0'))
}

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

// Whatever the repository or its user have set, no other program is run, and the format is always the same.
const DIFF = [
  '-c',
  'core.quotePath=false',
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  // An attribute can call a file binary, and so can a NUL byte in it: then no lines would be told.
  '--text',
  '--no-color',
  '--no-renames',
  '--no-relative',
  '--ignore-submodules=all',
  '--src-prefix=a/',
  '--dst-prefix=b/',
]

const LINES = ['--inter-hunk-context=0', '--unified=0']
const NAMES = ['--name-only', '-z']

function fault(code: ChangesFault['code']): ChangesFault {
  return { kind: 'changes-fault', code }
}
