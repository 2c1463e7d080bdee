import type { Command } from 'commander'
import type { MoveLimit } from '../remedy/move/move.ts'
import {
  addRunOptions,
  addSelectionOptions,
  addWriteOptions,
  commentsOption,
  lockedOption,
  preferOption,
  defaultEditFlags,
  type EditFlags,
} from './edit-options.ts'
import { age, choice } from './flag.ts'
import type { PinFlags } from './pin-flags.ts'

/** The options of `pinsmith update`. */
export interface UpdateFlags extends EditFlags, Pick<PinFlags, 'only' | 'ignore'> {
  readonly to: MoveLimit
  /** Such as `12h`, `3d` or `2w`; `undefined`: as the configuration says, else three days. */
  readonly cooldown: string | undefined
  readonly nested: boolean
}

/** What is not given on the command line. */
export const defaultUpdateFlags: UpdateFlags = {
  ...defaultEditFlags,
  only: [],
  ignore: [],
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
  return addRunOptions(command)
}
