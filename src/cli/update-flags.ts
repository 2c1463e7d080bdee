import type { Command } from 'commander'
import type { MoveLimit } from '../remedy/move/move.ts'
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
  resultFormatOption,
} from './edit-options.ts'
import { age, choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags } from './output-flags.ts'
import type { PinFlags } from './pin-flags.ts'
import type { ReportFlags } from './print.ts'

/** The options of `pinsmith update`. */
export interface UpdateFlags
  extends
    ConnectionFlags,
    ConfigFlags,
    ReportFlags,
    Pick<PinFlags, 'strict' | 'locked' | 'only' | 'ignore' | 'prefer' | 'comments'> {
  readonly to: MoveLimit
  /** Such as `12h`, `3d` or `2w`; `undefined`: as the configuration says, else three days. */
  readonly cooldown: string | undefined
  readonly nested: boolean
}

/** What is not given on the command line. */
export const defaultUpdateFlags: UpdateFlags = {
  ...defaultConnectionFlags,
  ...defaultConfigFlags,
  ...defaultOutputFlags,
  dryRun: false,
  exitCode: false,
  strict: false,
  locked: false,
  only: [],
  ignore: [],
  prefer: undefined,
  comments: undefined,
  format: 'text',
  to: 'minor',
  cooldown: undefined,
  nested: true,
}

/** Adds the options to a command. Their defaults are those of {@link defaultUpdateFlags}. */
export function addUpdateOptions(command: Command): Command {
  addWriteOptions(command)
    .addOption(
      choice('--to <limit>', 'move to a newer patch, a newer minor version (default), or major', [
        'patch',
        'minor',
        'major',
      ]),
    )
    .option(
      '--cooldown <age>',
      'how old a version must be, such as 12h, 3d or 2w (default: as configured, else 3d)',
      age,
    )
  addSelectionOptions(command, 'move')
    .addOption(preferOption())
    .addOption(commentsOption())
    .option('--no-nested', 'do not look at what the actions use in turn')
    .addOption(lockedOption())
  addConfigOptions(command)
  addConnectionOptions(command)
  command.addOption(resultFormatOption())
  return addOutputOptions(command, {
    quiet: 'say only what is left and why',
    verbose: 'say what needed no change, too',
  })
}
