import { InvalidArgumentError, type Command } from 'commander'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags, type OutputFlags } from './output-flags.ts'

/** The options of `pinsmith pin`. */
export interface PinFlags extends ConnectionFlags, OutputFlags {
  readonly dryRun: boolean
  readonly exitCode: boolean
  readonly stdin: boolean
  readonly strict: boolean
  readonly locked: boolean
  readonly nested: boolean
  readonly only: readonly string[]
  readonly ignore: readonly string[]
  readonly prefer: 'tag' | 'branch' | undefined
  readonly comments: 'after' | 'above'
  readonly format: 'text' | 'json'
}

/** What is not given on the command line. */
export const defaultFlags: PinFlags = {
  ...defaultConnectionFlags,
  ...defaultOutputFlags,
  dryRun: false,
  exitCode: false,
  stdin: false,
  strict: false,
  locked: false,
  nested: true,
  only: [],
  ignore: [],
  prefer: undefined,
  comments: 'after',
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
    .option('--no-nested', 'do not look at what the actions use in turn')
    .option('--locked', 'edit workflows that .github/workflows/actions.lock lists, too')
    .option(
      '--stdin',
      'read one file from standard input, write it to standard output; - does the same',
    )
  addConnectionOptions(command)
  command.addOption(
    choice('--format <format>', 'print a summary for people, or JSON', ['text', 'json']),
  )
  return addOutputOptions(command, {
    quiet: 'say only what is left and why',
    verbose: 'say what needed no change, too',
  })
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  if (value === '') throw new InvalidArgumentError('Give a glob such as actions/*.')
  return [...(earlier ?? []), value]
}
