import { CommanderError } from 'commander'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { makeProgram } from './program.ts'

/**
 * Runs the command line.
 * @param argv the arguments, without the program's own name
 * @returns the exit code; nothing here ends the process, and nothing is thrown
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCode.done
  const program = makeProgram(io, (result) => {
    code = result
  })
  try {
    if (argv[0] === 'complete') {
      const { default: addCompletion } = await import('@bomb.sh/tab/commander')
      addCompletion(program)
    }
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCode.done : exitCode.failed
    io.stderr.write(await describeFault(error))
    return exitCode.failed
  }
}

async function describeFault(error: unknown): Promise<string> {
  const { printable } = await import('../report/printable.ts')
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const lines = detail.split('\n').map(printable)
  return `pinsmith: this is a fault of pinsmith; please report it with what follows.\n${lines.join('\n')}\n`
}
