import type { Command } from 'commander'
import { addConfigOptions, defaultConfigFlags, type ConfigFlags } from './config-flags.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags, type OutputFlags } from './output-flags.ts'
import {
  CHECK_FORMATS,
  reportOption,
  type CheckFormat,
  type ReportTarget,
} from './report-option.ts'

/** The options of `pinsmith check`. */
export interface CheckFlags extends ConnectionFlags, ConfigFlags, OutputFlags {
  readonly offline: boolean
  readonly nested: boolean
  readonly fix: boolean
  readonly dryRun: boolean
  /** The ref; `undefined` to look at everything. */
  readonly changed: string | undefined
  readonly format: CheckFormat | undefined
  readonly report: readonly ReportTarget[]
}

/** What is not given on the command line. */
export const defaultCheckFlags: CheckFlags = {
  ...defaultConnectionFlags,
  ...defaultConfigFlags,
  ...defaultOutputFlags,
  offline: false,
  nested: true,
  fix: false,
  dryRun: false,
  changed: undefined,
  format: undefined,
  report: [],
}

/** Adds the options to a command. Their defaults are those of {@link defaultCheckFlags}. */
export function addCheckOptions(command: Command): Command {
  command
    .option('--offline', 'look only at what can be known without a network')
    .option('--no-nested', 'do not look at what the actions use in turn')
    .option('--changed <base>', 'look only at lines that were changed since a branch, such as main')
    .option('--fix', 'mend labels and ids of tags; no pin is moved to another version')
    .option('-n, --dry-run', 'with --fix: write nothing; print the changes as a diff')
  addConfigOptions(command)
  addConnectionOptions(command)
  command
    .addOption(choice('--format <format>', 'what to print', CHECK_FORMATS))
    .addOption(reportOption())
  return addOutputOptions(command, {
    quiet: 'a line for each finding that fails the check',
    verbose: 'show every place, and notes in full',
  })
}
