import { describe, expect, test } from 'vitest'
import { withMemory } from '../../src/resolve/memory.ts'
import type { RepositoryQuestion, TagList } from '../../src/resolve/port.ts'
import { knownGitHub } from '../support/known-refs.ts'

function question(tags: TagList): RepositoryQuestion {
  return { owner: 'acme', repo: 'tool', names: [], shas: [], tags, manifests: [] }
}

const NONE: TagList = { kind: 'none' }
const ALL: TagList = { kind: 'all' }
const newest = (...prefixes: readonly string[]): TagList => ({ kind: 'newest', prefixes })
const families = (...prefixes: readonly string[]): TagList => ({ kind: 'families', prefixes })

describe('tags that were listed are not listed again', () => {
  test.each([
    ['the same', newest('v1.'), newest('v1.'), undefined],
    ['the newest without families', newest('v1.'), newest(), undefined],
    ['a family of the newest', newest('v1.', 'v2.'), families('v2.'), undefined],
    ['a family beside', newest('v1.'), newest('v1.', 'v2.'), families('v2.')],
    ['the newest beside families', families('v1.'), newest('v1.', 'v2.'), newest('v2.')],
    ['anything after all', ALL, newest('v1.'), undefined],
    ['all after the newest', newest(), ALL, ALL],
    ['nothing', newest(), NONE, undefined],
  ])('%s', async (_, first, second, open) => {
    const github = knownGitHub({ 'acme/tool': { tags: { 'v1.0.0': 1 } } })
    const port = withMemory(github)
    await port.lookUp([question(first)])
    const answers = await port.lookUp([question(second)])
    expect(github.asked.slice(1)).toMatchObject(open === undefined ? [] : [[question(open)]])
    expect(answers).toMatchObject({ kind: 'answers' })
  })
})
