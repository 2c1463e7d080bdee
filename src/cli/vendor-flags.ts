import type { Command } from 'commander'
import { addConfigOptions, defaultConfigFlags, type ConfigFlags } from './config-flags.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags } from './output-flags.ts'
import { referByOption, type PinFlags } from './pin-flags.ts'
import type { ReportFlags } from './print.ts'

/** The options of `pinsmith vendor`. */
export interface VendorFlags
  extends
    ConnectionFlags,
    ConfigFlags,
    ReportFlags,
    Pick<PinFlags, 'strict' | 'locked' | 'prefer' | 'comments' | 'referBy'> {}

/** What is not given on the command line. */
export const defaultVendorFlags: VendorFlags = {
  ...defaultConnectionFlags,
  ...defaultConfigFlags,
  ...defaultOutputFlags,
  dryRun: false,
  exitCode: false,
  strict: false,
  locked: false,
  prefer: undefined,
  comments: undefined,
  referBy: undefined,
  format: 'text',
}

/** Adds the options to a command. Their defaults are those of {@link defaultVendorFlags}. */
export function addVendorOptions(command: Command): Command {
  command
    .option('-n, --dry-run', 'write nothing; print the changes as a diff that `git apply` takes')
    .option('--exit-code', 'with --dry-run: exit with 1 if changes are due')
    .option('--strict', 'write nothing if anything at all would be left')
    .addOption(referByOption())
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
    .option('--locked', 'edit workflows that .github/workflows/actions.lock lists, too')
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
