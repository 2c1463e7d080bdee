import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { dedent } from '../support/dedent.ts'
import { answer, reset } from '../support/github/fault.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { git, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'

const CI = '.github/workflows/ci.yml'
const workflow = (...uses: readonly string[]): string =>
  `jobs:\n  a:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}`
const call = (ref: string): string =>
  `jobs:\n  a:\n    uses: a/flows/.github/workflows/x.yml@${ref}\n`
const composite = (...uses: readonly string[]): string =>
  `runs:\n  using: composite\n  steps:\n${uses.map((each) => `    - uses: ${each}\n`).join('')}`
const short = (n: number): string => sha(n).slice(0, 12)

// What an action uses: by a tag, which blocks, and by a SHA.
const dirty = { 'action.yml': composite('a/leaf@v1') }
const clean = { 'action.yml': composite(`a/leaf@${sha(1)} # v1.2.0`) }
const today = new Date().toISOString()

const github = await startGitHub({
  latencyMs: 2,
  worlds: [
    makeWorld('a/leaf', { tags: { v1: 1, 'v1.2.0': 1 } }),
    makeWorld('a/next-major', {
      tags: { v2: 12, 'v2.0.0': 10, 'v2.0.1': 12, 'v3.0.0-rc.1': 13, 'v3.0.0': { tag: 14 } },
      manifests: { 10: dirty, 12: dirty, 13: clean, 14: clean },
    }),
    makeWorld('a/same-major', {
      tags: { 'v2.0.0': 20, 'v2.1.0': 21, 'v2.2.0': 22, 'v2.3.0': 23, 'v3.0.0': 24 },
      manifests: { 20: dirty, 21: dirty, 22: clean, 23: clean, 24: clean },
    }),
    makeWorld('a/pre-only', {
      tags: { 'v1.0.0': 30, 'v1.1.0-beta.1': 31 },
      manifests: { 30: dirty, 31: clean },
    }),
    makeWorld('a/young', {
      tags: { 'v1.0.0': 40, 'v1.1.0': 41 },
      manifests: { 40: dirty, 41: clean },
      dates: { 41: today },
    }),
    makeWorld('a/backport', {
      tags: { 'v1.0.0': 45, 'v1.1.0': 46, 'v2.0.0': 47 },
      manifests: { 45: dirty, 46: clean, 47: clean },
      dates: { 46: today },
    }),
    makeWorld('a/none', {
      tags: { 'v1.0.0': 50, 'v1.1.0': 51, 'v4.2.0': 52 },
      manifests: { 50: dirty, 51: dirty, 52: dirty },
    }),
    makeWorld('a/mono', {
      tags: { 'login/v1.0.0': 60, 'login/v1.1.0': 61, 'logout/v2.0.0': 62, 'v9.0.0': 63 },
      manifests: {
        60: { 'login/action.yml': composite('a/leaf@v1') },
        61: { 'login/action.yaml': composite(`a/leaf@${sha(1)}`) },
        62: { 'login/action.yml': composite() },
        63: { 'login/action.yml': composite() },
      },
    }),
    makeWorld('a/branch', { heads: { v4: 70 }, tags: {}, manifests: { 70: dirty } }),
    makeWorld('a/deep', {
      tags: { 'v1.0.0': 80, 'v1.1.0': 81, 'v1.2.0': 82 },
      manifests: {
        80: { 'action.yml': composite(`a/same-major@${sha(20)}`) },
        81: { 'action.yml': composite(`a/same-major@${sha(21)}`) },
        82: { 'action.yml': composite(`a/same-major@${sha(22)}`) },
      },
    }),
    makeWorld('a/unreadable', {
      tags: { 'v1.0.0': 90, 'v1.1.0': 91, 'v1.2.0': 92 },
      manifests: {
        90: dirty,
        91: { 'action.yml': 'runs: [\n' },
        92: { 'action.yml': composite(`a/gone@${sha(99)}`) },
      },
    }),
    makeWorld('a/over-unreadable', {
      tags: { 'v1.0.0': 93, 'v1.1.0': 94, 'v1.2.0': 95 },
      manifests: { 93: dirty, 94: { 'action.yml': Buffer.from([0, 255]) }, 95: clean },
    }),
    makeWorld('a/flows', {
      tags: { v1: 100, 'v1.0.0': 100, 'v2.0.0': 101 },
      manifests: {
        100: { '.github/workflows/x.yml': workflow('a/leaf@v1') },
        101: { '.github/workflows/x.yml': workflow(`a/leaf@${sha(1)}`) },
      },
    }),
    makeWorld('a/today', {
      renamedFrom: ['a/former'],
      tags: { 'v1.0.0': 110, 'v1.1.0': 111 },
      manifests: { 110: dirty, 111: clean },
    }),
    makeWorld('a/attacked', {
      tags: {
        'v1.0.0': 120,
        ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`v1.${n}.0`, 121])),
      },
      manifests: { 120: dirty, 121: { 'action.yml': 'runs: { using: node20, main: x.js }\n' } },
    }),
    makeWorld('a/back-here', {
      tags: { 'v1.0.0': 130, 'v1.1.0': 131, 'v1.2.0': 132 },
      manifests: {
        130: dirty,
        131: { 'action.yml': composite('./not-here') },
        132: { 'action.yml': composite('./here') },
      },
    }),
  ],
})
afterAll(() => github.close())
afterEach(() => github.faults.clear())

const read = (cwd: string, path = CI): Promise<string> => readFile(join(cwd, path), 'utf8')

/** One action's clean release as JSON has it, without where it is used. */
async function searched(uses: string, withToken: boolean): Promise<unknown> {
  const cwd = await temporaryFolder({ [CI]: workflow(uses) })
  const run = await runPinsmith(['--format', 'json', '--dry-run'], { cwd, github, withToken })
  const { cleanReleases } = JSON.parse(run.stdout)
  return cleanReleases[0]
}

describe.each([true, false])('with a token: %s', (withToken) => {
  const run = (args: readonly string[], cwd: string) =>
    runPinsmith(args, { cwd, github, withToken })

  describe('the clean release', () => {
    test.each([
      ['a later major', 'a/next-major@v2', 'v2.0.1', 'v3.0.0', 14, false],
      ['of the same major, the nearest', 'a/same-major@v2.0.0', 'v2.0.0', 'v2.2.0', 22, true],
      ['two levels deep', 'a/deep@v1.0.0', 'v1.0.0', 'v1.2.0', 82, true],
      [
        'of one action of several',
        'a/mono/login@login/v1.0.0',
        'login/v1.0.0',
        'login/v1.1.0',
        61,
        true,
      ],
      ['after one that cannot be read', 'a/over-unreadable@v1.0.0', 'v1.0.0', 'v1.2.0', 95, true],
      ['old enough, after one that is not', 'a/backport@v1.0.0', 'v1.0.0', 'v2.0.0', 47, false],
      ['of a renamed repository', 'a/former@v1.0.0', 'v1.0.0', 'v1.1.0', 111, true],
    ])('%s', async (_, uses, from, version, commit, sameMajor) => {
      expect(await searched(uses, withToken)).toMatchObject({
        action: uses.split('@')[0],
        from: { version: from },
        outcome: 'found',
        to: { version, commit: sha(commit), sameMajor },
      })
    })

    test.each([
      [
        'a pre-release',
        'a/pre-only@v1.0.0',
        'none',
        'newest',
        'a/pre-only v1.0.0 is its newest release',
      ],
      [
        'not clean',
        'a/none@v1.0.0',
        'none',
        'not-clean',
        'no release of a/none up to v4.2.0 has its whole tree pinned',
      ],
      [
        'after a branch',
        'a/branch@v4',
        'none',
        'version-unknown',
        'the version of a/branch is not known',
      ],
      [
        'unreadable',
        'a/unreadable@v1.0.0',
        'unknown',
        'unread',
        'what a/unreadable v1.1.0 uses could not be read in full',
      ],
      [
        'where many tags were moved',
        'a/attacked@v1.0.0',
        'unknown',
        'mass-tagged',
        'as after an attack',
      ],
    ])('none that is %s', async (_, uses, outcome, reason, message) => {
      const found = await searched(uses, withToken)
      expect(found).toMatchObject({ outcome, reason, message: expect.stringContaining(message) })
      expect(found).not.toHaveProperty('to')
    })

    test('none that is too young, with the day on which it will do', async () => {
      const until = new Date(Date.parse(today) + 3 * 24 * 60 * 60 * 1000).toISOString()
      const found = await searched('a/young@v1.0.0', withToken)
      expect(found).toMatchObject({
        outcome: 'too-young',
        until: expect.stringContaining(until.slice(0, 19)),
        message: expect.stringContaining('a/young v1.1.0 has its whole tree pinned, but is from'),
      })
    })

    test('the cooldown is a matter of configuration', async () => {
      const cwd = await temporaryFolder({
        [CI]: workflow('a/young@v1.0.0'),
        '.github/pinsmith.yml': 'cooldown: 0d\n',
      })
      expect((await run(['--nested', 'upgrade'], cwd)).code).toBe(0)
      expect(await read(cwd)).toBe(workflow(`a/young@${sha(41)} # v1.1.0`))
    })

    test('may use what stands in this repository', async () => {
      const cwd = await temporaryFolder({
        [CI]: workflow('a/back-here@v1.0.0'),
        'here/action.yml': composite('a/leaf@v1'),
      })
      const { stdout } = await run(['--format', 'json'], cwd)
      expect(JSON.parse(stdout)).toMatchObject({ cleanReleases: [{ to: { version: 'v1.2.0' } }] })
    })
  })

  test('the report names it under what is blocked, or says that there is none and what else can be done', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('a/same-major@v2.0.0', 'a/none@v1.0.0', 'a/next-major@v2'),
    })
    const { code, stderr } = await run([], cwd)
    expect(code).toBe(1)
    expect(stderr).toContain(dedent`
      ✗ a/leaf@v1  on 3 chains
          ${CI}:4 → a/same-major@${short(20)} (v2.0.0) → a/leaf@v1
          ${CI}:5 → a/none@${short(50)} (v1.0.0) → a/leaf@v1
          ${CI}:6 → a/next-major@${short(12)} (v2.0.1) → a/leaf@v1
          next  move a/same-major v2.0.0 → v2.2.0 (${short(22)}): its whole tree is pinned. \`pinsmith --nested upgrade\` does it
          next  none: no release of a/none up to v4.2.0 has its whole tree pinned. \`pinsmith --nested vendor\` copies it into your repository; \`pinsmith patch a/none\` makes a patch for its authors
          next  move a/next-major v2.0.1 → v3.0.0 (${short(14)}), a new major: its whole tree is pinned. \`pinsmith --nested upgrade\` does it
    `)
  })

  test('upgrade moves every site of those actions, and nothing else', async () => {
    const before = {
      [CI]: workflow(
        'a/same-major@v2.0.0 # keep: needs it',
        `a/same-major@${sha(21)} # v2.1.0`,
        'a/next-major@v2',
        'a/leaf@v1',
        './local',
      ),
      'local/action.yml': composite('"a/deep@v1.0.0"'),
      'unused/action.yml': composite('a/same-major@v2.0.0'),
    }
    const cwd = await temporaryRepository(before)
    const { code, stderr } = await run(['--nested', 'upgrade'], cwd)
    expect(stderr).toBe(dedent`
      ${CI}
        ✓    4  a/same-major@v2.0.0 → ${short(22)}  # v2.2.0
                note  moved from v2.0.0 to v2.2.0, the nearest release whose whole tree is pinned
        ✓    5  a/same-major@${short(21)} → ${short(22)}  # v2.2.0
                note  moved from v2.1.0 to v2.2.0, the nearest release whose whole tree is pinned
        ✓    6  a/next-major@v2 → ${short(14)}  # v3.0.0
                note  moved from v2.0.1 to v3.0.0, the nearest release whose whole tree is pinned; a new major: read its release notes
        ✓    7  a/leaf@v1 → ${short(1)}  # v1.2.0

      local/action.yml
        ✓    4  a/deep@v1.0.0 → ${short(82)}  # v1.2.0
                note  moved from v1.0.0 to v1.2.0, the nearest release whose whole tree is pinned

      unused/action.yml
        ✓    4  a/same-major@v2.0.0 → ${short(22)}  # v2.2.0
                note  moved from v2.0.0 to v2.2.0, the nearest release whose whole tree is pinned

      6 references pinned in 3 files.

      ✓ passes: everything that 1 workflow runs is pinned, nested actions included.
    `)
    expect(code).toBe(0)
    expect(await read(cwd)).toBe(
      workflow(
        `a/same-major@${sha(22)} # v2.2.0 # keep: needs it`,
        `a/same-major@${sha(22)} # v2.2.0`,
        `a/next-major@${sha(14)} # v3.0.0`,
        `a/leaf@${sha(1)} # v1.2.0`,
        './local',
      ),
    )
    expect(await read(cwd, 'local/action.yml')).toBe(composite(`"a/deep@${sha(82)}" # v1.2.0`))
    const { code: again, stderr: said } = await run(['--nested', 'upgrade', '--quiet'], cwd)
    expect([again, said]).toEqual([0, ''])
    expect(git(cwd, 'diff', '--stat')).toContain('3 files changed, 6 insertions(+), 6 deletions(-)')
  })

  test('a called workflow moves, too', async () => {
    const cwd = await temporaryFolder({ [CI]: call('v1') })
    const reported = await run(['--dry-run'], cwd)
    expect(reported.stderr).toContain('next  move a/flows/.github/workflows/x.yml v1.0.0 → v2.0.0')
    expect((await run(['--nested', 'upgrade'], cwd)).code).toBe(0)
    expect(await read(cwd)).toBe(call(`${sha(101)} # v2.0.0`))
  })

  test('what has no clean release is pinned, and stays blocked', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('a/none@v1.0.0', 'a/same-major@v2.0.0'),
    })
    const { code, stderr } = await run(['--nested', 'upgrade'], cwd)
    expect(code).toBe(1)
    expect(await read(cwd)).toBe(
      workflow(`a/none@${sha(50)} # v1.0.0`, `a/same-major@${sha(22)} # v2.2.0`),
    )
    expect(stderr).toContain('✗ a/leaf@v1\n')
    expect(stderr).toContain('next  none: no release of a/none up to v4.2.0')
    expect(stderr).not.toContain('--nested upgrade')
  })
})

test.each([
  ['a comment', [], 'a/same-major@v2.0.0 # pinsmith: ignore'],
  ['a comment on a pin', [], `a/same-major@${sha(20)} # pinsmith: ignore`],
  ['--ignore', ['--ignore', 'a/same-*'], 'a/same-major@v2.0.0'],
])('what is left by %s is not moved', async (_, args, uses) => {
  const cwd = await temporaryFolder({ [CI]: workflow(uses, 'a/deep@v1.0.0') })
  await runPinsmith(['--nested', 'upgrade', ...args], { cwd, github })
  expect(await read(cwd)).toBe(workflow(uses, `a/deep@${sha(82)} # v1.2.0`))
})

test('a workflow that the lockfile lists is not moved, unless --locked says so', async () => {
  const files = {
    [CI]: workflow('a/same-major@v2.0.0'),
    '.github/workflows/actions.lock': `version: 1\nworkflows:\n  ${CI}:\n    - a/same-major@v2.0.0\n`,
  }
  const cwd = await temporaryFolder(files)
  await runPinsmith(['--nested', 'upgrade'], { cwd, github })
  expect(await read(cwd)).toBe(files[CI])
  await runPinsmith(['--nested', 'upgrade', '--locked'], { cwd, github })
  expect(await read(cwd)).toBe(workflow(`a/same-major@${sha(22)} # v2.2.0`))
})

test('comments above, flow maps, anchors, labels of other tools and CRLF are dealt with as everywhere', async () => {
  const cwd = await temporaryFolder({
    [CI]: [
      'jobs:',
      '  a:',
      '    steps:',
      '      - uses: a/same-major@v2.0.0 # needs it',
      '      - { uses: a/next-major@v2, with: { a: 1 } }',
      `      - uses: &it a/deep@${sha(80)} # tag=v1.0.0`,
      '      - uses: *it',
      '',
    ].join('\r\n'),
  })
  const { code } = await runPinsmith(['--nested', 'upgrade', '--comments', 'above'], {
    cwd,
    github,
  })
  expect(code).toBe(0)
  expect(await read(cwd)).toBe(
    [
      'jobs:',
      '  a:',
      '    steps:',
      '      # needs it',
      `      - uses: a/same-major@${sha(22)} # v2.2.0`,
      `      - { uses: a/next-major@${sha(14)}, with: { a: 1 } } # v3.0.0`,
      `      - uses: &it a/deep@${sha(82)} # v1.2.0`,
      '      - uses: *it',
      '',
    ].join('\r\n'),
  )
})

test('what cannot be edited safely is left, and said', async () => {
  const uses = `"a/same-major\\u0040${sha(20)}"`
  const cwd = await temporaryFolder({ [CI]: workflow(uses) })
  const { code, stderr } = await runPinsmith(['--nested', 'upgrade'], { cwd, github })
  expect(code).toBe(1)
  expect(await read(cwd)).toContain(uses)
  expect(stderr).toContain(`✗ ${CI}:4:15`)
})

test('a dry run shows the move as a diff, and writes nothing', async () => {
  const before = workflow('a/same-major@v2.0.0')
  const cwd = await temporaryFolder({ [CI]: before })
  const run = await runPinsmith(['--nested', 'upgrade', '-n', '--exit-code'], { cwd, github })
  expect(run.code).toBe(1)
  expect(run.stdout).toContain(`+      - uses: a/same-major@${sha(22)} # v2.2.0\n`)
  expect(run.stderr).toContain('✓ passes:')
  expect(await read(cwd)).toBe(before)
})

test('JSON tells the move as a note, and the release', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/next-major@v2') })
  const run = await runPinsmith(['--nested', 'upgrade', '--format', 'json'], { cwd, github })
  expect(JSON.parse(run.stdout)).toMatchObject({
    verdict: 'passes',
    chains: [],
    cleanReleases: [
      {
        action: 'a/next-major',
        from: { version: 'v2.0.1', commit: sha(12) },
        outcome: 'found',
        to: { version: 'v3.0.0', commit: sha(14), sameMajor: false },
        sites: [{ file: CI, line: 4, column: 15 }],
      },
    ],
    files: [
      {
        references: [
          {
            outcome: 'pinned',
            commit: sha(14),
            label: 'v3.0.0',
            notes: [{ kind: 'upgraded', from: 'v2.0.1', to: 'v3.0.0', isNewMajor: true }],
          },
        ],
      },
    ],
  })
})

test('a repository that is not blocked has no clean releases to name, and --no-nested looks for none', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/leaf@v1') })
  const passing = await runPinsmith(['--format', 'json'], { cwd, github })
  expect(JSON.parse(passing.stdout)).toMatchObject({ verdict: 'passes', cleanReleases: [] })
  const other = await temporaryFolder({ [CI]: workflow('a/none@v1.0.0') })
  const bare = await runPinsmith(['--no-nested', '--format', 'json'], { cwd: other, github })
  expect(JSON.parse(bare.stdout)).not.toHaveProperty('cleanReleases')
})

describe('where the releases cannot be looked for', () => {
  test('a report says so, and pins all the same', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('a/same-major@v2.0.0') })
    let asked = 0
    github.faults.add(reset, { kind: 'graphql', when: () => ++asked > 2, times: Infinity })
    const run = await runPinsmith([], { cwd, github, withToken: true })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain(
      'next  not known: the releases of a/same-major could not be looked at: 127.0.0.1',
    )
    expect(await read(cwd)).toBe(workflow(`a/same-major@${sha(20)} # v2.0.0`))
  })

  test('an upgrade fails, and writes nothing', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('a/same-major@v2.0.0') })
    let asked = 0
    github.faults.add(reset, { kind: 'graphql', when: () => ++asked > 2, times: Infinity })
    const run = await runPinsmith(['--nested', 'upgrade'], { cwd, github, withToken: true })
    expect(run.code).toBe(2)
    expect(await read(cwd)).toBe(workflow('a/same-major@v2.0.0'))
  })

  test('one of which the age is not known is not taken, and said', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('a/same-major@v2.0.0') })
    github.faults.add(answer(404, {}), { kind: 'rest', times: Infinity })
    const run = await runPinsmith(['--nested', 'upgrade'], { cwd, github })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain(
      'next  not known: a/same-major v2.2.0 has its whole tree pinned, but how old it is could not be found out',
    )
    expect(await read(cwd)).toBe(workflow(`a/same-major@${sha(20)} # v2.0.0`))
  })
})

describe('the verdict is of what is on disk', () => {
  test('where a file could not be written', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('a/same-major@v2.0.0'),
      '.github/workflows/other.yml': workflow('a/leaf@v1'),
    })
    await chmod(join(cwd, CI), 0o444)
    const run = await runPinsmith(['--nested', 'upgrade', '--format', 'json'], { cwd, github })
    await chmod(join(cwd, CI), 0o644)
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({
      verdict: 'blocked',
      chains: [
        [CI, 'a/same-major@v2.0.0'],
        [CI, 'a/same-major@v2.0.0', 'a/leaf@v1'],
      ],
      problems: [{ code: 'read-only', file: CI }],
    })
  })
})

test.each([
  ['a value that is none of three', ['--nested', 'fix'], 'report, upgrade, vendor'],
  [
    'standard input',
    ['--nested', 'upgrade', '-'],
    '--nested upgrade is about what a repository runs',
  ],
])('wrong usage: %s', async (_, args, message) => {
  const cwd = await temporaryFolder({ [CI]: workflow('a/leaf@v1') })
  const { code, stderr } = await runPinsmith(args, { cwd, github, stdin: workflow('a/leaf@v1') })
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})
