import { decodeText } from '../apply/decode.ts'
import { systemDetail } from '../apply/system-error.ts'
import type { Connect, PlanOptions } from '../commands/make-plan.ts'
import { pin } from '../commands/pin.ts'
import { pinText } from '../commands/pin-text.ts'
import { usageFault, type UsageFault } from '../github/usage.ts'
import { makeConnect } from './connect.ts'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { PinFlags } from './pin-flags.ts'
import { printFailure } from './print-failure.ts'
import { exitCodeOf, printResult } from './print.ts'
import { makeProgress } from './progress.ts'
import { makeSelection } from './selection.ts'

/** Runs `pinsmith pin`. */
export async function runPin(paths: readonly string[], flags: PinFlags, io: Io): Promise<ExitCode> {
  const { only, ignore, prefer, comments } = flags
  const options = { selects: makeSelection(only, ignore), prefer, comments }
  const progress = makeProgress(io.stderr, flags.quiet)
  const connectNow = makeConnect(flags, io, progress)
  const isStdin = flags.stdin || paths.includes('-')
  const files = paths.filter((path) => path !== '-')
  if (isStdin && files.length > 0) return printFailure(notAlone(files), flags, io)
  if (flags.exitCode && !flags.dryRun) return printFailure(onlyWithDryRun, flags, io)
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
  const { dryRun, strict, locked, nested } = flags
  const result = await pin(
    { ...options, dryRun, strict, locked, nested, cwd: io.cwd, env: io.env, paths },
    connectNow,
  )
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
  const bytes = await readAll(io.stdin)
  if (!(bytes instanceof Uint8Array)) return printFailure(bytes, flags, io)
  const read = decodeText('stdin', bytes)
  const result =
    read.kind === 'problem'
      ? { kind: 'result' as const, text: bytes, files: [], problems: [read.problem] }
      : await pinText(read.text, 'stdin', { ...options, strict: flags.strict }, connectNow)
  if (result.kind !== 'result') return printFailure(result, flags, io)
  if (flags.format === 'text' && !flags.dryRun) io.stdout.write(result.text)
  printResult(result, flags, io)
  return exitCodeOf(result, flags)
}

const onlyWithDryRun = usageFault(
  '--exit-code goes with --dry-run: without it, what is due is written. Add --dry-run (-n).',
)

function notAlone(files: readonly string[]): UsageFault {
  const named = files.map((file) => JSON.stringify(file)).join(', ')
  return usageFault(`standard input (--stdin or -) comes alone: leave out ${named}, or it.`)
}

async function readAll(input: Io['stdin']): Promise<Buffer | UsageFault> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of input) chunks.push(Buffer.from(chunk))
  } catch (error) {
    return usageFault(`standard input could not be read: ${systemDetail(error)}`)
  }
  return Buffer.concat(chunks)
}
