import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { HOME } from '../src/report/project-pages.ts'
import { locate } from '../src/yaml/locate.ts'
import { blocksOf } from './support/documents.ts'
import { readPublicSchema } from './support/json-schema.ts'

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')

const recipes = read('docs/recipes.md')
const EXAMPLE = 'examples/code-scanning.yml'
const blocks = blocksOf(recipes).filter(({ language }) => language === 'yaml')
const workflows = [
  [EXAMPLE, read(EXAMPLE)],
  ...blocks
    .filter(({ text }) => text.includes('jobs:'))
    .map(({ text }, index) => [`recipe ${index + 1}`, text] as const),
] as const

describe.each(workflows)('a workflow to copy: %s', (_, text) => {
  test('is one that GitHub takes', () => {
    expect(readPublicSchema('github-workflow')(parse(text))).toEqual([])
  })

  test('is pinned, with labels, and asks for no more than it needs', () => {
    const located = locate(text)
    if (located.kind !== 'located') throw new Error(`not a workflow: ${located.kind}`)
    expect(located.sites.length).toBeGreaterThan(0)
    const lines = text.split('\n').filter((line) => /\buses:/.test(line))
    expect(lines).toHaveLength(located.sites.length)
    for (const line of lines) expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    expect(text).toContain('permissions: {}')
  })
})

test('recipes and the project use the same pins', () => {
  const pins = [recipes, read(EXAMPLE), read('.github/workflows/ci.yml')].flatMap(
    (text) => text.match(/\bactions\/checkout@.*/g) ?? [],
  )
  expect(new Set(pins).size).toBe(1)
})

test('the recipes name the project by its page', () => {
  expect(recipes).toContain(`repo: ${HOME}\n`)
})

test('every link of the recipes leads somewhere', () => {
  const targets = [...recipes.matchAll(/\]\(\.\.\/([^)#]+)\)/g)].map(([, path = '']) => path)
  expect(targets).toContain(EXAMPLE)
  for (const path of targets)
    expect(existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)))).toBe(true)
})
