import { expect } from 'vitest'
import type { LocalGitHub } from './github/server.ts'
import { runPinsmith } from './run.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The workflow that checks are about. */
export const CI = '.github/workflows/ci.yml'

/** A workflow whose first `uses` stands in line 4, column 15. */
export function workflow(...uses: readonly string[]): string {
  return `jobs:\n  j:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}`
}

/** A composite action's manifest. */
export function composite(...uses: readonly string[]): string {
  return `runs:\n  using: composite\n  steps:\n${uses.map((each) => `    - uses: ${each}\n`).join('')}`
}

/** A finding, as the JSON report has it. */
export interface ReportedFinding {
  readonly code: string
  readonly level: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly reference?: string
  readonly message: string
  readonly chain: readonly string[]
  readonly fix?: { readonly edits: readonly { readonly replacement: string }[] }
}

/** What a check of some files came to. */
export interface Checked {
  readonly code: number
  readonly findings: readonly ReportedFinding[]
  readonly verdict: string | undefined
}

type Files = Readonly<Record<string, string | Uint8Array>>

/** Checks files with a token and without: what is found must be the same. */
export async function checkFiles(
  github: LocalGitHub,
  files: Files,
  ...args: readonly string[]
): Promise<Checked> {
  const bare = await checkAs(github, files, false, args)
  expect(await checkAs(github, files, true, args)).toEqual(bare)
  return bare
}

/** Checks files with a token, or without. */
export async function checkAs(
  github: LocalGitHub,
  files: Files,
  withToken: boolean,
  args: readonly string[] = [],
): Promise<Checked> {
  const cwd = await temporaryFolder(files)
  const run = await runPinsmith(['check', '--format', 'json', ...args], { cwd, github, withToken })
  expect(run.stderr).toBe('')
  const { findings, verdict }: Checked = JSON.parse(run.stdout)
  return { code: run.code, findings, verdict }
}

/** `code` of each finding, with its level where that is not the usual one's business: `error unpinned`. */
export function codesIn({ findings }: Pick<Checked, 'findings'>): string[] {
  return findings.map(({ level, code }) => `${level} ${code}`)
}

/** Checks one workflow of these references: the codes of what is found, with their levels. */
export async function codesOf(
  github: LocalGitHub,
  uses: readonly string[],
  ...args: readonly string[]
): Promise<string[]> {
  return codesIn(await checkFiles(github, { [CI]: workflow(...uses) }, ...args))
}
