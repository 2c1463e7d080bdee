import type { CarriedOver } from '../config/pinact.ts'
import { count } from './count.ts'
import type { Palette } from './palette.ts'
import { printable } from './printable.ts'

/** What `pinsmith init` wrote, what came of what was to be carried over, and what to do next. */
export function formatInit(
  path: string,
  carried: CarriedOver | undefined,
  palette: Palette,
): string {
  const { bold, dim, green, yellow } = palette
  const said = carried === undefined ? [] : carriedWords(carried)
  return [
    `${green('✓')} ${bold(printable(path))} written`,
    ...said.map((words) => `    ${yellow('note')}  ${printable(words)}`),
    ...nextWords(path, carried).map(
      (words, index) => `    ${index === 0 ? dim('next') : '    '}  ${printable(words)}`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function carriedWords({ from, ignores, cooldown, left }: CarriedOver): string[] {
  const globs = ignores.filter(({ kind }) => kind === 'glob').length
  const others = ignores.length - globs
  return [
    `${count(globs, 'ignore')} carried over from ${from}${cooldown === undefined ? '' : `, and its min_age as cooldown: ${cooldown}`}`,
    ...(others === 0
      ? []
      : [
          `${count(others, 'ignore')} could not be carried over, since no glob says the same as the regular expression: ${others === 1 ? 'it stands' : 'they stand'} in the file as ${others === 1 ? 'a comment' : 'comments'}`,
        ]),
    ...left.map((key) => `${key}: ${LEFT.get(key) ?? 'this is not known here, and was left out'}`),
  ]
}

/** By keys of pinact that are not carried over. */
const LEFT: ReadonlyMap<string, string> = new Map([
  ['files', 'pinsmith finds workflows and actions by itself; name other files on the command line'],
  ['separator', 'pinsmith writes labels as ` # v1.2.3`, which update bots read'],
  ['ghes', 'set GITHUB_SERVER_URL for an Enterprise Server, and --fallback-host for one beside it'],
  ['rules', 'these are expressions; write globs of what they ignore under `ignore`'],
])

function nextWords(path: string, carried: CarriedOver | undefined): string[] {
  return [
    `read it and commit it; \`pinsmith --dry-run\` shows what it makes of this repository`,
    ...(carried === undefined ? [] : [`${carried.from} can go once pinact is no longer run`]),
    `an editor with a YAML language server completes and checks ${path}`,
  ]
}
