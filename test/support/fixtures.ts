import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalGitHub } from './github/server.ts'
import { runPinsmith } from './run.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** `fixtures/` of this repository. */
export const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))

// Where a fixture's file stands in the repository that is made for it.
const WORKFLOW = '.github/workflows/in.yml'

/** A folder of `fixtures/pin`. */
export interface Fixture {
  readonly name: string
  readonly folder: string
  readonly before: Buffer
  /** More arguments. */
  readonly args: readonly string[]
}

/** What pinning a fixture came to: the bytes of its file, and the report in few words. */
export interface FixtureRun {
  readonly after: Buffer
  readonly report: string
}

/** The cases of `fixtures/pin`: `in.yml`, what becomes of it (`out.yml`, `report`) and with which `args`. */
export function readFixtures(): Fixture[] {
  return readdirSync(join(FIXTURES, 'pin')).map((name) => {
    const folder = join(FIXTURES, 'pin', name)
    const args = readdirSync(folder).includes('args')
      ? readFileSync(join(folder, 'args'), 'utf8').trim().split(' ')
      : []
    return { name, folder, args, before: readFileSync(join(folder, 'in.yml')) }
  })
}

/** Pins a text, the only workflow of a repository, with the real command line; what it uses in turn is left out. */
export async function runFixture(
  before: Uint8Array,
  args: readonly string[],
  github: LocalGitHub,
  withToken: boolean,
): Promise<FixtureRun> {
  const cwd = await temporaryFolder({ [WORKFLOW]: before })
  const run = await runPinsmith(['--no-nested', '--format', 'json', ...args], {
    cwd,
    github,
    withToken,
  })
  if (run.stderr !== '') throw new Error(run.stderr)
  return {
    after: await readFile(join(cwd, ...WORKFLOW.split('/'))),
    report: `exit ${run.code}\n${sayAll(run.stdout)}`,
  }
}

interface JsonReport {
  readonly files: readonly {
    readonly references: readonly (Placed & {
      readonly outcome: string
      readonly notes?: readonly { readonly kind: string }[]
      readonly exemption?: { readonly kind: string }
    })[]
  }[]
  readonly problems: readonly (Partial<Placed> & { readonly code: string })[]
}

interface Placed {
  readonly line: number
  readonly column: number
  readonly reference: string
}

/** One line for each problem, note and exemption: `line:column what reference`. */
function sayAll(json: string): string {
  const report: JsonReport = JSON.parse(json)
  const references = report.files.flatMap((file) => file.references)
  const said = [
    ...report.problems.map((problem) => ({ ...problem, what: problem.code })),
    ...references.flatMap((reference) =>
      (reference.notes ?? []).map(({ kind }) => ({ ...reference, what: `note ${kind}` })),
    ),
    ...references.flatMap((reference) =>
      reference.exemption === undefined
        ? []
        : [{ ...reference, what: `exempt ${reference.exemption.kind}` }],
    ),
  ]
  return said
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
    .map(({ line, column, what, reference }) => {
      const place = line === undefined ? '' : `${line}:${column} `
      return `${place}${what}${reference ? ` ${reference}` : ''}\n`
    })
    .join('')
}
