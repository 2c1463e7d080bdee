import { isAlarming } from '../check/held-move.ts'
import { configuredOptions, dayOf, readConfig } from '../commands/config.ts'
import { update, type UpdateResult } from '../commands/update.ts'
import { parseAge } from '../config/age.ts'
import { DEFAULT_COOLDOWN } from '../remedy/cooldown.ts'
import { heldJson, movesJson } from '../report/update/json.ts'
import { formatMoves } from '../report/update/text.ts'
import { paletteFor } from './color.ts'
import { makeConnect } from './connect.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { onlyWithDryRun } from './only-with-dry-run.ts'
import { volumeOf } from './output-flags.ts'
import { printFailure } from './print-failure.ts'
import { exitCodeOf, printReport, printUnmatched, printVerdict } from './print.ts'
import { makeProgress } from './progress.ts'
import { makeSelection } from './selection.ts'
import type { UpdateFlags } from './update-flags.ts'

/** Runs `pinsmith update`. */
export async function runUpdate(
  paths: readonly string[],
  flags: UpdateFlags,
  io: Io,
): Promise<ExitCode> {
  if (flags.exitCode && !flags.dryRun) return printFailure(onlyWithDryRun, flags, io)
  const config = await readConfig({ cwd: io.cwd, path: flags.config })
  if ('kind' in config) return printFailure(config, flags, io)
  const progress = makeProgress(io.stderr, flags.quiet)
  const now = Date.now()
  const today = dayOf(now)
  try {
    const { dryRun, strict, locked, nested, prefer, only, ignore, to, cooldown, comments } = flags
    const result = await update(
      {
        ...configuredOptions(config, today),
        selects: makeSelection(only, ignore),
        comments: comments ?? config.comments ?? 'after',
        cooldown: parseAge(cooldown ?? '') ?? config.cooldown ?? DEFAULT_COOLDOWN,
        limit: to,
        config,
        today,
        now,
        dryRun,
        strict,
        locked,
        nested,
        prefer,
        cwd: io.cwd,
        env: io.env,
        paths,
      },
      makeConnect(flags, io, progress),
    )
    progress.stop()
    return result.kind === 'result'
      ? print(result, now, flags, io)
      : printFailure(result, flags, io)
  } finally {
    progress.stop()
  }
}

function print(result: UpdateResult, now: number, flags: UpdateFlags, io: Io): ExitCode {
  const { moves, held } = result
  const moved = new Set(moves.flatMap(({ mover }) => mover.sites.map(({ site }) => site)))
  const reported = { ...result, moved }
  if (flags.format === 'text') {
    const palette = paletteFor(io.stderr, flags.color, io.env)
    io.stderr.write(formatMoves(result, now, volumeOf(flags), palette))
  }
  const more = { moves: movesJson(moves), held: heldJson(held) }
  printReport(reported, 'update', flags, io, more)
  if (flags.format === 'text') printVerdict(reported, true, flags, io)
  printUnmatched(reported, flags, io)
  const isAlarmed = held.some(({ reason }) => isAlarming(reason))
  return isAlarmed ? exitCode.findings : exitCodeOf(result, flags)
}
