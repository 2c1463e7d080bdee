import type { Command } from 'commander'
import { addConfigOptions, defaultConfigFlags, type ConfigFlags } from './config-flags.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import {
  addWriteOptions,
  commentsOption,
  lockedOption,
  preferOption,
  referByOption,
  resultFormatOption,
} from './edit-options.ts'
import { addOutputOptions, defaultOutputFlags } from './output-flags.ts'
import type { PinFlags } from './pin-flags.ts'
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
  addWriteOptions(command)
    .addOption(referByOption())
    .addOption(preferOption())
    .addOption(commentsOption())
    .addOption(lockedOption())
  addConfigOptions(command)
  addConnectionOptions(command)
  command.addOption(resultFormatOption())
  return addOutputOptions(command, {
    quiet: 'say only what is left and why',
    verbose: 'say what needed no change, too',
  })
}
