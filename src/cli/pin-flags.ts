import { InvalidArgumentError, type Command, type Option } from 'commander'
import { addConfigOptions, defaultConfigFlags, type ConfigFlags } from './config-flags.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags, type OutputFlags } from './output-flags.ts'

/** The options of `pinsmith pin`. */
export interface PinFlags extends ConnectionFlags, ConfigFlags, OutputFlags {
  readonly dryRun: boolean
  readonly exitCode: boolean
  readonly stdin: boolean
  readonly strict: boolean
  readonly locked: boolean
  readonly nested: false | 'report' | 'upgrade' | 'vendor'
  readonly referBy: 'self' | 'workspace' | undefined
  readonly only: readonly string[]
  readonly ignore: readonly string[]
  readonly prefer: 'tag' | 'branch' | undefined
  /** `undefined`: as the configuration says, else `after`. */
  readonly comments: 'after' | 'above' | undefined
  readonly format: 'text' | 'json'
}

/** What is not given on the command line. */
export const defaultFlags: PinFlags = {
  ...defaultConnectionFlags,
  ...defaultConfigFlags,
  ...defaultOutputFlags,
  dryRun: false,
  exitCode: false,
  stdin: false,
  strict: false,
  locked: false,
  nested: 'report',
  referBy: undefined,
  only: [],
  ignore: [],
  prefer: undefined,
  comments: undefined,
  format: 'text',
}

/** Adds the options to a command. Their defaults are those of {@link defaultFlags}. */
export function addPinOptions(command: Command): Command {
  command
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
      choice('--prefer <kind>', 'what to take where a tag and a branch of one name differ', [
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
    .addOption(
      choice('--nested <how>', 'what to do about actions whose own actions are not pinned', [
        'report',
        'upgrade',
        'vendor',
      ]),
    )
    .option('--no-nested', 'do not look at what the actions use in turn')
    .addOption(referByOption())
    .option('--locked', 'edit workflows that .github/workflows/actions.lock lists, too')
    .option(
      '--stdin',
      'read one file from standard input, write it to standard output; - does the same',
    )
  addConfigOptions(command)
  addConnectionOptions(command)
  command.addOption(
    choice('--format <format>', 'print a summary for people, or JSON', ['text', 'json']),
  )
  return addOutputOptions(command, {
    quiet: 'say only what is left and why',
    verbose: 'say what needed no change, too',
  })
}

/** How copies of actions are referred to. */
export function referByOption(): Option {
  return choice(
    '--refer-by <how>',
    'use copies by $/ (self; not on Enterprise Servers) or by ./ (workspace)',
    ['self', 'workspace'],
  )
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  if (value === '') throw new InvalidArgumentError('Give a glob such as actions/*.')
  return [...(earlier ?? []), value]
}
