import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { blocksOf } from './support/documents.ts'
import { readPublicSchema } from './support/json-schema.ts'
import { runPinsmith } from './support/run.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')

interface Hook {
  readonly id: string
  readonly entry: string
  readonly language: string
  readonly files: string
}

const hooks: readonly Hook[] = parse(read('.pre-commit-hooks.yaml'))

test('the hooks are what pre-commit takes', () => {
  expect(readPublicSchema('pre-commit-hooks')(hooks)).toEqual([])
  expect(hooks.map(({ id, language }) => [id, language])).toEqual([
    ['pinsmith', 'node'],
    ['pinsmith-check', 'node'],
  ])
})

test('the configuration in the recipes is what pre-commit takes, and names a hook', () => {
  const [block] = blocksOf(read('docs/recipes.md')).filter(({ text }) => text.startsWith('repos:'))
  const config: { readonly repos: readonly { readonly hooks: readonly Hook[] }[] } = parse(
    block?.text ?? '',
  )
  expect(readPublicSchema('pre-commit-config', 'pre-commit-hooks')(config)).toEqual([])
  const ids = hooks.map(({ id }) => id)
  for (const { id } of config.repos.flatMap((repo) => repo.hooks)) expect(ids).toContain(id)
})

test.each(hooks)('$id: its command is one of pinsmith', async ({ entry }) => {
  const [program, ...args] = entry.split(' ')
  expect(program).toBe('pinsmith')
  const { code, stderr } = await runPinsmith([...args, '--help'], { cwd: await temporaryFolder() })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

const BOTH = [
  '.github/workflows/ci.yml',
  '.github/workflows/a b.yaml',
  'workflow-templates/ci.yml',
  'action.yml',
  'action.yaml',
  '.github/actions/setup/action.yml',
  'packages/x/action.yaml',
]

test.each<[string, readonly string[], readonly string[]]>([
  [
    'pinsmith',
    BOTH,
    [
      '.github/workflows/deep/ci.yml',
      '.github/dependabot.yml',
      'ci.yml',
      'my-action.yml',
      '-x/action.yml',
      'action.yml.md',
    ],
  ],
  [
    'pinsmith-check',
    [...BOTH, '.github/pinsmith.yml', '.github/workflows/actions.lock', '.github/actions/a/x.sh'],
    ['ci.yml', 'src/index.ts', 'x.github/a'],
  ],
])('%s: runs on the files that it is for', (wanted, yes, no) => {
  const files = hooks.find(({ id }) => id === wanted)?.files ?? ''
  // pre-commit searches with Python's `re`, which reads these as JavaScript does.
  const matches = (path: string): boolean => new RegExp(files).test(path)
  expect(yes.filter((path) => !matches(path))).toEqual([])
  expect(no.filter(matches)).toEqual([])
})
