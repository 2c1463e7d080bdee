import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Lexer, Parser } from 'yaml'
import { draftFile, planFile } from '../src/plan/plan.ts'
import type { Answers } from '../src/resolve/resolve.ts'
import { parseCommitSha } from '../src/domain/sha.ts'
import { locate } from '../src/yaml/locate.ts'
import { median, type FigureGroup } from './figure.ts'

const ROUNDS = 7
const policy = { selects: () => true, isLocked: () => false, comments: 'after' } as const
const commit = parseCommitSha('11bd71901bbe5b1630ceea73d27597364c9af683')

/** How long it takes to pin texts whose references are resolved, next to the bare lexer of `yaml` on the same texts. */
export function measureRewriting(folder = process.env['PINSMITH_CORPUS']): FigureGroup {
  const texts = readTexts(folder ?? fileURLToPath(new URL('../fixtures', import.meta.url)))
  const tasks: [string, (text: string) => unknown][] = [
    ['`yaml`: lexer', (text) => [...new Lexer().lex(text)]],
    ['`yaml`: concrete syntax tree', (text) => [...new Parser().parse(text)]],
    ['pinsmith: locate', locate],
    ['pinsmith: locate, plan, edit, parse again and compare', pin],
  ]
  const times = tasks.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, [, task]] of tasks.entries()) {
      const start = performance.now()
      for (const text of texts) task(text)
      times[index]?.push(performance.now() - start)
    }
  const base = median(times[0] ?? [])
  const bytes = texts.reduce((sum, text) => sum + text.length, 0)
  return {
    title: `${texts.length} workflows, ${(bytes / 1e6).toFixed(1)} MB, in times of the lexer`,
    figures: tasks.map(([name], index) => ({
      name,
      value: `${(median(times[index] ?? []) / base).toFixed(2)} ×`,
    })),
  }
}

/** Pins every reference to one commit: the same work, whatever a host would answer. */
function pin(text: string): void {
  const located = locate(text)
  if (located.kind !== 'located' || commit === undefined) return
  const answers: Answers = {
    kind: 'answers',
    of: () => ({
      resolution: { kind: 'commit', commit, through: 'tag' },
      label: { kind: 'write', label: 'v4.2.2', corrects: undefined },
      hasLabel: false,
      renamedTo: undefined,
      upgrade: undefined,
    }),
  }
  planFile(draftFile({ path: 'bench.yml', located }, policy), answers, policy)
}

function readTexts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .filter((text) => locate(text).kind === 'located')
}
