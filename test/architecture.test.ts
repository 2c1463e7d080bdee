import { execFile } from 'node:child_process'
import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { putFiles, temporaryFolder } from './support/temporary-folder.ts'

const repository = join(import.meta.dirname, '..')

// From the top down: each may import those after it.
const LAYERS = [
  'cli',
  'commands',
  'report',
  'apply',
  'github',
  'check',
  'remedy',
  'plan',
  'walk',
  'resolve',
  'config',
  'yaml',
  'domain',
] as const

type Layer = (typeof LAYERS)[number]

const WITH_EFFECTS: readonly Layer[] = ['cli', 'commands', 'apply', 'github']

// Who may import what from outside.
const OUTSIDE: Readonly<Record<string, readonly Layer[]>> = {
  yaml: ['yaml'],
  commander: ['cli'],
  '@octokit/rest': ['github'],
  '@octokit/graphql-schema/schema.json': ['github'],
  undici: ['github'],
  'p-retry': ['github'],
  'semver/functions/compare.js': LAYERS.filter((layer) => layer !== 'domain'),
  'node:fs': WITH_EFFECTS,
  'node:fs/promises': WITH_EFFECTS,
}

/** A line of code in a file, and whether the linter must refuse it there. */
interface Case {
  readonly file: string
  readonly code: string
  readonly refused: boolean
}

test('every folder of the source is a layer', async () => {
  const entries = await readdir(join(repository, 'src'), { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  expect(folders.filter((name) => !LAYERS.some((layer) => layer === name))).toEqual([])
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  expect(files.filter((name) => name !== 'index.ts')).toEqual([])
})

test('the linter refuses what breaks the layers, and nothing else', async () => {
  const cases = [...LAYERS.flatMap(casesOf), ...CASES_OF_THE_REST].map((each, index) => ({
    ...each,
    file: each.file.replace('#', `case-${index}`),
  }))
  const refused = await lint(cases)
  expect(cases.filter(({ file }) => refused.has(file)).map(inWords)).toEqual(
    cases.filter((each) => each.refused).map(inWords),
  )
})

function casesOf(layer: Layer): Case[] {
  const file = `src/${layer}/#.ts`
  const deeper = `src/${layer}/deeper/#.ts`
  const layers = LAYERS.flatMap((other) => {
    if (other === layer) return [{ file, code: `export * from './x.ts'`, refused: false }]
    const isAbove = LAYERS.indexOf(other) < LAYERS.indexOf(layer)
    return [
      { file, code: `export * from '../${other}/x.ts'`, refused: isAbove },
      { file, code: `export type { X } from './../${other}/x.ts'`, refused: isAbove },
      { file: deeper, code: `export * from '../../${other}/x.ts'`, refused: isAbove },
    ]
  })
  const outside = Object.entries(OUTSIDE).flatMap(([name, allowed]) => {
    const refused = !allowed.includes(layer)
    return [
      { file, code: `import { x } from '${name}'; export const y = x`, refused },
      { file, code: `export const load = () => import('${name}')`, refused },
    ]
  })
  const touchesProcess = [
    'export const x = process.env',
    `export { env } from 'node:process'`,
    `import process from 'node:process'; export const x = process`,
  ].map((code) => ({ file, code, refused: layer !== 'cli' }))
  return [
    ...layers,
    ...outside,
    ...touchesProcess,
    { file, code: `export * from '../index.ts'`, refused: true },
    { file, code: `import { rm } from 'fs'; export const x = rm`, refused: true },
  ]
}

// What the library may import is seen in the repository's own `index.ts`: there is but one.
const CASES_OF_THE_REST: readonly Case[] = [
  { file: 'src/index.ts', code: `export * from './cli/x.ts'`, refused: true },
  { file: 'bin/#.js', code: 'process.exitCode = 1', refused: false },
]

/** The files that the repository's own configuration refuses for their imports or globals. */
async function lint(cases: readonly Case[]): Promise<ReadonlySet<string>> {
  const folder = await temporaryFolder(
    Object.fromEntries(cases.map(({ file, code }) => [file, `${code}\n`])),
  )
  await putFiles(folder, { 'package.json': '{"type":"module"}' })
  await copyFile(join(repository, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  const oxlint = join(repository, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const report = await output(process.execPath, [oxlint, '--format=json'], folder)
  const { diagnostics }: LintReport = JSON.parse(report)
  return new Set(
    diagnostics
      .filter(({ code }) => RULES.has(code))
      .map(({ filename }) => filename.replaceAll('\\', '/')),
  )
}

interface LintReport {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[]
}

const RULES: ReadonlySet<string> = new Set([
  'eslint(no-restricted-imports)',
  'eslint(no-restricted-globals)',
  'unicorn(prefer-node-protocol)',
])

function inWords({ file, code }: Case): string {
  return `${file}: ${code}`
}

function output(program: string, args: readonly string[], cwd: string): Promise<string> {
  // With findings it ends with exit code 1; what counts is what it wrote.
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (_, stdout) => resolve(stdout))
  })
}
