/** A place in a text that leads out of a folder by `..`. */
export interface Reach {
  readonly offset: number
  /** As it stands there. */
  readonly written: string
  /** What it is relative to: the action's folder, the folder of the file that it stands in, or that is not known. */
  readonly from: 'action' | 'file' | 'unknown'
  /** As far as it is written out, from there: `..` parts, then names. */
  readonly path: readonly string[]
  /** Whether more follows that is only known while it runs. */
  readonly isOpen: boolean
}

/** Whether a text speaks of the folder that an action lies in. */
export function mentionsActionPath(text: string): boolean {
  return MENTION.test(text)
}

/** Whether a text speaks of the ref or the repository that an action was called by: in a copy both are empty. */
export function mentionsOwnRef(text: string): boolean {
  return /github\s*\.\s*action_(?:ref|repository)\b|\bGITHUB_ACTION_(?:REF|REPOSITORY)\b/i.test(
    text,
  )
}

/**
 * Finds what in a text leads out by `..`: behind the action's folder in any of the ways to name it (`github.action_path`,
 * `$GITHUB_ACTION_PATH`, a variable that was given it), behind a script's own folder, and paths of which it is not
 * known what they begin at. What a program puts together in other ways is not found.
 */
export function findReaches(text: string): Reach[] {
  const attached = [
    ...basesIn(text).flatMap((base) => reachBehind(text, base)),
    ...reachesInExpressions(text),
  ].toSorted((a, b) => a.reach.offset - b.reach.offset)
  let next = 0
  const loose = [...text.matchAll(LOOSE)].flatMap((match): Reach[] => {
    const written = match[1] ?? ''
    const offset = match.index + match[0].length - written.length
    while ((attached[next]?.end ?? Infinity) <= offset) next += 1
    const { path, isOpen } = readPath(written)
    const isAttached = (attached[next]?.reach.offset ?? Infinity) <= offset
    return isAttached || !path.includes('..')
      ? []
      : [{ offset, written, from: 'unknown', path, isOpen }]
  })
  return [...attached.map(({ reach }) => reach), ...loose].toSorted((a, b) => a.offset - b.offset)
}

/** Whether a text goes into the action's folder, so that paths without a base may be relative to it. */
export function entersActionFolder(text: string): boolean {
  return new RegExp(
    String.raw`(?:\b(?:cd|pushd|chdir|Set-Location|Push-Location)\b(?:[ \t]+(?:/d|--|-Path))?[ \t]+|working-directory:[ \t]*)["']?(?:${ACTION_FOLDER})`,
    'i',
  ).test(text)
}

const MENTION =
  /github\s*\.\s*action_path\b|\bGITHUB_ACTION_PATH\b|github\s*\[\s*['"]action_path['"]\s*\]/i

const NAME = String.raw`GITHUB_ACTION_PATH`
const ACTION_FOLDER = [
  String.raw`\$\{\{[ \t]*(?:github[ \t]*\.[ \t]*action_path|github\[['"]action_path['"]\]|env\.${NAME})[ \t]*\}\}`,
  String.raw`\$\{(?:env:)?${NAME}(?:[:?+=/-][^}\n]*)?\}`,
  String.raw`\$(?:env:)?${NAME}\b`,
  String.raw`%${NAME}%`,
  String.raw`\b(?:os\.environ|os\.getenv|process\.env|ENV|System\.getenv|getenv)(?:\.get)?(?:\.${NAME}\b|[\[(]\s*["']${NAME}["'][^\])\n]*[\])])`,
].join('|')

// A script's own folder, in the shells and languages that actions are written in.
const FILE_FOLDER = [
  String.raw`\$\(\s*dirname\s+(?:--\s+)?["']?\$(?:0|\{0\}|BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?(?::-\$0)?\})["']?\s*\)`,
  String.raw`\$\{(?:BASH_SOURCE(?:\[0\])?|0)%/\*\}`,
  String.raw`\$PSScriptRoot\b`,
  String.raw`%~dp0`,
  String.raw`\b__dirname\b`,
  String.raw`\bimport\.meta\.dirname\b`,
  String.raw`\b(?:os\.path\.dirname\(\s*(?:os\.path\.abspath\(\s*)?__file__\s*\)?\s*\))`,
  String.raw`@__DIR__\b`,
].join('|')

/** A stretch of text that names a folder. */
interface Base {
  readonly start: number
  readonly end: number
  readonly from: 'action' | 'file'
  /** How many folders up from there it means. */
  readonly up: number
}

function basesIn(text: string): Base[] {
  const bases: Base[] = []
  const names = aliasesIn(text)
  const aliases = [...names].map((name) => String.raw`\$(?:env:)?${name}\b|\$\{(?:env:)?${name}\}`)
  const action = [ACTION_FOLDER, ...aliases].join('|')
  const stripped = new RegExp(String.raw`\$\{(?:${[NAME, ...names].join('|')})%(/[^}\n]*)\}`, 'gi')
  for (const match of text.matchAll(stripped)) {
    const up = (match[1] ?? '').split('/').filter((part) => part !== '').length
    bases.push({ start: match.index, end: match.index + match[0].length, from: 'action', up })
  }
  for (const { start, end } of computedIn(text)) bases.push({ start, end, from: 'action', up: 0 })
  for (const [from, folder] of [['action', action] as const, ['file', FILE_FOLDER] as const]) {
    for (const match of text.matchAll(new RegExp(folder, 'gi')))
      bases.push({ start: match.index, end: match.index + match[0].length, from, up: 0 })
    const parent = String.raw`(?:\bdirname\s+(?:--\s+)?|\bSplit-Path\s+(?:-Parent\s+)?(?:-Path\s+)?|\bdirname\(\s*)["']?(?:${folder})["']?\s*\)?`
    for (const match of text.matchAll(new RegExp(parent, 'gi')))
      bases.push({ start: match.index, end: match.index + match[0].length, from, up: 1 })
  }
  for (const match of text.matchAll(/\b(?:pathlib\.)?Path\(\s*__file__\s*\)(?:\.resolve\(\))?/g)) {
    const parents = /^(?:\.parent)+/.exec(text.slice(match.index + match[0].length))?.[0] ?? ''
    const end = match.index + match[0].length + parents.length
    const up = parents.split('.parent').length - 2
    bases.push({ start: match.index, end, from: 'file', up })
  }
  return bases
}

/** Expressions that make something else of the action's folder than just to name it. */
function computedIn(text: string): { readonly start: number; readonly end: number }[] {
  const plain = new RegExp(`^(?:${ACTION_FOLDER})$`, 'i')
  return [...text.matchAll(EXPRESSION)].flatMap(({ 0: written, index: start }) =>
    MENTION.test(written) && !plain.test(written) ? [{ start, end: start + written.length }] : [],
  )
}

const EXPRESSION = /\$\{\{(?:'[^'\n]*'|(?!\}\})[^'\n]){0,1000}\}\}/g

/** What an expression puts together with `..` is only known while it runs. */
function reachesInExpressions(text: string): PlacedReach[] {
  return computedIn(text).flatMap(({ start: offset, end }): PlacedReach[] => {
    const written = text.slice(offset, end)
    return written.includes('..')
      ? [{ reach: { offset, written, from: 'action', path: [], isOpen: true }, end }]
      : []
  })
}

/** Variables that are given the action's folder, or one below or above it. */
function aliasesIn(text: string): ReadonlySet<string> {
  const pattern = new RegExp(
    String.raw`(?:^|[\s;{,(])(?:export\s+|local\s+|readonly\s+|\$(?:env:)?)?([A-Za-z_]\w*)[ \t]*[:=][ \t]*["']?(?:${ACTION_FOLDER})["']?[ \t]*(?=$|[;,}\r\n])`,
    'gim',
  )
  return new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))
}

/** Where a path follows a base, in its quotes or behind them, or by arguments that are joined to it. */
function reachBehind(text: string, { start, from, ...base }: Base): PlacedReach[] {
  const parents = PARENTS.exec(text.slice(base.end, base.end + LONGEST))?.[0] ?? ''
  const up = base.up + countParents(parents)
  const behind = base.end + parents.length
  const rest = text.slice(behind, behind + LONGEST)
  const written = CONTINUED.exec(rest)?.[0] ?? ''
  const joined = written === '' ? (JOINED.exec(rest)?.[0] ?? '') : ''
  const tail = written === '' ? readJoined(joined) : written
  const read = readPath(tail)
  const path = [...Array<string>(Math.max(up, 0)).fill('..'), ...read.path]
  if (!path.includes('..') && !read.climbsLater) return []
  const end = behind + (written === '' ? joined : written).length
  return [
    {
      reach: {
        offset: start,
        written: text.slice(start, end),
        from,
        path,
        isOpen: read.isOpen,
      },
      end,
    },
  ]
}

interface PlacedReach {
  readonly reach: Reach
  readonly end: number
}

// Python's way up: `Path(…).parent.parent`, `Path(…).resolve().parents[1]`.
const PARENTS = /^["'\])]*(?:\.(?:resolve|absolute)\(\))?(?:\.parents\[\d\]|(?:\.parent\b)+)/

function countParents(written: string): number {
  const nth = /\[(\d)\]$/.exec(written)?.[1]
  return nth === undefined ? written.split('.parent').length - 1 : Number(nth) + 1
}

const LONGEST = 1000
const CONTINUED = /^["']?[/\\](?:\$\{\{[^}\n]*\}\}|\$\{[^}\n]*\}|[^\s"'`;|&()<>,])*/
const JOINED = /^["'\])]*(?:\s*[,/]\s*r?(["'])[^"'\n]*\1)+/
const LOOSE = /(?:^|[\s"'`=(,;:[{])((?:\.[/\\])?\.\.(?:[/\\][^\s"'`;|&()<>,\]}]*)?)(?![.\w-])/gm

function readJoined(joined: string): string {
  return [...joined.matchAll(/[,/]\s*r?(["'])([^"'\n]*)\1/g)].map((match) => match[2]).join('/')
}

/** The parts of a path up to the first that is made up while it runs. */
function readPath(written: string): PathParts {
  const parts = written
    .replaceAll(/["']/g, '')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.')
  const open = parts.findIndex((part) => /[$%{}*?[\]~^]/.test(part))
  if (open === -1) return { path: parts, isOpen: false, climbsLater: false }
  return { path: parts.slice(0, open), isOpen: true, climbsLater: parts.includes('..', open) }
}

interface PathParts {
  readonly path: readonly string[]
  readonly isOpen: boolean
  /** Whether a `..` follows behind what is only known while it runs. */
  readonly climbsLater: boolean
}
