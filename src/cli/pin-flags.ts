import type { Command } from 'commander'
import { addConfigOptions, defaultConfigFlags, type ConfigFlags } from './config-flags.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import {
  addSelectionOptions,
  addWriteOptions,
  commentsOption,
  lockedOption,
  preferOption,
  referByOption,
  resultFormatOption,
} from './edit-options.ts'
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
  addConfigOptions(command)
  addConnectionOptions(command)
  command.addOption(resultFormatOption())
  return addOutputOptions(command, {
    quiet: 'say only what is left and why',
    verbose: 'say what needed no change, too',
  })
}
