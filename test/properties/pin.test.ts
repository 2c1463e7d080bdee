import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { parseAllDocuments, type Document } from 'yaml'
import { locate } from '../../src/yaml/locate.ts'
import { startGitHub } from '../support/github/server.ts'
import { planText } from '../support/plan-text.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryRepository } from '../support/temporary-folder.ts'
import { known, mutant, pinnedForm, soup, workflow, worlds } from './workflows.ts'

const github = await startGitHub({ worlds })
afterAll(() => github.close())

describe('a workflow in any style', () => {
  test('has its references and labels changed, and not a byte else', async () => {
    await fc.assert(
      fc.asyncProperty(workflow, async ({ before, after }) => {
        const plan = await planText(before, known)
        expect(plan.problem).toBeUndefined()
        expect(plan.after).toBe(after)
      }),
      { numRuns: 120 },
    )
  })

  test('is the same document but for its references, and stays so', async () => {
    await fc.assert(
      fc.asyncProperty(
        workflow,
        fc.constantFrom('after' as const, 'above' as const),
        async ({ before }, comments) => {
          const plan = await planText(before, known, { comments })
          expect(isStrict(plan.after)).toBe(isStrict(before))
          expect(pinned(documents(plan.after))).toEqual(pinned(documents(before)))
          expect((await planText(plan.after, known, { comments })).after).toBe(plan.after)
        },
      ),
      { numRuns: 80 },
    )
  })

  test("keeps a person's comments, above or behind", async () => {
    await fc.assert(
      fc.asyncProperty(workflow, async ({ before }) => {
        const { after } = await planText(before, known, { comments: 'above' })
        for (const words of ['# keep me', '#no space', '# 3rd party', '# and/or else'])
          expect(after.split(words)).toHaveLength(before.split(words).length)
      }),
      { numRuns: 40 },
    )
  })

  test('is the same by a write and by its dry run, applied with `git apply`', async () => {
    // Windows takes neither quotes nor backslashes in names.
    const odd = process.platform === 'win32' ? 'ü' : 'ü"\\'
    const samples = fc.sample(workflow, 30)
    const names = samples.map((_, n) => `.github/workflows/${n % 2 ? 'a b ' : odd}${n}.yml`)
    const before = Object.fromEntries(names.map((name, n) => [name, samples[n]?.before ?? '']))
    const after = names.map((_, n) => samples[n]?.after ?? '')
    const folder = await temporaryRepository(before)
    const dry = await runPinsmith(['--no-nested', '--dry-run', '--quiet'], { cwd: folder, github })
    const apply = ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn']
    execFileSync('git', apply, { cwd: folder, input: dry.stdout })
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(after)

    const other = await temporaryRepository(before)
    await runPinsmith(['--no-nested', '--quiet'], { cwd: other, github, withToken: true })
    expect(names.map((name) => readFileSync(join(other, name), 'utf8'))).toEqual(after)
  })
})

test('an odd text is refused or the same document but for its references', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(soup, mutant),
      fc.constantFrom('after' as const, 'above' as const),
      async (before, comments) => {
        if (locate(before).kind !== 'located') return
        const plan = await planText(before, known, { comments })
        expect(plan.problem).toBeUndefined()
        expect(isStrict(plan.after)).toBe(isStrict(before))
        expect(pinned(documents(plan.after))).toEqual(pinned(documents(before)))
        expect((await planText(plan.after, known, { comments })).after).toBe(plan.after)
      },
    ),
    { numRuns: 700 },
  )
})

/** What the texts of a file mean, every scalar as a text. What is not strictly YAML means what it was taken for. */
function documents(text: string): unknown[] {
  const all = isStrict(text) ? strict(text) : taken(text)
  return all.map((document) => document.toJS({ maxAliasCount: -1 }))
}

function isStrict(text: string): boolean {
  return strict(text).every(({ errors }) => errors.length === 0)
}

function strict(text: string): readonly Document.Parsed[] {
  return parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent' })
}

function taken(text: string): readonly Document.Parsed[] {
  const located = locate(text)
  expect(located.kind).toBe('located')
  return located.kind === 'located' ? located.parsed.documents : []
}

/** The same with every reference pinned that can be: a plain walk, by GitHub's own positions. */
function pinned(all: readonly unknown[]): unknown[] {
  return all.map((document) =>
    changeValues(document, {
      jobs: (jobs) => changeAll(jobs, (job) => changeValues(job, { uses: pin, steps: pinSteps })),
      runs: (runs) => changeValues(runs, { steps: pinSteps }),
    }),
  )
}

function pinSteps(steps: unknown): unknown {
  if (!Array.isArray(steps)) return steps
  return steps.map((step) => changeValues(step, { uses: pin, parallel: pinSteps }))
}

function pin(uses: unknown): unknown {
  return typeof uses === 'string' ? uses.replace(/^[^\n]+(?=\n*$)/, pinnedForm) : uses
}

function changeValues(
  map: unknown,
  changes: Readonly<Record<string, (value: unknown) => unknown>>,
): unknown {
  return changeAll(map, (value, key) => (changes[key] ?? ((same) => same))(value))
}

function changeAll(map: unknown, change: (value: unknown, key: string) => unknown): unknown {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return map
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]))
}
