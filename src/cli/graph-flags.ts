import type { Command } from 'commander'
import {
  addConnectionOptions,
  defaultConnectionFlags,
  type ConnectionFlags,
} from './connection-flags.ts'
import { choice } from './flag.ts'
import { addOutputOptions, defaultOutputFlags, type OutputFlags } from './output-flags.ts'

/** The options of `pinsmith graph`. */
export interface GraphFlags extends ConnectionFlags, OutputFlags {
  readonly format: 'text' | 'json' | 'mermaid' | 'dot' | 'html'
  /** The file to write; `undefined` for standard output. */
  readonly output: string | undefined
}

/** What is not given on the command line. */
export const defaultGraphFlags: GraphFlags = {
  ...defaultConnectionFlags,
  ...defaultOutputFlags,
  format: 'text',
  output: undefined,
}

/** Adds the options to a command. Their defaults are those of {@link defaultGraphFlags}. */
export function addGraphOptions(command: Command): Command {
  command
    .addOption(
      choice('--format <format>', 'what to print', ['text', 'json', 'mermaid', 'dot', 'html']),
    )
    .option('-o, --output <file>', 'write to a file instead of standard output')
  addConnectionOptions(command)
  return addOutputOptions(command, {
    quiet: 'leave out the tree and the verdict beside a diagram',
    verbose: 'show every chain',
  })
}
