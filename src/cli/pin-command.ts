import { decodeText } from '../apply/decode.ts'
import { systemDetail } from '../apply/system-error.ts'
import { configuredOptions, dayOf, readConfig } from '../commands/config.ts'
import type { Connect, PlanOptions } from '../commands/make-plan.ts'
import { pin } from '../commands/pin.ts'
import { pinText } from '../commands/pin-text.ts'
import type { Config } from '../config/config.ts'
import { usageFault, type UsageFault } from '../github/usage.ts'
import { DEFAULT_COOLDOWN } from '../remedy/cooldown.ts'
import { makeConnect } from './connect.ts'
import type { ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import { onlyWithDryRun } from './only-with-dry-run.ts'
import type { PinFlags } from './pin-flags.ts'
import { printFailure } from './print-failure.ts'
import { exitCodeOf, printResult } from './print.ts'
import { makeProgress } from './progress.ts'
import { makeSelection } from './selection.ts'

/** Runs `pinsmith pin`. */
export async function runPin(paths: readonly string[], flags: PinFlags, io: Io): Promise<ExitCode> {
  const progress = makeProgress(io.stderr, flags.quiet)
  const connectNow = makeConnect(flags, io, progress)
  const isStdin = flags.stdin || paths.includes('-')
  const files = paths.filter((path) => path !== '-')
  if (isStdin && files.length > 0) return printFailure(notAlone(files), flags, io)
  if (isStdin && (flags.nested === 'upgrade' || flags.nested === 'vendor'))
    return printFailure(notFromStdin(flags.nested), flags, io)
  if (flags.exitCode && !flags.dryRun) return printFailure(onlyWithDryRun, flags, io)
  const config = await readConfig({ cwd: io.cwd, path: flags.config })
  if ('kind' in config) return printFailure(config, flags, io)
  const options = planOptions(flags, config)
  try {
    const run = isStdin
      ? pinStdin(options, flags, io, connectNow)
      : pinFiles(paths, options, config, flags, io, connectNow)
    return await run
  } finally {
    progress.stop()
  }
}

/** How to pin: what the command line says counts more than the configuration. */
function planOptions({ only, ignore, prefer, comments }: PinFlags, config: Config): PlanOptions {
  return {
    ...configuredOptions(config, dayOf(Date.now())),
    selects: makeSelection(only, ignore),
    prefer,
    comments: comments ?? config.comments ?? 'after',
  }
}

async function pinFiles(
  paths: readonly string[],
  options: PlanOptions,
  config: Config,
  flags: PinFlags,
  io: Io,
  connectNow: Connect,
): Promise<ExitCode> {
  const { dryRun, strict, locked, nested, referBy } = flags
  const result = await pin(
    {
      ...options,
      dryRun,
      strict,
      locked,
      nested,
      referBy,
      cooldown: config.cooldown ?? DEFAULT_COOLDOWN,
      now: Date.now(),
      cwd: io.cwd,
      env: io.env,
      paths,
    },
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

function notFromStdin(how: string): UsageFault {
  return usageFault(
    `--nested ${how} is about what a repository runs, which standard input alone does not tell: name the file, or leave out --nested.`,
  )
}

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
