import type { Connect } from '../commands/make-plan.ts'
import { connect } from '../github/connection/connect.ts'
import type { ConnectionFlags } from './connection-flags.ts'
import type { Io } from './io.ts'
import type { Progress } from './progress.ts'
import { readVersion } from './version.ts'

/** How a command gets its connection to GitHub, with a sign of life from then on. */
export function makeConnect(flags: ConnectionFlags, { env }: Io, progress: Progress): Connect {
  const { token, resolver, fallbackHost, fallbackToken, maxWait, cache } = flags
  return () => {
    progress.start('Asking GitHub…')
    return connect({
      env,
      token,
      resolver,
      fallbackHost,
      ...(fallbackToken === undefined ? {} : { fallbackToken }),
      maxWait: maxWait * 1000,
      version: readVersion(),
      ...(cache ? {} : { cache: 'off' }),
    })
  }
}
