import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { systemDetail } from '../apply/system-error.ts'
import { graph, type GraphResult } from '../commands/graph.ts'
import { usageFault } from '../github/usage.ts'
import { formatDot } from '../report/graph/dot.ts'
import { formatGraphJson } from '../report/graph/json.ts'
import { formatMermaid } from '../report/graph/mermaid.ts'
import { formatGraphText } from '../report/graph/text.ts'
import { formatGraphHtml } from '../report/html/page.ts'
import { formatVerdictLine } from '../report/verdict/text.ts'
import { paletteFor } from './color.ts'
import { makeConnect } from './connect.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { GraphFlags } from './graph-flags.ts'
import type { Io } from './io.ts'
import { volumeOf } from './output-flags.ts'
import { printFailure } from './print-failure.ts'
import { makeProgress } from './progress.ts'

/** Runs `pinsmith graph`. */
export async function runGraph(
  paths: readonly string[],
  flags: GraphFlags,
  io: Io,
): Promise<ExitCode> {
  const progress = makeProgress(io.stderr, flags.quiet)
  try {
    const result = await graph(
      { cwd: io.cwd, paths, env: io.env },
      makeConnect(flags, io, progress),
    )
    progress.stop()
    return result.kind === 'graph'
      ? await printGraph(result, flags, io)
      : printFailure(result, flags, io)
  } finally {
    progress.stop()
  }
}

/** The graph to standard output or to a file; beside a diagram, the verdict in a line to standard error. */
async function printGraph(result: GraphResult, flags: GraphFlags, io: Io): Promise<ExitCode> {
  const { output, format, quiet, color } = flags
  const text = formatGraph(result, flags, io)
  if (output === undefined) io.stdout.write(text)
  else {
    try {
      await writeFile(resolve(io.cwd, output), text)
    } catch (error) {
      const fault = `${JSON.stringify(output)} could not be written: ${systemDetail(error)}`
      return printFailure(usageFault(fault), flags, io)
    }
  }
  const saysVerdict = output === undefined && (format === 'text' || format === 'json')
  if (!saysVerdict && !quiet) {
    const palette = paletteFor(io.stderr, color, io.env)
    io.stderr.write(`${formatVerdictLine(result.verdict, result.graph, palette)}\n`)
  }
  const isGood = result.verdict.kind === 'passes' && result.problems.length === 0
  return isGood ? exitCode.done : exitCode.findings
}

function formatGraph(result: GraphResult, flags: GraphFlags, { stdout, env }: Io): string {
  switch (flags.format) {
    case 'text': {
      // A file is no terminal, whatever the one is like that pinsmith was called from.
      const color = flags.output !== undefined && flags.color === 'auto' ? 'never' : flags.color
      return formatGraphText(result, volumeOf(flags), paletteFor(stdout, color, env))
    }
    case 'json':
      return formatGraphJson(result)
    case 'mermaid':
      return formatMermaid(result.graph, result.verdict)
    case 'dot':
      return formatDot(result.graph)
    case 'html':
      return formatGraphHtml(result)
  }
}
