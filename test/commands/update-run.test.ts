import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { CI, composite, workflow } from '../support/check.ts'
import { dedent } from '../support/dedent.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith, type Run } from '../support/run.ts'
import { git, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'

const DAY = 24 * 60 * 60 * 1000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString()
const short = (n: number): string => sha(n).slice(0, 12)

const REPOSITORIES = 30
const numbers = Array.from({ length: REPOSITORIES }, (_, n) => n)

const github = await startGitHub({
  rounds: true,
  limits: { anonymous: 10_000 },
  worlds: [
    makeWorld('acme/tool', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 1, 'v1.1.0': 2, 'v2.0.0': 3 },
      dates: { 2: ago(52) },
    }),
    makeWorld('acme/kit', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 11, 'v1.1.0': 12, 'v1.2.0': 13 },
      dates: { 12: ago(9), 13: ago(1) },
    }),
    makeWorld('acme/moved', { heads: { main: 90 }, tags: { v1: 21 }, parents: { 20: [], 21: [] } }),
    makeWorld('acme/rolling', {
      heads: { main: 41 },
      tags: {},
      parents: { 41: [40], 40: [] },
      dates: { 41: ago(200) },
    }),
    makeWorld('acme/leaf', { heads: { main: 90 }, tags: { 'v1.0.0': 30 } }),
    ...numbers.map((n) =>
      makeWorld(`many/tool-${n}`, {
        heads: { main: 1000 + n },
        tags: { 'v1.0.0': 100 + n, 'v1.1.0': 200 + n, v1: 200 + n },
        manifests: {
          [100 + n]: { 'action.yml': composite() },
          [200 + n]: { 'action.yml': composite(`acme/leaf@${sha(30)} # v1.0.0`) },
        },
      }),
    ),
  ],
})
afterAll(() => github.close())
beforeEach(() => github.requests.clear())

const update = async (cwd: string, ...args: readonly string[]): Promise<Run> =>
  runPinsmith(['update', ...args], {
    cwd,
    github,
    withToken: true,
    env: { PINSMITH_CACHE: await temporaryFolder() },
  })
const read = (cwd: string, path = CI): Promise<string> => readFile(join(cwd, path), 'utf8')

const TOOL = `acme/tool@${sha(1)} # v1.0.0`

test('the report names each move with its places, and what is kept back with the reason', async () => {
  const kit = `acme/kit@${sha(11)} # v1.0.0`
  const moved = `acme/moved@${sha(20)} # v1`
  const cwd = await temporaryRepository({
    [CI]: workflow(TOOL, kit, moved, 'acme/leaf@v1.0.0', kit),
    'local/action.yml': composite(TOOL),
  })
  const { code, stdout, stderr } = await update(cwd)
  const day = (days: number): string => ago(days).slice(0, 10)
  const until = new Date(Date.parse(ago(1)) + 3 * DAY).toISOString().slice(0, 10)
  expect(stdout).toBe('')
  expect(stderr.replace(/\d\d:\d\d UTC/g, 'hh:mm UTC')).toBe(dedent`
    ✓ acme/tool  v1.0.0 → v1.1.0  (released ${day(52)}, 52 days ago)
        ${CI}:4
        local/action.yml:4

    ✓ acme/kit  v1.0.0 → v1.1.0  (released ${day(9)}, 9 days ago)
        ${CI}:5, 8

    – acme/kit  v1.0.0, not v1.2.0  v1.2.0 is from ${day(1)} hh:mm UTC; pinsmith takes it from ${until} hh:mm UTC on
    – acme/tool  v1.0.0, not v2.0.0  another major version: --to major

    ✗ acme/moved  stays at v1
        ${CI}:6
        why   the tag v1 was moved aside: it is ${short(21)} now, which does not come after the pinned commit (moved-tag)
        next  keep the pin, do not update, and ask the maintainers of the action

    ${CI}
      ✓    7  acme/leaf@v1.0.0 → ${short(30)}  # v1.0.0

    4 references moved in 2 files, 1 reference pinned, 1 pinned already.

    ✓ passes: everything that 1 workflow runs is pinned, nested actions included.
  `)
  expect(code).toBe(1)
  const quiet = await update(cwd, '--quiet')
  expect(quiet.stderr).toContain('✗ acme/moved  stays at v1')
  expect(quiet.stderr).not.toContain('acme/kit')
})

test('a new major version is told as one', async () => {
  const cwd = await temporaryRepository({ [CI]: workflow(TOOL) })
  const { code, stderr } = await update(cwd, '--to', 'major')
  expect(stderr).toContain('v1.0.0 → v2.0.0')
  expect(stderr).toContain('a new major version: read its release notes')
  expect(code).toBe(0)
})

test('what follows a branch is told by its commits, which are all that changes, and by its date where it is old', async () => {
  const cwd = await temporaryRepository({ [CI]: workflow(`acme/rolling@${sha(40)} # main`) })
  const { code, stderr } = await update(cwd)
  expect(stderr).toContain(
    `acme/rolling  main ${short(40)} → ${short(41)}  (committed ${ago(200).slice(0, 10)})\n`,
  )
  expect(code).toBe(0)
})

test('where everything is as new as can be, it says so and changes nothing', async () => {
  const cwd = await temporaryRepository({ [CI]: workflow(`acme/leaf@${sha(30)} # v1.0.0`) })
  const { code, stderr } = await update(cwd)
  expect(stderr).toContain('1 pinned already.')
  expect([code, git(cwd, 'status', '--porcelain')]).toEqual([0, ''])
})

test('nothing but references and labels changes, whatever the YAML', async () => {
  const before = [
    'jobs:',
    '  a:',
    '    steps:',
    `      - uses: ${TOOL} # needs it`,
    `      - { uses: acme/tool@${sha(1)}, with: { a: 1 } } # v1.0.0`,
    `      - uses: &it "acme/tool@${sha(1)}" # tag=v1.0.0`,
    '      - uses: *it',
    '      - run: |',
    `          # - uses: ${TOOL}`,
    '',
    '',
  ].join('\r\n')
  const cwd = await temporaryRepository({ [CI]: before })
  expect((await update(cwd)).code).toBe(0)
  const moved = `acme/tool@${sha(2)}`
  expect(await read(cwd)).toBe(
    before
      .replace(`${TOOL} # needs it`, `${moved} # v1.1.0 # needs it`)
      .replace(
        `{ uses: acme/tool@${sha(1)}, with: { a: 1 } } # v1.0.0`,
        `{ uses: ${moved}, with: { a: 1 } } # v1.1.0`,
      )
      .replace(`"acme/tool@${sha(1)}" # tag=v1.0.0`, `"${moved}" # v1.1.0`),
  )
})

test('a dry run writes nothing, and shows the diff that makes the same of the files', async () => {
  const files = { [CI]: workflow(TOOL, 'acme/leaf@v1.0.0'), 'local/action.yml': composite(TOOL) }
  const [cwd, other] = [await temporaryRepository(files), await temporaryRepository(files)]
  const { code, stdout, stderr } = await update(cwd, '--dry-run')
  expect(code).toBe(0)
  expect(stderr).toContain('2 references would be moved in 2 files, 1 reference would be pinned.')
  expect(git(cwd, 'status', '--porcelain')).toBe('')
  expect((await update(cwd, '--dry-run', '--exit-code')).code).toBe(1)
  await update(other)
  const patch = join(await temporaryFolder({ 'update.patch': stdout }), 'update.patch')
  git(cwd, 'apply', patch)
  expect(git(cwd, 'diff')).toBe(git(other, 'diff'))
  expect((await update(cwd, '--dry-run', '--exit-code')).code).toBe(0)
})

describe('what is left alone', () => {
  test.each([
    ['by a comment', [], `${TOOL} # pinsmith: ignore`],
    ['by --ignore', ['--ignore', 'acme/to*'], TOOL],
    ['by --only', ['--only', 'acme/kit'], TOOL],
  ])('%s', async (_, args, uses) => {
    const cwd = await temporaryRepository({ [CI]: workflow(uses) })
    expect((await update(cwd, ...args)).code).toBe(0)
    expect(await read(cwd)).toBe(workflow(uses))
  })

  test('by the configuration', async () => {
    const cwd = await temporaryRepository({
      [CI]: workflow(TOOL),
      '.github/pinsmith.yml': 'ignore:\n  - action: acme/tool\n    reason: it has to stay\n',
    })
    expect((await update(cwd)).code).toBe(0)
    expect(await read(cwd)).toBe(workflow(TOOL))
  })

  test('by the lockfile, unless --locked says otherwise', async () => {
    const cwd = await temporaryRepository({
      [CI]: workflow(TOOL),
      '.github/workflows/actions.lock': `version: 1\nworkflows:\n  ${CI}:\n    - acme/tool@${sha(1)}\n`,
    })
    await update(cwd)
    expect(await read(cwd)).toBe(workflow(TOOL))
    await update(cwd, '--locked')
    expect(await read(cwd)).toBe(workflow(`acme/tool@${sha(2)} # v1.1.0`))
  })

  test('all of it by --strict, where anything is left', async () => {
    const files = { [CI]: workflow(TOOL, 'acme/none@v1') }
    const cwd = await temporaryRepository(files)
    const { code, stderr } = await update(cwd, '--strict')
    expect(code).toBe(1)
    expect(stderr).toContain('1 reference would be moved')
    expect(await read(cwd)).toBe(files[CI])
    await update(cwd)
    expect(await read(cwd)).toBe(workflow(`acme/tool@${sha(2)} # v1.1.0`, 'acme/none@v1'))
  })
})

test('the paths that are named are updated alone', async () => {
  const cwd = await temporaryRepository({
    [CI]: workflow(TOOL),
    'local/action.yml': composite(TOOL),
  })
  await update(cwd, 'local')
  expect(git(cwd, 'status', '--porcelain')).toBe(' M local/action.yml\n')
})

describe('requests', () => {
  const uses = numbers.map((n) => `many/tool-${n}@${sha(100 + n)} # v1.0.0`)

  test('with a token it is a handful of rounds, whatever the number of actions', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow(...uses) })
    const { code } = await update(cwd)
    expect(code).toBe(0)
    expect(await read(cwd)).toBe(
      workflow(...numbers.map((n) => `many/tool-${n}@${sha(200 + n)} # v1.1.0`)),
    )
    const all = github.requests.rounds()
    github.requests.clear()
    const one = await temporaryRepository({ [CI]: workflow(uses[0] ?? '') })
    await update(one)
    expect(all).toBe(github.requests.rounds())
    expect(all).toBe(4)
  })

  test('where there is nothing newer, two', async () => {
    const fresh = numbers.map((n) => `many/tool-${n}@${sha(200 + n)} # v1.1.0`)
    const cwd = await temporaryRepository({ [CI]: workflow(...fresh) })
    await update(cwd)
    expect(github.requests.rounds()).toBe(2)
  })
})

test.each([
  ['a cooldown that is none', ['--cooldown', 'soon'], 'such as 12h, 3d or 2w'],
  ['a limit that is none', ['--to', 'latest'], 'patch, minor, major'],
  ['--exit-code alone', ['--exit-code'], '--exit-code goes with --dry-run'],
])('wrong usage: %s', async (_, args, message) => {
  const cwd = await temporaryRepository({ [CI]: workflow(TOOL) })
  const { code, stderr } = await update(cwd, ...args)
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(await read(cwd)).toBe(workflow(TOOL))
})
