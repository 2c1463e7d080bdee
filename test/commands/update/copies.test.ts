import { writeFile } from 'node:fs/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { startGitHub } from '../../support/github/server.ts'
import { makeWorld, sha } from '../../support/github/worlds.ts'
import { git } from '../../support/temporary-folder.ts'
import type { ReportedMove } from '../../support/update.ts'
import {
  ACTIONS,
  CI,
  composite,
  RECORD,
  repository,
  workflow,
  type Repository,
} from '../vendor-support.ts'

const DAY = 24 * 60 * 60 * 1000
const kit = (step: string): Record<string, string> => ({
  'action.yml': composite(step),
  'sub/action.yml': composite(step),
})

const github = await startGitHub({
  limits: { anonymous: 10_000 },
  worlds: [
    makeWorld('acme/leaf', {
      heads: { main: 90 },
      tags: { v1: 2, 'v1.2.0': 1, 'v1.3.0': 2 },
    }),
    makeWorld('acme/kit', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 3, 'v1.1.0': 4, 'v1.2.0': 5, 'v2.0.0': 6 },
      manifests: {
        3: kit('acme/leaf@v1.2.0'),
        4: { ...kit('acme/leaf@v1'), LICENSE: 'new\n' },
        5: kit('acme/leaf@v1'),
        6: kit('acme/leaf@v1'),
      },
      dates: { 5: new Date(Date.now() - DAY).toISOString() },
    }),
    makeWorld('acme/pair', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 20, 'v1.1.0': 21 },
      manifests: {
        20: {
          'one/action.yml': composite('acme/leaf@v1'),
          'two/action.yml': composite('acme/leaf@v1'),
        },
        21: {
          'one/action.yml': composite('acme/leaf@v1'),
          'two/action.yml': 'runs: { using: node20, main: two.js }\n',
        },
      },
    }),
  ],
})
afterAll(() => github.close())

/** A repository that uses a copy of `acme/kit` v1.0.0, all of it committed. */
async function withCopy(withToken: boolean, ...uses: readonly string[]): Promise<Repository> {
  const files = { [CI]: workflow(...uses) }
  const made = await repository(files, github, withToken)
  expect((await made.run('vendor', 'acme/kit', '--refer-by', 'self')).code).toBe(0)
  git(made.root, 'add', '--all')
  git(made.root, 'commit', '--quiet', '--message=copied')
  return made
}

interface Report {
  readonly moves: readonly ReportedMove[]
  readonly held: readonly ReportedMove[]
  readonly problems: readonly { readonly code: string }[]
  readonly verdict: string
}

const OLD = `acme/kit@${sha(3)} # v1.0.0`

describe.each([true, false])('with a token: %s', (withToken) => {
  test('a copy moves by the same rules as a pin, and what it uses is pinned', async () => {
    const { run, read, changed } = await withCopy(withToken, OLD)
    const { code, stdout } = await run('update', '--format', 'json')
    const { moves, held, verdict }: Report = JSON.parse(stdout)
    expect([code, verdict]).toEqual([0, 'passes'])
    expect(moves).toMatchObject([
      {
        action: 'acme/kit',
        from: { commit: sha(3), label: 'v1.0.0' },
        to: { commit: sha(4), label: 'v1.1.0' },
        sites: [{ file: CI, line: 6 }],
      },
    ])
    expect(held.map(({ to, reason }) => [to?.label, reason])).toEqual([
      ['v1.2.0', 'too-young'],
      ['v2.0.0', 'beyond'],
    ])
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/kit`))
    expect(await read(`${ACTIONS}/acme/kit/action.yml`)).toBe(
      composite(`acme/leaf@${sha(2)} # v1.3.0`),
    )
    expect(await read(`${ACTIONS}/acme/kit/LICENSE`)).toBe('new\n')
    expect(await read(RECORD)).toContain('"version": "v1.1.0"')
    expect(changed().every((line) => line.includes(`${ACTIONS}/`))).toBe(true)
    const again = await run('update', '--format', 'json')
    expect(JSON.parse(again.stdout)).toMatchObject({ moves: [] })
    expect((await run('check')).code).toBe(0)
  })
})

test('what a copy pins does not move without it', async () => {
  const { run, changed } = await withCopy(true, OLD)
  const { code, stdout } = await run('update', '--ignore', 'acme/kit', '--format', 'json')
  const { moves }: Report = JSON.parse(stdout)
  expect([code, moves, changed()]).toEqual([0, [], []])
})

test('a dry run shows the new copy, and makes none', async () => {
  const { run, changed } = await withCopy(true, OLD)
  const { code, stdout, stderr } = await run('update', '--dry-run', '--exit-code')
  expect(code).toBe(1)
  expect(stdout).toContain(`+++ b/${ACTIONS}/acme/kit/LICENSE`)
  expect(stderr).toContain('✓ acme/kit  v1.0.0 → v1.1.0')
  expect(changed()).toEqual([])
})

test('a copy that somebody edited stays, and is told', async () => {
  const { run, root, read } = await withCopy(true, OLD)
  await writeFile(`${root}/${ACTIONS}/acme/kit/action.yml`, composite('run: true'))
  const { code, stdout } = await run('update', '--format', 'json')
  const { moves, problems }: Report = JSON.parse(stdout)
  expect([code, moves]).toEqual([1, []])
  expect(problems).toMatchObject([{ code: 'not-vendored' }])
  expect(await read(`${ACTIONS}/acme/kit/action.yml`)).toBe(composite('run: true'))
})

test('a copy that a comment says to ignore stays', async () => {
  const { run, root, changed } = await withCopy(true, OLD)
  await writeFile(`${root}/${CI}`, workflow(`$/${ACTIONS}/acme/kit # pinsmith: ignore`))
  git(root, 'commit', '--quiet', '--all', '--message=ignored')
  const { code, stdout } = await run('update', '--format', 'json')
  expect([code, JSON.parse(stdout).moves, changed()]).toEqual([0, [], []])
})

test('pins and copies of one repository move together', async () => {
  const { run, read } = await withCopy(true, OLD, `acme/kit/sub@${sha(3)} # v1.0.0`)
  const { stdout } = await run('update', '--format', 'json')
  const { moves }: Report = JSON.parse(stdout)
  expect(moves.map(({ action, to }) => [action, to?.label])).toEqual([
    ['acme/kit/sub', 'v1.1.0'],
    ['acme/kit', 'v1.1.0'],
  ])
  expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/kit`, `acme/kit/sub@${sha(4)} # v1.1.0`))
})

test('a copy moves whole: where one of its actions cannot be copied anew, none is, and none is told as moved', async () => {
  const pair = ['one', 'two'].map((name) => `acme/pair/${name}@${sha(20)} # v1.0.0`)
  const { run, read } = await repository({ [CI]: workflow(...pair) }, github, true)
  const vendored = await run('vendor', 'acme/pair/one', 'acme/pair/two', '--refer-by', 'self')
  expect(vendored.code).toBe(0)
  const record = await read(RECORD)
  const { code, stdout } = await run('update', '--format', 'json')
  const { moves, problems }: Report = JSON.parse(stdout)
  expect([code, moves]).toEqual([1, []])
  expect(problems.map((problem) => problem.code)).toEqual(['not-vendored', 'not-vendored'])
  expect(await read(RECORD)).toBe(record)
})
