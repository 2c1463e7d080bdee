import type { Command } from 'commander'
import { choice, seconds } from './flag.ts'

/** The options of every command that asks GitHub. */
export interface ConnectionFlags {
  readonly resolver: 'api' | 'git' | undefined
  readonly token: string | undefined
  readonly fallbackHost: string | undefined
  readonly fallbackToken: string | undefined
  /** In seconds. */
  readonly maxWait: number
  readonly cache: boolean
}

export const defaultConnectionFlags: ConnectionFlags = {
  resolver: undefined,
  token: undefined,
  fallbackHost: undefined,
  fallbackToken: undefined,
  maxWait: 60,
  cache: true,
}

/** Adds the options to a command. Their defaults are those of {@link defaultConnectionFlags}. */
export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(
      choice(
        '--resolver <how>',
        'ask GitHub by its API (the default with a token) or by git (no token, no quota)',
        ['api', 'git'],
      ),
    )
    .option(
      '--token <token>',
      'the token for GitHub; the environment keeps it out of sight of other users',
    )
    .option(
      '--fallback-host <host>',
      'where to look for what the first host does not have, such as github.com',
    )
    .option('--fallback-token <token>', 'the token for that host; no other is ever sent there')
    .option(
      '--max-wait <seconds>',
      `the longest wait for a rate limit (default: ${defaultConnectionFlags.maxWait})`,
      seconds,
    )
    .option('--no-cache', 'keep nothing on disk, and read nothing that was kept')
}
