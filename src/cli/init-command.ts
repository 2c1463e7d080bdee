import { init } from '../commands/init.ts'
import { usageFault } from '../github/usage.ts'
import { formatImportFailure } from '../report/config/text.ts'
import { formatInit } from '../report/init-text.ts'
import { formatProblems } from '../report/problem-text.ts'
import { paletteFor } from './color.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { InitFlags } from './init-flags.ts'
import type { Io } from './io.ts'
import { printFailure } from './print-failure.ts'
import { readVersion } from './version.ts'

/** Runs `pinsmith init`. */
export async function runInit(flags: InitFlags, io: Io): Promise<ExitCode> {
  const { from, force, quiet, color } = flags
  const palette = paletteFor(io.stderr, color, io.env)
  const result = await init({ cwd: io.cwd, from, force, version: readVersion() })
  switch (result.kind) {
    case 'written':
      if (!quiet) io.stderr.write(formatInit(result.path, result.carried, palette))
      return exitCode.done
    case 'there': {
      const fault = `${result.path} is there already: give --force to write over it`
      return printFailure(usageFault(fault), { format: 'text', color }, io)
    }
    case 'problem':
      io.stderr.write(formatProblems([result.problem], palette))
      return exitCode.failed
    case 'import':
      io.stderr.write(formatImportFailure(result.faults, palette))
      return exitCode.failed
    case 'config':
    case 'usage':
      return printFailure(result, { format: 'text', color }, io)
  }
}
