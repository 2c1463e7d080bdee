import type { Command } from 'commander'
import {
  addRunOptions,
  addWriteOptions,
  commentsOption,
  lockedOption,
  preferOption,
  defaultEditFlags,
  referByOption,
  type EditFlags,
} from './edit-options.ts'
import type { PinFlags } from './pin-flags.ts'

/** The options of `pinsmith vendor`. */
export interface VendorFlags extends EditFlags, Pick<PinFlags, 'referBy'> {}

/** What is not given on the command line. */
export const defaultVendorFlags: VendorFlags = {
  ...defaultEditFlags,
  referBy: undefined,
}

/** Adds the options to a command. Their defaults are those of {@link defaultVendorFlags}. */
export function addVendorOptions(command: Command): Command {
  addWriteOptions(command)
    .addOption(referByOption())
    .addOption(preferOption())
    .addOption(commentsOption())
    .addOption(lockedOption())
  return addRunOptions(command)
}
