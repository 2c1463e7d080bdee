import { afterAll, describe, expect, test } from 'vitest'
import { checkFiles, CI, codesIn, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('acme/tool', { heads: { main: 3 }, tags: { v1: 1, 'v1.2.3': 1 } }),
    makeWorld('acme/nest', {
      tags: { 'v1.0.0': 2 },
      manifests: { 2: { 'action.yml': composite('beta/kit@v1') } },
    }),
    makeWorld('beta/kit', { tags: { v1: 4 } }),
  ],
})
afterAll(() => github.close())

const CONFIG = '.github/pinsmith.yml'
const NEST = `acme/nest@${sha(2)} # v1.0.0`

/** Checks a workflow of these references under a configuration: the codes of what is found, with their levels. */
async function under(config: string, ...uses: readonly string[]): Promise<string[]> {
  return codesIn(await checkFiles(github, { [CI]: workflow(...uses), [CONFIG]: config }))
}

describe('levels', () => {
  test.each([
    ['error', ['error label-vague']],
    ['warning', ['warning label-vague']],
    ['note', ['note label-vague']],
    ['off', []],
  ])('%s', async (level, codes) => {
    const config = `levels: { label-vague: ${level} }\n`
    expect(await under(config, `acme/tool@${sha(1)} # v1`)).toEqual(codes)
  })
})

/** Ignores the actions of acme, with these further keys. */
function ignore(...lines: readonly string[]): string {
  return `ignore:\n  - action: acme/*\n    reason: ours\n${lines.map((line) => `    ${line}\n`).join('')}`
}

describe('an ignore', () => {
  test('without codes lets everything of the action pass', async () => {
    expect(await under(ignore(), 'acme/tool@v1', NEST)).toEqual([])
  })

  test('with codes lets those pass, and no others', async () => {
    const config = ignore('findings: [unpinned]')
    expect(await under(config, 'acme/tool@v1', `acme/tool@${sha(1)}`)).toEqual([
      'warning label-missing',
    ])
  })

  test('is about what an action uses, too, by either name', async () => {
    for (const [action, codes] of [
      ['acme/nest', []],
      ['beta/kit', []],
      ['other/kit', ['error nested-unpinned']],
    ] as const) {
      const config = `ignore: [{ action: ${action}, reason: known, findings: [nested-unpinned] }]\n`
      expect(await under(config, NEST)).toEqual(codes)
    }
  })

  test('that has expired does not count, and is told with its place', async () => {
    const config = ignore('expires: 2020-01-31')
    const checked = await checkFiles(github, { [CI]: workflow('acme/tool@v1'), [CONFIG]: config })
    expect(checked.findings).toMatchObject([
      { code: 'ignore-expired', level: 'warning', file: CONFIG, line: 2 },
      { code: 'unpinned', file: CI },
    ])
    expect(await under(ignore('expires: 2999-01-31'), 'acme/tool@v1')).toEqual([])
  })
})

test('owners that are not allowed are errors, nested ones with their chain', async () => {
  const config = 'owners: [acme]\n'
  const checked = await checkFiles(github, {
    [CI]: workflow(`beta/kit@${sha(4)} # v1`, NEST),
    [CONFIG]: config,
  })
  expect(checked.findings.map(({ code, chain }) => [code, ...chain])).toEqual([
    ['owner-not-allowed', `beta/kit@${sha(4)}`],
    ['nested-unpinned', `acme/nest@${sha(2)}`, 'beta/kit@v1'],
    ['owner-not-allowed', `acme/nest@${sha(2)}`, 'beta/kit@v1'],
  ])
})

test.each([
  ['allow', []],
  ['deny', ['error unpinned-image']],
])('images: %s', async (images, codes) => {
  expect(await under(`images: ${images}\n`, 'docker://alpine:3')).toEqual(codes)
})

test('a configuration that is wrong ends the run', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(NEST), [CONFIG]: 'levles: {}\n' })
  const run = await runPinsmith(['check', '--offline'], { cwd, github })
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain(`${CONFIG}:1:1`)
  expect((await runPinsmith(['check', '--no-config', '--offline'], { cwd, github })).code).toBe(0)
})
