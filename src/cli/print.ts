import type { GraphResult } from '../commands/graph.ts'
import type { Prospect } from '../remedy/release/clean-release.ts'
import { formatDiff, paintDiff } from '../report/diff.ts'
import { formatFileChanges } from '../report/file-diff.ts'
import { formatPinJson, type PinJsonExtras } from '../report/pin/json.ts'
import { formatPinText } from '../report/pin/text.ts'
import { allProblems, type Reported } from '../report/pin/tally.ts'
import { nestedOnly } from '../walk/nested.ts'
import { formatUnmatched, type Selected } from '../report/pin/unmatched-text.ts'
import { formatNestedVerdict } from '../report/verdict/text.ts'
import { binaryTools } from './binary-tools.ts'
import { paletteFor } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { volumeOf, type OutputFlags } from './output-flags.ts'
import type { PinFlags } from './pin-flags.ts'

/** What a run did, and what came of walking what the actions use in turn, where that was asked for. */
type NestedResult = Reported & {
  readonly nested?: GraphResult | undefined
  readonly prospects?: readonly Prospect[]
}

/** How a run is reported. */
export interface ReportFlags extends OutputFlags {
  readonly dryRun: boolean
  readonly exitCode: boolean
  readonly format: 'text' | 'json'
}

/**
 * Prints what a run did: the diff of a dry run or JSON to standard output, the summary to standard error; what becomes of
 * what the actions use in turn is in the JSON alone.
 */
export function printReport(
  result: NestedResult,
  command: 'pin' | 'vendor' | 'update',
  flags: ReportFlags,
  io: Io,
  update?: PinJsonExtras['update'],
): void {
  const { dryRun, format, color } = flags
  const diff = dryRun ? diffOf(result) : ''
  if (format === 'json') {
    const { nested, prospects = [] } = result
    io.stdout.write(
      formatPinJson(result, dryRun, nested?.verdict, {
        command,
        prospects,
        diff,
        ...(update && { update }),
      }),
    )
    return
  }
  if (diff !== '') io.stdout.write(showDiff(diff, flags, io))
  const palette = paletteFor(io.stderr, color, io.env)
  io.stderr.write(formatPinText(result, dryRun, volumeOf(flags), palette))
}

/** Prints what a run of `pinsmith pin` did, and the verdict on it. */
export function printResult(result: NestedResult, flags: PinFlags, io: Io): void {
  printReport(result, 'pin', flags, io)
  if (flags.format === 'text') printVerdict(result, flags.nested !== 'upgrade', flags, io)
  printUnmatched(result, flags, io)
}

/** Prints which globs of actions match none: on standard error, whatever the report is. */
export function printUnmatched(
  { files }: NestedResult,
  flags: OutputFlags & Selected,
  io: Io,
): void {
  const lines = formatUnmatched(flags, files, paletteFor(io.stderr, flags.color, io.env))
  if (lines !== '') io.stderr.write(`\n${lines}`)
}

/**
 * Prints the verdict on what the actions use in turn, where that was asked for.
 * @param mayUpgrade whether a run with `--nested upgrade` could do more than this one did
 */
export function printVerdict(
  result: NestedResult,
  mayUpgrade: boolean,
  flags: OutputFlags,
  io: Io,
): void {
  const volume = volumeOf(flags)
  const palette = paletteFor(io.stderr, flags.color, io.env)
  const { nested, prospects = [] } = result
  const passes = nested?.verdict.kind === 'passes'
  if (nested === undefined || (passes && (flags.quiet || nested.graph.roots.length === 0))) return
  const mayCopy = !result.problems.some(({ code }) => code === 'not-vendored')
  const waysOut = { prospects, mayUpgrade, mayCopy }
  const { verdict, graph } = nested
  io.stderr.write(`\n${formatNestedVerdict(verdict, graph, waysOut, volume, palette)}`)
}

/** The exit code of a run that did its work. */
export function exitCodeOf(
  result: NestedResult,
  { dryRun, exitCode: changesCount }: Pick<ReportFlags, 'dryRun' | 'exitCode'>,
): ExitCode {
  if (allProblems(result).length > 0) return exitCode.findings
  if (result.nested !== undefined && blamesOthers(result.nested)) return exitCode.findings
  return dryRun && changesCount && changesFiles(result) ? exitCode.findings : exitCode.done
}

/** Whether a run changes, or would change, any file. */
export function changesFiles({ files, copies }: NestedResult): boolean {
  const copied = copies?.changes.length ?? 0
  return copied > 0 || files.some(({ plan }) => plan.before !== plan.after)
}

/** All that a run changes, or would change, as `git apply` takes it. */
function diffOf({ files, copies }: NestedResult): string {
  const own = formatDiff(files.map(({ plan }) => plan))
  return own + formatFileChanges(copies?.changes ?? [], binaryTools)
}

// What is wrong with the repository's own references is a problem already, or left on purpose.
function blamesOthers({ verdict, graph }: GraphResult): boolean {
  const { blocked, unknown } = nestedOnly(verdict, graph)
  return blocked.length + unknown.length > 0
}

/** A diff for standard output. Where nobody looks, it is data for `git apply`, which the `FORCE_COLOR` of a CI must not spoil. */
export function showDiff(
  diff: string,
  { color }: Pick<OutputFlags, 'color'>,
  { stdout, env }: Io,
): string {
  const isForEyes = stdout.isTTY === true || color === 'always'
  return isForEyes ? paintDiff(diff, paletteFor(stdout, color, env)) : diff
}
