import type { GraphResult } from '../commands/graph.ts'
import type { RunResult } from '../plan/result.ts'
import { formatDiff, paintDiff } from '../report/diff.ts'
import { formatPinJson } from '../report/pin-json.ts'
import { formatPinText } from '../report/pin-text.ts'
import { allProblems } from '../report/tally.ts'
import { nestedOnly } from '../walk/nested.ts'
import { formatNestedVerdict } from '../report/verdict-text.ts'
import { paletteFor } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { volumeOf } from './output-flags.ts'
import type { PinFlags } from './pin-flags.ts'

/** What a run did, and what came of walking what the actions use in turn, where that was asked for. */
type NestedResult = RunResult & { readonly nested?: GraphResult | undefined }

/** Prints what a run did: the diff of a dry run or JSON to standard output, the summary to standard error. */
export function printResult(result: NestedResult, flags: PinFlags, io: Io): void {
  const { dryRun, format, color } = flags
  if (format === 'json') {
    io.stdout.write(formatPinJson(result, dryRun, result.nested?.verdict))
    return
  }
  const diff = dryRun ? formatDiff(result.files.map(({ plan }) => plan)) : ''
  if (diff !== '') io.stdout.write(showDiff(diff, flags, io))
  const volume = volumeOf(flags)
  const palette = paletteFor(io.stderr, color, io.env)
  io.stderr.write(formatPinText(result, dryRun, volume, palette))
  const { nested } = result
  const passes = nested?.verdict.kind === 'passes'
  if (nested !== undefined && !(passes && (flags.quiet || nested.graph.roots.length === 0)))
    io.stderr.write(`\n${formatNestedVerdict(nested.verdict, nested.graph, volume, palette)}`)
}

/** The exit code of a run that did its work. */
export function exitCodeOf(
  result: NestedResult,
  { dryRun, exitCode: changesCount }: PinFlags,
): ExitCode {
  if (allProblems(result).length > 0) return exitCode.findings
  if (result.nested !== undefined && blamesOthers(result.nested)) return exitCode.findings
  const due = dryRun && result.files.some(({ plan }) => plan.before !== plan.after)
  return due && changesCount ? exitCode.findings : exitCode.done
}

// What is wrong with the repository's own references is a problem already, or left on purpose.
function blamesOthers({ verdict, graph }: GraphResult): boolean {
  const { blocked, unknown } = nestedOnly(verdict, graph)
  return blocked.length + unknown.length > 0
}

// Where nobody looks, the diff is data for `git apply`, which the `FORCE_COLOR` of a CI must not spoil.
function showDiff(diff: string, { color }: PinFlags, { stdout, env }: Io): string {
  const isForEyes = stdout.isTTY === true || color === 'always'
  return isForEyes ? paintDiff(diff, paletteFor(stdout, color, env)) : diff
}
