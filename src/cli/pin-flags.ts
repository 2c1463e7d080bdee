import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ColorChoice } from './color.ts'

/** The options of `pinsmith pin`. */
export interface PinFlags {
  readonly dryRun: boolean
  readonly exitCode: boolean
  readonly stdin: boolean
  readonly strict: boolean
  readonly locked: boolean
  readonly only: readonly string[]
  readonly ignore: readonly string[]
  readonly prefer: 'tag' | 'branch' | undefined
  readonly comments: 'after' | 'above'
  readonly resolver: 'api' | 'git' | undefined
  readonly token: string | undefined
  readonly fallbackHost: string | undefined
  /** In seconds. */
  readonly maxWait: number
  readonly format: 'text' | 'json'
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: ColorChoice
}

/** What is not given on the command line. */
export const defaultFlags: PinFlags = {
  dryRun: false,
  exitCode: false,
  stdin: false,
  strict: false,
  locked: false,
  only: [],
  ignore: [],
  prefer: undefined,
  comments: 'after',
  resolver: undefined,
  token: undefined,
  fallbackHost: undefined,
  maxWait: 60,
  format: 'text',
  quiet: false,
  verbose: false,
  color: 'auto',
}

/** Adds the options to a command. Their defaults are those of {@link defaultFlags}. */
export function addPinOptions(command: Command): Command {
  return command
    .option('-n, --dry-run', 'write nothing; print the changes as a diff that `git apply` takes')
    .option('--exit-code', 'with --dry-run: exit with 1 if changes are due')
    .option('--strict', 'write nothing if anything at all would be left')
    .option(
      '--only <glob>',
      'pin only actions that match, such as actions/*; may be repeated',
      collect,
    )
    .option('--ignore <glob>', 'leave actions that match as they are; may be repeated', collect)
    .addOption(
      choice('--prefer <kind>', 'where a tag and a branch of one name differ, take the', [
        'tag',
        'branch',
      ]),
    )
    .addOption(
      choice('--comments <where>', 'put your own comments behind the label, or on a line above', [
        'after',
        'above',
      ]),
    )
    .option('--locked', 'edit workflows that .github/workflows/actions.lock lists, too')
    .option(
      '--stdin',
      'read one file from standard input, write it to standard output; - does the same',
    )
    .addOption(
      choice(
        '--resolver <how>',
        'ask GitHub by its API (the default with a token) or by git (no token, no quota)',
        ['api', 'git'],
      ),
    )
    .option(
      '--token <token>',
      'the token for GitHub; the environment keeps it out of sight of other users',
    )
    .option(
      '--fallback-host <host>',
      'where to look for what the first host does not have, such as github.com',
    )
    .option(
      '--max-wait <seconds>',
      `the longest wait for a rate limit (default: ${defaultFlags.maxWait})`,
      seconds,
    )
    .addOption(choice('--format <format>', 'print a summary for people, or JSON', ['text', 'json']))
    .option('-q, --quiet', 'say only what is left and why')
    .option('-v, --verbose', 'say what needed no change, too')
    .addOption(choice('--color <when>', 'use colours', ['auto', 'always', 'never']))
}

function choice(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values)
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value]
}

function seconds(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number of seconds.')
  return Number(text)
}
