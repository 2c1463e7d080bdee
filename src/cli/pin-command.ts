import { decodeText } from '../apply/decode.ts'
import type { Connect, PlanOptions } from '../commands/make-plan.ts'
import { pin } from '../commands/pin.ts'
import { pinText } from '../commands/pin-text.ts'
import { connect } from '../github/connect.ts'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { PinFlags } from './pin-flags.ts'
import { exitCodeOf, printFailure, printResult } from './print.ts'
import { makeProgress, type Progress } from './progress.ts'
import { makeSelection } from './selection.ts'
import { readVersion } from './version.ts'

/** Runs `pinsmith pin`. */
export async function runPin(paths: readonly string[], flags: PinFlags, io: Io): Promise<ExitCode> {
  const { only, ignore, prefer, comments } = flags
  const options = { selects: makeSelection(only, ignore), prefer, comments }
  const progress = makeProgress(io.stderr, flags.quiet)
  const connectNow = makeConnect(flags, io, progress)
  const isStdin = flags.stdin || (paths.length === 1 && paths[0] === '-')
  try {
    const run = isStdin
      ? pinStdin(options, flags, io, connectNow)
      : pinFiles(paths, options, flags, io, connectNow)
    return await run
  } finally {
    progress.stop()
  }
}

async function pinFiles(
  paths: readonly string[],
  options: PlanOptions,
  flags: PinFlags,
  io: Io,
  connectNow: Connect,
): Promise<ExitCode> {
  const { dryRun, strict, locked } = flags
  const result = await pin({ ...options, dryRun, strict, locked, cwd: io.cwd, paths }, connectNow)
  if (result.kind !== 'result') return printFailure(result, flags, io)
  printResult(result, flags, io)
  return exitCodeOf(result, flags)
}

/** One text from standard input to standard output, for editors. What cannot be pinned goes through as it is. */
async function pinStdin(
  options: PlanOptions,
  flags: PinFlags,
  io: Io,
  connectNow: Connect,
): Promise<ExitCode> {
  const read = decodeText('stdin', await readAll(io.stdin))
  const result =
    read.kind === 'problem'
      ? { kind: 'result' as const, text: '', files: [], problems: [read.problem] }
      : await pinText(read.text, 'stdin', { ...options, strict: flags.strict }, connectNow)
  if (result.kind !== 'result') return printFailure(result, flags, io)
  if (flags.format === 'text' && !flags.dryRun) io.stdout.write(result.text)
  printResult(result, flags, io)
  return exitCodeOf(result, flags)
}

async function readAll(input: Io['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of input) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function makeConnect(flags: PinFlags, { env }: Io, progress: Progress): Connect {
  const { token, resolver, fallbackHost, maxWait } = flags
  return () => {
    progress.start('Asking GitHub…')
    return connect({
      env,
      token,
      resolver,
      fallbackHost,
      maxWait: maxWait * 1000,
      version: readVersion(),
    })
  }
}
