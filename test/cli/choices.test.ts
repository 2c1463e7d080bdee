import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, PINNED, snapshot, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterEach(() => github.requests.clear())
afterAll(() => github.close())

describe('--only and --ignore', () => {
  const uses = ['acme/tool@v1', 'acme/other/sub@v2', 'Beta/Kit@v3', 'beta/kit/deep/path@v3']
  const pinned = [
    PINNED,
    `acme/other/sub@${sha(2)} # v2.0.0`,
    `Beta/Kit@${sha(3)} # v3.1.0`,
    `beta/kit/deep/path@${sha(3)} # v3.1.0`,
  ]

  test.each<[string, string[]]>([
    ['--only acme/*', ['pin', 'pin', '-', '-']],
    ['--only acme/tool', ['pin', '-', '-', '-']],
    ['--only acme/other', ['-', 'pin', '-', '-']],
    ['--only acme/other/sub', ['-', 'pin', '-', '-']],
    ['--only acme/tool/sub', ['-', '-', '-', '-']],
    ['--only ACME/Tool', ['pin', '-', '-', '-']],
    ['--only beta/kit', ['-', '-', 'pin', 'pin']],
    ['--only beta/kit/deep/*', ['-', '-', '-', 'pin']],
    ['--only */kit', ['-', '-', 'pin', 'pin']],
    ['--only acme/tool --only beta/**', ['pin', '-', 'pin', 'pin']],
    ['--only {acme,beta}/{tool,kit}', ['pin', '-', 'pin', 'pin']],
    ['--ignore acme/*', ['-', '-', 'pin', 'pin']],
    ['--ignore acme/tool --ignore beta/kit/deep', ['-', 'pin', 'pin', '-']],
    ['--only acme/* --ignore acme/other', ['pin', '-', '-', '-']],
    ['--ignore acme/tool --only acme/tool', ['-', '-', '-', '-']],
  ])('%s', async (args, expected) => {
    const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
    const { code, stderr } = await runPinsmith(['--no-nested', ...args.split(' ')], { cwd, github })
    expect(code).toBe(0)
    const wanted = uses.map((each, n) => (expected[n] === 'pin' ? (pinned[n] ?? '') : each))
    expect(await textOf(cwd, CI)).toBe(workflow(...wanted))
    const exempt = expected.filter((each) => each === '-').length
    expect(stderr).toContain(`${exempt} exempt.`)
  })

  test('what is left out is not asked for, and --verbose says why it is left', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
    const args = ['--only', 'nobody/*', '--verbose']
    const { code, stderr } = await runPinsmith(['--no-nested', ...args], { cwd, github })
    expect(code).toBe(0)
    expect(stderr).toContain('acme/tool@v1  left out by --only or --ignore')
    expect(github.requests.count()).toBe(0)
  })
})

describe('--prefer', () => {
  const text = workflow('dorny/test-reporter@v1')

  test.each([
    ['tag', `dorny/test-reporter@${sha(5)} # v1.9.1`],
    ['branch', `dorny/test-reporter@${sha(6)} # v1`],
  ])('%s', async (prefer, pinned) => {
    for (const withToken of [true, false]) {
      const cwd = await temporaryFolder({ [CI]: text })
      const run = await runPinsmith(['--prefer', prefer], { cwd, github, withToken })
      expect(run.code).toBe(0)
      expect(await textOf(cwd, CI)).toBe(workflow(pinned))
    }
  })

  test('is what the words on an ambiguous ref advise, with both commits', async () => {
    const cwd = await temporaryFolder({ [CI]: text })
    const { code, stderr } = await runPinsmith([], { cwd, github })
    expect(code).toBe(1)
    expect(stderr).toContain(`v1 is both a tag (${sha(5)}) and a branch (${sha(6)})`)
    expect(stderr).toContain('choose with --prefer tag or --prefer branch')
    expect(await textOf(cwd, CI)).toBe(text)
  })
})

test.each([
  [[], `      - uses: ${PINNED} # keep: full clone\n`],
  [['--comments', 'after'], `      - uses: ${PINNED} # keep: full clone\n`],
  [['--comments', 'above'], `      # keep: full clone\n      - uses: ${PINNED}\n`],
])('where a person’s comment goes: %j', async (args, expected) => {
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1 # keep: full clone') })
  expect((await runPinsmith(args, { cwd, github })).code).toBe(0)
  expect(await textOf(cwd, CI)).toBe(workflow() + expected)
})

describe('--resolver', () => {
  test('api without a token cannot work, and says what would', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
    const before = await snapshot(cwd)
    const run = await runPinsmith(['--resolver', 'api'], { cwd, github })
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: '' })
    expect(run.stderr).toContain('--resolver api needs a token')
    expect(run.stderr).toContain('Set GITHUB_TOKEN, run `gh auth login`, or use --resolver git')
    expect(await snapshot(cwd)).toEqual(before)
    expect(github.requests.count()).toBe(0)
  })

  test.each([
    ['git', true, 'git'],
    ['api', true, 'graphql'],
  ] as const)('%s with a token asks by %s', async (resolver, withToken, kind) => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
    const run = await runPinsmith(['--no-nested', '--resolver', resolver], {
      cwd,
      github,
      withToken,
    })
    expect(run.code).toBe(0)
    expect(await textOf(cwd, CI)).toContain(PINNED)
    expect(github.requests.all().map((request) => request.kind)).toEqual([kind])
  })
})

describe('--fallback-host', () => {
  test('is asked for what the first host lacks, and gets no token', async () => {
    const second = await startGitHub({
      worlds: [makeWorld('far/away', { tags: { v1: 20 } }), makeWorld('acme/tool', {})],
    })
    const uses = ['acme/tool@v1', 'far/away@v1', 'no/where@v1']
    const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
    const args = ['--fallback-host', second.url]
    const run = ['--no-nested', ...args]
    const { code, stderr } = await runPinsmith(run, { cwd, github, withToken: true })
    await second.close()
    expect(code).toBe(1)
    expect(stderr).toContain('the repository no/where was not found')
    expect(await textOf(cwd, CI)).toBe(workflow(PINNED, `far/away@${sha(20)} # v1`, 'no/where@v1'))
    expect(second.requests.all().map(({ authorization }) => authorization)).toEqual([
      'none',
      'none',
    ])
  })

  test('that is no host is refused', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
    const run = await runPinsmith(['--fallback-host', 'a b'], { cwd, github })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('--fallback-host is not an http(s) URL. An example:')
  })
})
