import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { systemDetail } from '../apply/system-error.ts'
import { writeReport } from '../apply/write-report.ts'
import { patch, type PatchResult } from '../commands/patch.ts'
import type { Problem } from '../domain/problem.ts'
import { usageFault } from '../github/usage.ts'
import { formatDiff } from '../report/diff.ts'
import { patchedFiles } from '../report/patch/change.ts'
import { formatPatchMarkdown } from '../report/patch/markdown.ts'
import { formatPatchText, type PatchPlace } from '../report/patch/text.ts'
import { patchFailureWords } from '../report/patch/words.ts'
import { formatFailure } from '../report/problem-text.ts'
import { allProblems } from '../report/pin/tally.ts'
import { paletteFor } from './color.ts'
import { makeConnect } from './connect.ts'
import { exitCode, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { PatchFlags } from './patch-flags.ts'
import { printFailure } from './print-failure.ts'
import { makeProgress } from './progress.ts'

/** Runs `pinsmith patch`. */
export async function runPatch(target: string, flags: PatchFlags, io: Io): Promise<ExitCode> {
  const { prefer, locked, quiet, color } = flags
  const progress = makeProgress(io.stderr, quiet)
  try {
    const result = await patch(
      { target, prefer, locked, cwd: io.cwd, env: io.env },
      makeConnect(flags, io, progress),
    )
    progress.stop()
    switch (result.kind) {
      case 'patch':
        return await deliver(result, flags, io)
      case 'unresolved': {
        const words = patchFailureWords(result.target, result.resolution)
        io.stderr.write(formatFailure(words, paletteFor(io.stderr, color, io.env)))
        return exitCode.failed
      }
      case 'usage':
      case 'host-failure':
        return printFailure(result, { format: 'text', color }, io)
    }
  } finally {
    progress.stop()
  }
}

/** The patch to standard output and its text to standard error, or both to files. */
async function deliver(result: PatchResult, flags: PatchFlags, io: Io): Promise<ExitCode> {
  const { out, quiet, color } = flags
  const diff = formatDiff(patchedFiles(result.files))
  let place: PatchPlace
  if (diff !== '' && out === undefined) {
    io.stdout.write(diff)
    if (!quiet) io.stderr.write(`${formatPatchMarkdown(result)}\n`)
  } else if (diff !== '' && out !== undefined) {
    const written = await writeTo(resolve(io.cwd, out), result, diff)
    if (typeof written === 'string')
      return printFailure(usageFault(written), { format: 'text', color }, io)
    place = written
  }
  const problems = problemsOf(result)
  io.stderr.write(
    formatPatchText(result, problems, place, quiet, paletteFor(io.stderr, color, io.env)),
  )
  return problems.length === 0 ? exitCode.done : exitCode.findings
}

/** Writes both files; returns where they are, or why they could not be written. */
async function writeTo(
  folder: string,
  result: PatchResult,
  diff: string,
): Promise<NonNullable<PatchPlace> | string> {
  const { owner, repo } = result.target
  const place = {
    patch: join(folder, `${owner}-${repo}.patch`),
    text: join(folder, `${owner}-${repo}.md`),
  }
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    return `${JSON.stringify(folder)} could not be made: ${systemDetail(error)}`
  }
  for (const [path, text] of [
    [place.patch, diff],
    [place.text, formatPatchMarkdown(result)],
  ] as const) {
    const why = await writeReport(path, text)
    if (why !== undefined) return `${JSON.stringify(path)} could not be written: ${why}`
  }
  return place
}

function problemsOf({ files, problems }: PatchResult): Problem[] {
  const results = files.map((plan) => ({
    plan,
    outcome:
      plan.problem === undefined
        ? ({ kind: 'unchanged' } as const)
        : ({ kind: 'problem', problem: plan.problem } as const),
  }))
  return allProblems({ files: results, problems })
}
