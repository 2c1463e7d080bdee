import { check } from '../commands/check.ts'
import type { CheckResult } from '../commands/check/options.ts'
import { dayOf, readConfig } from '../commands/config.ts'
import type { Connect } from '../commands/make-plan.ts'
import { usageFault } from '../github/usage.ts'
import { formatFixed } from '../report/check/fixed.ts'
import type { CheckFlags } from './check-flags.ts'
import { writeReports } from './check-reports.ts'
import { paletteFor } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { printFailure } from './print-failure.ts'
import { makeProgress } from './progress.ts'
import { reportTargets, type ReportTargets } from './report-targets.ts'

/** Runs `pinsmith check`. */
export async function runCheck(
  paths: readonly string[],
  flags: CheckFlags,
  io: Io,
): Promise<ExitCode> {
  const { cwd, env } = io
  const { offline, nested, fix, dryRun, changed, color } = flags
  const targets = reportTargets(flags.format, flags.report, cwd)
  if (targets.kind === 'usage')
    return printFailure(targets, { format: flags.format ?? 'text', color }, io)
  const failureFlags = { format: targets.stdout, color }
  if (dryRun && !fix) return printFailure(onlyWithFix, failureFlags, io)
  const config = await readConfig({ cwd, path: flags.config })
  if ('kind' in config) return printFailure(config, failureFlags, io)
  const progress = makeProgress(io.stderr, flags.quiet)
  const connectNow: Connect = async () => {
    const { makeConnect } = await import('./connect.ts')
    return makeConnect(flags, io, progress)()
  }
  try {
    const today = dayOf(Date.now())
    const result = await check(
      { cwd, env, paths, config, today, offline, nested, fix, dryRun, changed },
      connectNow,
    )
    progress.stop()
    return result.kind === 'check'
      ? await report(result, targets, flags, io)
      : printFailure(result, failureFlags, io)
  } finally {
    progress.stop()
  }
}

async function report(
  result: CheckResult,
  targets: ReportTargets,
  flags: CheckFlags,
  io: Io,
): Promise<ExitCode> {
  const { fixed, findings } = result
  const hasDiff = flags.dryRun && targets.stdout === 'text' && fixed.plans.length > 0
  if (hasDiff) {
    const [{ showDiff }, { formatDiff }] = await Promise.all([
      import('./print.ts'),
      import('../report/diff.ts'),
    ])
    io.stdout.write(showDiff(formatDiff(fixed.plans), flags, io))
  }
  const said = formatFixed(fixed, flags.dryRun, paletteFor(io.stderr, flags.color, io.env))
  if (!flags.quiet || fixed.problems.length > 0) io.stderr.write(said)
  // Standard output is the diff's then.
  const written = await writeReports(
    result,
    targets,
    flags,
    hasDiff ? { ...io, stdout: io.stderr } : io,
  )
  const fails = fixed.problems.length > 0 || findings.some(({ level }) => level !== 'note')
  return written ?? (fails ? exitCode.findings : exitCode.done)
}

const onlyWithFix = usageFault('--dry-run goes with --fix: without it, nothing is written anyway.')
