import type { Command } from 'commander'

/** The options of every command that reads the configuration. */
export interface ConfigFlags {
  /** The file; `undefined` for that of the repository, if it has one; `false` for none. */
  readonly config: string | false | undefined
}

export const defaultConfigFlags: ConfigFlags = { config: undefined }

/** Adds the options to a command. Their defaults are those of {@link defaultConfigFlags}. */
export function addConfigOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration (default: .github/pinsmith.yml, if there is one)')
    .option('--no-config', 'do as if there were no configuration')
}
