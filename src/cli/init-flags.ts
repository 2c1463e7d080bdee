import type { Command } from 'commander'
import { choice } from './flag.ts'
import type { OutputFlags } from './output-flags.ts'

/** The options of `pinsmith init`. */
export interface InitFlags extends Pick<OutputFlags, 'quiet' | 'color'> {
  /** A configuration of pinact; `undefined` for that of the repository, if it has one; `false` for none. */
  readonly from: string | false | undefined
  readonly force: boolean
}

/** What is not given on the command line. */
export const defaultInitFlags: InitFlags = {
  from: undefined,
  force: false,
  quiet: false,
  color: 'auto',
}

/** Adds the options to a command. Their defaults are those of {@link defaultInitFlags}. */
export function addInitOptions(command: Command): Command {
  return command
    .option(
      '--from <file>',
      'a configuration of pinact to carry over (default: .pinact.yaml, if there is one)',
    )
    .option('--no-from', 'carry nothing over')
    .option('--force', 'write over the configuration that is there')
    .option('-q, --quiet', 'say nothing but what went wrong')
    .addOption(choice('--color <when>', 'use colours', ['auto', 'always', 'never']))
}
