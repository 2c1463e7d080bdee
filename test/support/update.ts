import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { LocalGitHub } from './github/server.ts'
import { runPinsmith, type RunOptions } from './run.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A move, or one that was not made, as the JSON report has it. */
export interface ReportedMove {
  readonly action: string
  readonly from: { readonly commit: string; readonly label?: string }
  readonly to?: { readonly commit: string; readonly label: string; readonly date?: string }
  readonly newMajor?: boolean
  readonly reason?: string
  readonly finding?: string
  readonly accused?: string
  readonly until?: string
  readonly alarming?: boolean
  readonly message?: string
  readonly sites: readonly {
    readonly file: string
    readonly line: number
    readonly column: number
  }[]
}

/** What an update came to. */
export interface Updated {
  readonly code: number
  readonly moves: readonly ReportedMove[]
  readonly held: readonly ReportedMove[]
  readonly verdict: string | undefined
  readonly problems: readonly { readonly code: string; readonly message: string }[]
  readonly summary: Readonly<Record<string, number>>
  /** The files as they were left. */
  readonly files: Readonly<Record<string, string>>
}

type Files = Readonly<Record<string, string | Uint8Array>>

/** Updates files with a token and without, and a second time: both ways must do the same, and the second nothing. */
export async function updateFiles(
  github: LocalGitHub,
  files: Files,
  ...args: readonly string[]
): Promise<Updated> {
  const bare = await updateTwice(github, files, false, args)
  expect(await updateTwice(github, files, true, args)).toEqual(bare)
  return bare
}

async function updateTwice(
  github: LocalGitHub,
  files: Files,
  withToken: boolean,
  args: readonly string[],
): Promise<Updated> {
  const options = await inFolder(files, { github, withToken })
  const first = await updateIn(options, Object.keys(files), args)
  const again = await updateIn(options, Object.keys(files), args)
  expect(again.moves).toEqual([])
  expect(again.files).toEqual(first.files)
  if (first.code === 0 && first.moves.length > 0) await expectContent(options, args)
  return first
}

/** That a check finds nothing to be mended. */
async function expectContent(options: RunOptions, args: readonly string[]): Promise<void> {
  const nested = args.includes('--no-nested') ? ['--no-nested'] : []
  const { code, stdout } = await runPinsmith(['check', ...nested], options)
  expect({ code, stdout }).toMatchObject({ code: 0 })
}

/** Updates files with a token, or without. */
export async function updateAs(
  github: LocalGitHub,
  files: Files,
  withToken: boolean,
  args: readonly string[] = [],
): Promise<Updated> {
  return updateIn(await inFolder(files, { github, withToken }), Object.keys(files), args)
}

async function inFolder(
  files: Files,
  options: Pick<RunOptions, 'github' | 'withToken'>,
): Promise<RunOptions> {
  const env = { PINSMITH_CACHE: await temporaryFolder() }
  return { ...options, cwd: await temporaryFolder(files), env }
}

async function updateIn(
  options: RunOptions,
  paths: readonly string[],
  args: readonly string[],
): Promise<Updated> {
  const { code, stdout, stderr } = await runPinsmith(
    ['update', '--format', 'json', ...args],
    options,
  )
  expect(stderr).toBe('')
  const { moves, held, verdict, problems, summary }: Updated = JSON.parse(stdout)
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readFile(join(options.cwd, path), 'utf8')] as const),
  )
  return { code, moves, held, verdict, problems, summary, files: Object.fromEntries(texts) }
}

/** `a/b v1.0.0 → v1.1.0` of each move. */
export function movesIn({ moves }: Pick<Updated, 'moves'>): string[] {
  return moves.map(({ action, from, to }) => `${action} ${from.label ?? '?'} → ${to?.label ?? '?'}`)
}

/** `a/b v1.0.0 → v1.1.0: too-young`, or `…: accused impostor-commit`, of each move that was not made. */
export function heldIn({ held }: Pick<Updated, 'held'>): string[] {
  return held.map(({ action, from, to, reason, finding }) => {
    const target = to === undefined ? '' : ` → ${to.label}`
    const code = finding === undefined ? '' : ` ${finding}`
    return `${action} ${from.label ?? '?'}${target}: ${reason ?? '?'}${code}`
  })
}
