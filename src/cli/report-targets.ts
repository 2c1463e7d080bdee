import { resolve } from 'node:path'
import { usageFault, type UsageFault } from '../github/usage.ts'
import type { CheckFormat, ReportTarget } from './report-option.ts'

/** Where the reports of a run go: one to standard output, the others to files of their own. */
export interface ReportTargets {
  readonly kind: 'targets'
  readonly stdout: CheckFormat
  readonly files: readonly FileTarget[]
}

export interface FileTarget {
  readonly format: CheckFormat
  /** As it was given. */
  readonly file: string
  readonly absolute: string
}

/**
 * Sorts out `--format`, which means a report to standard output, and `--report`. Where none goes there, text does. Two reports
 * to one place are wrong usage: one would spoil the other.
 */
export function reportTargets(
  format: CheckFormat | undefined,
  reports: readonly ReportTarget[],
  cwd: string,
): ReportTargets | UsageFault {
  const toStdout = [
    ...(format === undefined ? [] : [format]),
    ...reports.flatMap((report) => (report.file === '-' ? [report.format] : [])),
  ]
  if (toStdout.length > 1)
    return usageFault(
      `only one report can go to standard output, not ${toStdout.join(' and ')} (--format, and --report with -): give the others a file.`,
    )
  const files = reports
    .filter(({ file }) => file !== '-')
    .map((report) => ({ ...report, absolute: resolve(cwd, report.file) }))
  const seen = new Set<string>()
  for (const { file, absolute } of files) {
    if (seen.has(absolute))
      return usageFault(
        `two reports go to ${JSON.stringify(file)} (--report): give each a file of its own.`,
      )
    seen.add(absolute)
  }
  return { kind: 'targets', stdout: toStdout[0] ?? 'text', files }
}
