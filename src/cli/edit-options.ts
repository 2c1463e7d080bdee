import { InvalidArgumentError, Option, type Command } from 'commander'
import { addConfigOptions, defaultConfigFlags, type ConfigFlags } from './config-flags.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags, type OutputFlags } from './output-flags.ts'

/** The options of every command that edits the files of a plan. */
export interface EditFlags extends ConnectionFlags, ConfigFlags, OutputFlags {
  readonly dryRun: boolean
  readonly exitCode: boolean
  readonly strict: boolean
  readonly locked: boolean
  readonly prefer: 'tag' | 'branch' | undefined
  /** `undefined`: as the configuration says, else `after`. */
  readonly comments: 'after' | 'above' | undefined
  readonly format: 'text' | 'json'
}

/** What is not given on the command line. */
export const defaultEditFlags: EditFlags = {
  ...defaultConnectionFlags,
  ...defaultConfigFlags,
  ...defaultOutputFlags,
  dryRun: false,
  exitCode: false,
  strict: false,
  locked: false,
  prefer: undefined,
  comments: undefined,
  format: 'text',
}

/** Adds, behind a command's own options, what it works by and how it reports. */
export function addRunOptions(command: Command): Command {
  addConfigOptions(command)
  addConnectionOptions(command)
  command.addOption(resultFormatOption())
  return addOutputOptions(command, {
    quiet: 'say only what is left and why',
    verbose: 'say what needed no change, too',
  })
}

/** Adds what every command takes that edits the files of a plan: whether to write, and what counts as done. */
export function addWriteOptions(command: Command): Command {
  return command
    .option('-n, --dry-run', 'write nothing; print the changes as a diff that `git apply` takes')
    .option('--exit-code', 'with --dry-run: exit with 1 if changes are due')
    .option('--strict', 'write nothing if anything at all would be left')
}

/** Adds which actions a command is about: it says what it does to them. */
export function addSelectionOptions(command: Command, does: 'pin' | 'move'): Command {
  return command
    .option(
      '--only <glob>',
      `${does} only actions that match, such as actions/*; may be repeated`,
      collect,
    )
    .option('--ignore <glob>', 'leave actions that match as they are; may be repeated', collect)
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  if (value === '') throw new InvalidArgumentError('Give a glob such as actions/*.')
  return [...(earlier ?? []), value]
}

/** What to take where a tag and a branch of one name differ. */
export function preferOption(): Option {
  return choice('--prefer <kind>', 'what to take where a tag and a branch of one name differ', [
    'tag',
    'branch',
  ])
}

/** Where a person's comment goes. */
export function commentsOption(): Option {
  return choice(
    '--comments <where>',
    'put your own comments behind the label, or on a line above',
    ['after', 'above'],
  )
}

/** How copies of actions are referred to. */
export function referByOption(): Option {
  return choice(
    '--refer-by <how>',
    'use copies by $/ (self; not on Enterprise Servers) or by ./ (workspace)',
    ['self', 'workspace'],
  )
}

/** Whether to edit what GitHub's lockfile of actions lists, too. */
export function lockedOption(): Option {
  return new Option('--locked', 'edit workflows that .github/workflows/actions.lock lists, too')
}

/** What a command prints of what it did. */
function resultFormatOption(): Option {
  return choice('--format <format>', 'print a summary for people, or JSON', ['text', 'json'])
}
