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
  for (const [name, lines] of readPatch(patch)) changed.set(name, lines)
  const known = namesIn(tracked)
  return {
    kind: 'changes',
    linesOf: (path) => changed.get(path) ?? (known.has(path) ? undefined : 'all'),
  }
}

const NO_LINES: ReadonlySet<number> = new Set()

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

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** Reads a patch: for each file that was changed, the lines that are new in it. */
function readPatch(patch: string): ReadonlyMap<string, ReadonlySet<number>> {
  const files = new Map<string, Set<number>>()
  const lines = patch.split('\n')
  let before = ''
  let current = new Set<number>()
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const hunk = HUNK.exec(line)
    if (hunk !== null) at = readHunk(lines, at + 1, hunk, current)
    else if (line.startsWith('--- ')) before = line.slice(4)
    else if (line.startsWith('+++ ')) {
      const after = line.slice(4)
      current = new Set()
      files.set(readName(after === '/dev/null' ? before : after), current)
    }
  }
  return files
}

/** Reads the text of files in a hunk, which may look like anything, and tells where its last line is. */
function readHunk(
  lines: readonly string[],
  from: number,
  [, removed, start, added]: RegExpExecArray,
  changed: Set<number>,
): number {
  let [old, fresh, row] = [Number(removed ?? 1), Number(added ?? 1), Number(start)]
  let at = from
  for (; (old > 0 || fresh > 0) && at < lines.length; at++) {
    const mark = lines[at]?.[0]
    // A backslash remarks on a missing line end.
    if (mark === '+') changed.add(row)
    if (mark === '+' || mark === ' ') {
      row++
      fresh--
    }
    if (mark === '-' || mark === ' ') old--
  }
  return at - 1
}

/** The name in a patch's header, without its prefix: in quotes where it holds what needs them, else with a tab after a blank in it. */
function readName(text: string): string {
  const name = text.startsWith('"') ? unquote(text.slice(1, text.lastIndexOf('"'))) : text
  return name.replace(/\t$/, '').replace(/^[ab]\//, '')
}

/** Undoes the quoting of C, in which git writes bytes as octal numbers. */
function unquote(text: string): string {
  const parts = text.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)
  const bytes = [...parts].map(([, octal, letter, plain]) =>
    octal === undefined
      ? Buffer.from(plain ?? ESCAPES.get(letter ?? '') ?? letter ?? '')
      : Buffer.from([Number.parseInt(octal, 8)]),
  )
  return Buffer.concat(bytes).toString('utf8')
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

function fault(code: ChangesFault['code']): ChangesFault {
  return { kind: 'changes-fault', code }
}
