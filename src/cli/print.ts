import { discoveryFaultMessage } from '../apply/discover.ts'
import type { PinFailure } from '../commands/pin.ts'
import type { RunResult } from '../plan/result.ts'
import { formatDiff, paintDiff } from '../report/diff.ts'
import { failureWords } from '../report/failure-words.ts'
import { formatFailureJson, formatPinJson } from '../report/pin-json.ts'
import { formatFailure, formatPinText } from '../report/pin-text.ts'
import { allProblems } from '../report/tally.ts'
import { paletteFor } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { PinFlags } from './pin-flags.ts'

/** Prints what a run did: the diff of a dry run or JSON to standard output, the summary to standard error. */
export function printResult(result: RunResult, flags: PinFlags, io: Io): void {
  const { dryRun, format, color, quiet, verbose } = flags
  if (format === 'json') {
    io.stdout.write(formatPinJson(result, dryRun))
    return
  }
  const diff = dryRun ? formatDiff(result.files.map(({ plan }) => plan)) : ''
  if (diff !== '') io.stdout.write(paintDiff(diff, paletteFor(io.stdout, color, io.env)))
  const volume = quiet ? 'quiet' : verbose ? 'verbose' : 'normal'
  io.stderr.write(formatPinText(result, dryRun, volume, paletteFor(io.stderr, color, io.env)))
}

/** The exit code of a run that did its work. */
export function exitCodeOf(
  result: RunResult,
  { dryRun, exitCode: changesCount }: PinFlags,
): ExitCode {
  if (allProblems(result).length > 0) return exitCode.findings
  const due = dryRun && result.files.some(({ plan }) => plan.before !== plan.after)
  return due && changesCount ? exitCode.findings : exitCode.done
}

/** Prints why a run could not do its work. */
export function printFailure(
  failure: PinFailure,
  flags: Pick<PinFlags, 'format' | 'color'>,
  io: Io,
): ExitCode {
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
  io.stderr.write(formatFailure(words, paletteFor(io.stderr, flags.color, io.env)))
  return exitCode.failed
}
