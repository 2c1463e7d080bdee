import { discoveryFaultMessage, type DiscoveryFault } from '../apply/discover.ts'
import type { PlanFailure } from '../commands/make-plan.ts'
import type { ConfigFailure } from '../config/fault.ts'
import { formatConfigFailureJson } from '../report/config/json.ts'
import { formatConfigFailure } from '../report/config/text.ts'
import { formatFailureJson } from '../report/failure-json.ts'
import { failureWords } from '../report/failure-words.ts'
import { formatFailure } from '../report/problem-text.ts'
import { paletteFor, type ColorChoice } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** Prints why a run could not do its work. */
export function printFailure(
  failure: DiscoveryFault | PlanFailure | ConfigFailure,
  flags: { readonly format: string; readonly color: ColorChoice },
  io: Io,
): ExitCode {
  const palette = paletteFor(io.stderr, flags.color, io.env)
  if (failure.kind === 'config') {
    if (flags.format === 'json') io.stdout.write(formatConfigFailureJson(failure))
    io.stderr.write(formatConfigFailure(failure, palette))
    return exitCode.failed
  }
  const words =
    failure.kind === 'host-failure'
      ? failureWords(failure.failure, Date.now())
      : {
          what: 'code' in failure ? discoveryFaultMessage(failure) : failure.message,
          why: undefined,
          next: undefined,
        }
  const code = failure.kind === 'host-failure' ? failure.failure.kind : 'usage'
  if (flags.format === 'json') io.stdout.write(formatFailureJson(code, words))
  io.stderr.write(formatFailure(words, palette))
  return exitCode.failed
}
