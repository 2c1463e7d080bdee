import type { Command } from 'commander'
import {
  addRunOptions,
  addSelectionOptions,
  addWriteOptions,
  commentsOption,
  lockedOption,
  preferOption,
  defaultEditFlags,
  referByOption,
  type EditFlags,
} from './edit-options.ts'
import { choice } from './flag.ts'

/** The options of `pinsmith pin`. */
export interface PinFlags extends EditFlags {
  readonly stdin: boolean
  readonly nested: false | 'report' | 'upgrade' | 'vendor'
  readonly referBy: 'self' | 'workspace' | undefined
  readonly only: readonly string[]
  readonly ignore: readonly string[]
}

/** What is not given on the command line. */
export const defaultFlags: PinFlags = {
  ...defaultEditFlags,
  stdin: false,
  nested: 'report',
  referBy: undefined,
  only: [],
  ignore: [],
}

/** Adds the options to a command. Their defaults are those of {@link defaultFlags}. */
export function addPinOptions(command: Command): Command {
  addWriteOptions(command)
  addSelectionOptions(command, 'pin')
    .addOption(preferOption())
    .addOption(commentsOption())
    .addOption(
      choice('--nested <how>', 'what to do about actions whose own actions are not pinned', [
        'report',
        'upgrade',
        'vendor',
      ]),
    )
    .option('--no-nested', 'do not look at what the actions use in turn')
    .addOption(referByOption())
    .addOption(lockedOption())
    .option(
      '--stdin',
      'read one file from standard input, write it to standard output; - does the same',
    )
  return addRunOptions(command)
}
