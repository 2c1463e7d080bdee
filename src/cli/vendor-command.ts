import { configuredOptions, dayOf, readConfig } from '../commands/config.ts'
import { vendorActions, type VendorResult } from '../commands/vendor.ts'
import { parseActionName, type ActionName } from '../domain/action-name.ts'
import { usageFault, type UsageFault } from '../github/usage.ts'
import { allProblems } from '../report/pin/tally.ts'
import { formatVerdictLine } from '../report/verdict/text.ts'
import { paletteFor } from './color.ts'
import { makeConnect } from './connect.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { onlyWithDryRun } from './only-with-dry-run.ts'
import { printFailure } from './print-failure.ts'
import { changesFiles, printReport } from './print.ts'
import { makeProgress } from './progress.ts'
import type { VendorFlags } from './vendor-flags.ts'

/** Runs `pinsmith vendor`. */
export async function runVendor(
  names: readonly string[],
  flags: VendorFlags,
  io: Io,
): Promise<ExitCode> {
  if (flags.exitCode && !flags.dryRun) return printFailure(onlyWithDryRun, flags, io)
  const actions: ActionName[] = []
  for (const text of names) {
    const action = parseActionName(text)
    if (typeof action === 'string') return printFailure(notAnAction(text), flags, io)
    actions.push(action)
  }
  const config = await readConfig({ cwd: io.cwd, path: flags.config })
  if ('kind' in config) return printFailure(config, flags, io)
  const progress = makeProgress(io.stderr, flags.quiet)
  try {
    const { dryRun, strict, locked, prefer, referBy, comments } = flags
    const result = await vendorActions(
      {
        ...configuredOptions(config, dayOf(Date.now())),
        comments: comments ?? config.comments ?? 'after',
        actions,
        dryRun,
        strict,
        locked,
        prefer,
        referBy,
        cwd: io.cwd,
        env: io.env,
      },
      makeConnect(flags, io, progress),
    )
    progress.stop()
    return result.kind === 'result' ? print(result, flags, io) : printFailure(result, flags, io)
  } finally {
    progress.stop()
  }
}

function print(result: VendorResult, flags: VendorFlags, io: Io): ExitCode {
  const hasProblems = allProblems(result).length > 0
  const isIdle = !hasProblems && !changesFiles(result)
  if (isIdle && flags.format === 'text') {
    if (!flags.quiet) io.stderr.write('Nothing to do: what was named is copied already.\n')
  } else printReport(result, 'vendor', flags, io)
  if (flags.format === 'text' && !flags.quiet && result.nested !== undefined) {
    const { verdict, graph } = result.nested
    const palette = paletteFor(io.stderr, flags.color, io.env)
    io.stderr.write(`\n${formatVerdictLine(verdict, graph, palette)}\n`)
  }
  if (hasProblems) return exitCode.findings
  return flags.dryRun && flags.exitCode && !isIdle ? exitCode.findings : exitCode.done
}

function notAnAction(text: string): UsageFault {
  return usageFault(
    `${JSON.stringify(text)} is not the name of an action. Write owner/repo, owner/repo/path or owner/repo@ref.`,
  )
}
