/** What a patch changes in one file. Lines count from 1. */
export interface FileChange {
  /** The lines that it has now and had not. */
  readonly lines: ReadonlySet<number>
  /** In the order of the file. */
  readonly hunks: readonly Hunk[]
}

/** A place where lines were taken away, added, or both. */
interface Hunk {
  /** The last line of today before the text goes on as it was. */
  readonly last: number
  /** How many lines there are more than before; negative where there are fewer. */
  readonly grown: number
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** Reads a patch without context, by the names that the files have now, or had where they are gone. */
export function readPatch(patch: string): ReadonlyMap<string, FileChange> {
  const files = new Map<string, Draft>()
  const lines = patch.split('\n')
  let before = ''
  let current: Draft = { lines: new Set(), hunks: [] }
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const hunk = HUNK.exec(line)
    if (hunk !== null) at = readHunk(lines, at + 1, hunk, current)
    else if (line.startsWith('--- ')) before = line.slice(4)
    else if (line.startsWith('+++ ')) {
      const after = line.slice(4)
      current = { lines: new Set(), hunks: [] }
      files.set(readName(after === '/dev/null' ? before : after), current)
    }
  }
  return files
}

/** Which line a line of today was, where it was not changed itself. */
export function lineBefore({ hunks }: FileChange, line: number): number {
  return hunks.reduce((at, { last, grown }) => (line > last ? at - grown : at), line)
}

interface Draft {
  readonly lines: Set<number>
  readonly hunks: Hunk[]
}

/** Reads the text of files in a hunk, which may look like anything, and tells where its last line is. */
function readHunk(
  lines: readonly string[],
  from: number,
  [, removed, start, added]: RegExpExecArray,
  { lines: changed, hunks }: Draft,
): number {
  let [old, fresh, row] = [Number(removed ?? 1), Number(added ?? 1), Number(start)]
  // Where nothing was added, it is told behind which line something was taken away.
  hunks.push({ last: fresh > 0 ? row + fresh - 1 : row, grown: fresh - old })
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
