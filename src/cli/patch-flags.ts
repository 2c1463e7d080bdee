import type { Command } from 'commander'
import type { ColorChoice } from './color.ts'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { preferOption } from './edit-options.ts'
import { choice } from './flag.ts'

/** The options of `pinsmith patch`. */
export interface PatchFlags extends ConnectionFlags {
  /** The folder to write to; `undefined` for standard output. */
  readonly out: string | undefined
  readonly prefer: 'tag' | 'branch' | undefined
  readonly locked: boolean
  readonly quiet: boolean
  readonly color: ColorChoice
}

/** What is not given on the command line. */
export const defaultPatchFlags: PatchFlags = {
  ...defaultConnectionFlags,
  out: undefined,
  prefer: undefined,
  locked: false,
  quiet: false,
  color: 'auto',
}

/** Adds the options to a command. Their defaults are those of {@link defaultPatchFlags}. */
export function addPatchOptions(command: Command): Command {
  command
    .option('--out <folder>', 'write the patch and its text to files in a folder')
    .addOption(preferOption())
    .option('--locked', 'edit workflows that its .github/workflows/actions.lock lists, too')
  return addConnectionOptions(command)
    .option('-q, --quiet', 'say only what is left and why')
    .addOption(choice('--color <when>', 'use colours', ['auto', 'always', 'never']))
}
