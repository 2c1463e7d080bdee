import { resolve } from 'node:path'
import { appendReport, writeReport } from '../apply/write-report.ts'
import { usageFault } from '../github/usage.ts'
import type { CheckReport } from '../report/check/report.ts'
import { formatCheck } from './check-format.ts'
import { paletteFor, type ColorChoice } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { volumeOf, type OutputFlags } from './output-flags.ts'
import { printFailure } from './print-failure.ts'
import type { CheckFormat } from './report-option.ts'
import type { ReportTargets } from './report-targets.ts'
import { readVersion } from './version.ts'

/**
 * Writes the reports of a check where they were asked for, and beside one for GitHub the job summary, where a job has one.
 * @returns the exit code of a run whose reports could not all be written; `undefined` where they could
 */
export async function writeReports(
  report: CheckReport,
  { stdout, files }: ReportTargets,
  flags: OutputFlags,
  io: Io,
): Promise<ExitCode | undefined> {
  const write = (format: CheckFormat, color: ColorChoice): Promise<string> =>
    formatCheck(format, report, {
      volume: volumeOf(flags),
      palette: paletteFor(io.stdout, color, io.env),
      version: readVersion(),
    })
  const faults: string[] = []
  // A file is no terminal, whatever the one is like that pinsmith was called from.
  const color = flags.color === 'auto' ? 'never' : flags.color
  for (const { format, file, absolute } of files) {
    const fault = await writeReport(absolute, await write(format, color))
    if (fault !== undefined) faults.push(unwritten(JSON.stringify(file), fault))
  }
  if ([stdout, ...files.map(({ format }) => format)].includes('github')) {
    const fault = await addSummary(report, io)
    if (fault !== undefined) faults.push(unwritten('the job summary', fault))
  }
  io.stdout.write(await write(stdout, flags.color))
  if (faults.length === 0) return undefined
  // In words alone: standard output has its report already.
  for (const fault of faults)
    printFailure(usageFault(fault), { format: 'text', color: flags.color }, io)
  return exitCode.failed
}

/** Adds to the job summary of GitHub Actions, where the environment names its file. */
async function addSummary(report: CheckReport, { cwd, env }: Io): Promise<string | undefined> {
  const file = env['GITHUB_STEP_SUMMARY']
  if (file === undefined || file === '') return undefined
  const { formatCheckSummary, MOST_OF_SUMMARY } = await import('../report/check/summary.ts')
  return appendReport(resolve(cwd, file), (size) => {
    const most = MOST_OF_SUMMARY - size
    const text = formatCheckSummary(report, most)
    // One that is too long is not shown at all, with all that other programs have put there.
    return Buffer.byteLength(text) <= most ? text : undefined
  })
}

function unwritten(what: string, why: string): string {
  return `${what} could not be written: ${why}.`
}
