import type { Command } from 'commander'
import type { Volume } from '../report/pin/text.ts'
import type { ColorChoice } from './color.ts'
import { choice } from './flag.ts'

/** The options of how a command says what it has to say. */
export interface OutputFlags {
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: ColorChoice
}

export const defaultOutputFlags: OutputFlags = { quiet: false, verbose: false, color: 'auto' }

/** Adds the options to a command, which says what it leaves out and puts in. */
export function addOutputOptions(
  command: Command,
  words: { readonly quiet: string; readonly verbose: string },
): Command {
  return command
    .option('-q, --quiet', words.quiet)
    .option('-v, --verbose', words.verbose)
    .addOption(choice('--color <when>', 'use colours', ['auto', 'always', 'never']))
}

export function volumeOf({ quiet, verbose }: OutputFlags): Volume {
  return quiet ? 'quiet' : verbose ? 'verbose' : 'normal'
}
