import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { answer } from '../support/github/fault.ts'
import type { LocalGitHub } from '../support/github/server.ts'
import { sha } from '../support/github/worlds.ts'
import { runPinsmith, type RunOptions } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, PINNED, startSmallGitHub, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterEach(() => github.faults.clear())
afterAll(() => github.close())

const MIXED = workflow(
  'acme/tool@v1',
  `acme/other@${sha(2)} # v2.0.0`,
  'acme/none@v1',
  'beta/kit@v3 # pinsmith: ignore (mine)',
  './local',
  'docker://alpine:3',
  'acme/none@v1',
)

async function pin(
  text: string,
  args: readonly string[],
  options: Partial<RunOptions> = {},
): ReturnType<typeof runPinsmith> {
  const cwd = await temporaryFolder({ [CI]: text })
  // What actions use in turn is a matter of test/commands/nested.test.ts.
  return runPinsmith(['--no-nested', ...args], { cwd, github, ...options })
}

describe('the summary', () => {
  test('says by file what became what, then what is left and why, then the count', async () => {
    const { code, stdout, stderr } = await pin(MIXED, [])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      [
        CI,
        `  ✓    6  acme/tool@v1 → ${sha(1).slice(0, 12)}  # v1.2.3`,
        '',
        `✗ ${CI}:8:15  acme/none@v1`,
        `    also  ${CI}:12:15`,
        '    the repository acme/none was not found: there is none, or it is private',
        '    why   its ref can be moved to other code at any time, and it stays unpinned',
        '    next  check the spelling; for a private repository give a token that may read it (--token, GITHUB_TOKEN, or gh auth login)',
        '',
        '1 reference pinned in 1 file, 1 pinned already, 1 exempt, 1 image not covered, 2 references left.',
        '',
      ].join('\n'),
    )
  })

  test('files with the same fault are told together, each with its own place', async () => {
    const broken = 'on: push\njobs: [\n'
    const cwd = await temporaryFolder({
      [CI]: broken,
      '.github/workflows/other.yml': `\n${broken}`,
    })
    const { code, stderr } = await runPinsmith(['--no-nested'], { cwd, github })
    expect(code).toBe(1)
    expect(stderr.match(/^✗ .*\n.*also.*$/m)?.[0]).toBe(
      `✗ ${CI}:3:1\n    also  .github/workflows/other.yml:4:1`,
    )
  })

  test('a glob that matches nothing is told, with what was meant, and no other', async () => {
    const selection = ['--only', 'ACME/*', '--only', 'acme/tol', '--ignore', 'actions/**']
    for (const more of [[], ['--quiet'], ['--format', 'json']]) {
      const { stderr } = await pin(MIXED, [...selection, ...more])
      expect(stderr.split('\n').filter((line) => line.startsWith('– '))).toEqual([
        '– --only acme/tol  matches no action that is used here; did you mean acme/tool?',
        '– --ignore actions/**  matches no action that is used here',
      ])
    }
    const { stderr } = await pin(MIXED, ['--only', 'acme/tool'])
    expect(stderr).not.toContain('matches no action')
  })

  test('--quiet: what is left alone', async () => {
    const { code, stdout, stderr } = await pin(MIXED, ['--quiet'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^✗ /)
    expect(stderr).not.toContain('pinned in')
    expect(stderr).not.toContain('acme/tool')
  })

  test('--quiet: nothing where nothing is left', async () => {
    const quiet = await pin(workflow('acme/tool@v1'), ['-q'])
    expect(quiet).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('--quiet: a failure all the same', async () => {
    const { code, stderr } = await pin(workflow('acme/tool@v1'), ['-q', '--resolver', 'api'])
    expect(code).toBe(2)
    expect(stderr).toContain('needs a token')
  })

  test('--verbose: what needed no change, too', async () => {
    const { stderr } = await pin(MIXED, ['--verbose'])
    for (const line of [
      `  ·    7  acme/other@${sha(2).slice(0, 12)}  # v2.0.0`,
      '  –    9  beta/kit@v3  ignored by a comment for pinsmith: mine',
      '  ·   10  ./local  of this repository',
      '  ·   11  docker://alpine:3  an image: SHA pinning does not cover it',
    ])
      expect(stderr.split('\n')).toContain(line)
  })
})

describe('--format json', () => {
  test('is all there is on standard output, and standard error is silent', async () => {
    const { code, stdout, stderr } = await pin(MIXED, ['--format', 'json'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout.endsWith('}\n')).toBe(true)
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      command: 'pin',
      dryRun: false,
      summary: {
        pinned: 1,
        relabelled: 0,
        unchanged: 1,
        vendored: 0,
        exempt: 1,
        inside: 1,
        images: 1,
        left: 2,
      },
      files: [
        {
          file: CI,
          outcome: 'written',
          references: [
            {
              line: 6,
              column: 15,
              reference: 'acme/tool@v1',
              outcome: 'pinned',
              commit: sha(1),
              label: 'v1.2.3',
              notes: [],
            },
            {
              line: 7,
              column: 15,
              reference: `acme/other@${sha(2)}`,
              outcome: 'unchanged',
              commit: sha(2),
              label: 'v2.0.0',
              notes: [],
            },
            { line: 8, column: 15, reference: 'acme/none@v1', outcome: 'left' },
            {
              line: 9,
              column: 15,
              reference: 'beta/kit@v3',
              outcome: 'exempt',
              exemption: { kind: 'comment', directive: { by: 'pinsmith', reason: 'mine' } },
            },
            { line: 10, column: 15, reference: './local', outcome: 'inside' },
            { line: 11, column: 15, reference: 'docker://alpine:3', outcome: 'image' },
            { line: 12, column: 15, reference: 'acme/none@v1', outcome: 'left' },
          ],
        },
      ],
      problems: [8, 12].map((line) => ({
        code: 'repository-not-found',
        file: CI,
        line,
        column: 15,
        reference: 'acme/none@v1',
        message: expect.stringContaining('was not found'),
        why: expect.any(String),
        help: expect.stringContaining('check the spelling'),
      })),
    })
  })

  test('of a dry run holds the diff', async () => {
    const text = await pin(MIXED, ['--dry-run'])
    const { code, stdout, stderr } = await pin(MIXED, ['--dry-run', '--format', 'json'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      diff: text.stdout,
      files: [{ outcome: 'due' }],
    })
  })

  test('of a strict run says that the file was held back', async () => {
    const { stdout } = await pin(MIXED, ['--strict', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ file: CI, outcome: 'held-back' }] })
  })

  test('of a file that could not be read has its place', async () => {
    const { code, stdout } = await pin('jobs: [\n', ['--format=json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      files: [],
      problems: [{ code: 'yaml', file: CI, line: expect.any(Number), column: expect.any(Number) }],
    })
  })

  test.each<[string, string[], object]>([
    ['wrong usage', ['no/where', '--format', 'json'], { code: 'usage' }],
    ['a missing token', ['--resolver', 'api', '--format', 'json'], { code: 'usage' }],
    [
      'an unusable host',
      ['--format', 'json'],
      { code: 'unusable', help: expect.stringContaining('GITHUB_API_URL') },
    ],
  ])('of a failure is JSON too: %s', async (_, args, error) => {
    github.faults.add(answer(200, '<html>'), { times: Infinity })
    const { code, stdout, stderr } = await pin(workflow('acme/tool@v1'), args)
    expect(code).toBe(2)
    const message: unknown = expect.stringMatching(/./)
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, error: { message, ...error } })
    expect(stderr).toContain('✗ pinsmith: ')
  })
})

describe('colours', () => {
  const args = ['--dry-run', '--strict']
  const COLOUR = '\u001b['

  test.each<[string, string[], Partial<RunOptions>, boolean, boolean]>([
    ['none where the outputs are no terminals', [], {}, false, false],
    ['on a terminal', [], { isTTY: true }, true, true],
    ['none with NO_COLOR', [], { isTTY: true, env: { NO_COLOR: '1' } }, false, false],
    ['an empty NO_COLOR does not count', [], { isTTY: true, env: { NO_COLOR: '' } }, true, true],
    ['none with TERM=dumb', [], { isTTY: true, env: { TERM: 'dumb' } }, false, false],
    ['FORCE_COLOR: not in a diff that is piped', [], { env: { FORCE_COLOR: '1' } }, false, true],
    ['FORCE_COLOR=0', [], { isTTY: true, env: { FORCE_COLOR: '0' } }, false, false],
    [
      'NO_COLOR comes before FORCE_COLOR',
      [],
      { isTTY: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' } },
      false,
      false,
    ],
    ['--color always', ['--color', 'always'], { env: { NO_COLOR: '1' } }, true, true],
    ['--color never', ['--color=never'], { isTTY: true, env: { FORCE_COLOR: '1' } }, false, false],
    ['--color auto', ['--color', 'auto'], { isTTY: true }, true, true],
  ])('%s', async (_, more, options, inDiff, inSummary) => {
    const { stdout, stderr } = await pin(MIXED, [...args, ...more], options)
    expect(stdout).toContain(PINNED)
    expect(stderr).toContain('acme/tool@v1')
    expect({ inDiff: stdout.includes(COLOUR), inSummary: stderr.includes(COLOUR) }).toEqual({
      inDiff,
      inSummary,
    })
  })

  test('never in JSON', async () => {
    const { stdout } = await pin(MIXED, ['--format', 'json', '--color', 'always'], { isTTY: true })
    expect(stdout).not.toContain(COLOUR)
  })

  test('of a failure', async () => {
    const { stderr } = await pin(MIXED, ['no/where'], { isTTY: true })
    expect(stderr).toContain(`${COLOUR}31m✗`)
    expect((await pin(MIXED, ['no/where'])).stderr).not.toContain(COLOUR)
  })
})

describe('the token', () => {
  const SECRET = 'ghp_this0is0secret'

  test.each<[string, string[], Partial<RunOptions>]>([
    ['--token', ['--token', SECRET], {}],
    ['GITHUB_TOKEN', [], { env: { GITHUB_TOKEN: SECRET } }],
    ['GH_TOKEN', [], { env: { GH_TOKEN: SECRET } }],
    ['--token, with wrong usage beside it', ['--token', SECRET, '--no-such'], {}],
    ['--token, with a missing path', ['--token', SECRET, 'no/where'], {}],
    ['--token=, in JSON', [`--token=${SECRET}`, '--format', 'json'], {}],
  ])('is in no output: %s', async (_, args, options) => {
    const message = `Bad credentials: ${SECRET}`
    github.faults.add(answer(401, { message }), { times: Infinity })
    const { code, stdout, stderr } = await pin(MIXED, [...args, '--verbose'], options)
    expect(code).toBe(2)
    expect(stdout + stderr).not.toBe('')
    expect(stdout + stderr).not.toContain(SECRET)
  })

  test('is sent, --token before GITHUB_TOKEN', async () => {
    github.requests.clear()
    const { code } = await pin(workflow('acme/tool@v1'), ['--token', github.token], {
      env: { GITHUB_TOKEN: SECRET },
    })
    expect(code).toBe(0)
    expect(github.requests.all().map(({ authorization }) => authorization)).toEqual(['good'])
  })

  test('that is empty is no token', async () => {
    const { code, stderr } = await pin(MIXED, ['--token', ''])
    expect(code).toBe(2)
    expect(stderr).toContain('--token is empty. Leave it out')
  })
})

describe('hostile text', () => {
  // What steers a terminal, hides, or turns the direction of writing; the line feed is ours.
  // oxlint-disable-next-line no-control-regex
  const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/

  test.each([
    ['an escape sequence in a ref', '"acme/tool@v1\\e[2J"'],
    ['an escape sequence in a name', '"acme/\\e]0;title\\aevil@v1"'],
    ['a line feed', '"acme/tool@v1\\n✓ all is pinned"'],
    ['a carriage return', '"acme/tool@v1\\r"'],
    ['the C1 control sequence introducer', 'acme/tool@v1\u009b31m'],
    ['an invisible character', 'acme/tool@v1\u200b'],
    ['text from right to left', 'acme/tool@v1\u202e1v'],
    ['an image', '"docker://alpine\\e[31m"'],
    ['a path of one’s own', '"./a\\e[31m"'],
    ['a reason', 'acme/tool@v1 # pinsmith: ignore (\u202emine\u009b)'],
    ['a label', `acme/tool@${sha(1)} # v9\u0085`],
  ])('%s never reaches the terminal raw', async (_, uses) => {
    const { stdout, stderr } = await pin(workflow(uses), ['--verbose'])
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(STEERS)
    expect(stderr).not.toMatch(/^✓/m)
  })

  test('in a file’s name', async () => {
    const files = { 'ci/a\u009b31m\u202eb.yml': 'jobs: [', 'ci/c\u200bd.yml': workflow('x/y@v1') }
    const cwd = await temporaryFolder(files)
    const { code, stderr } = await runPinsmith(['ci', '--verbose'], { cwd, github })
    expect(code).toBe(1)
    expect(stderr).toContain('ci/a\\u{9b}31m\\u{202e}b.yml')
    expect(stderr).not.toMatch(STEERS)
  })

  test('in an argument', async () => {
    const { stderr } = await pin(MIXED, ['\u001b[2J\u009b.yml'])
    expect(stderr).toContain('no such file or folder')
    expect(stderr).not.toMatch(STEERS)
  })

  test('in what the host says', async () => {
    const message = 'no\u001b[2J\u009b1A\u202e way'
    github.faults.add(answer(401, { message }), { times: Infinity })
    const { code, stderr } = await pin(MIXED, ['--token', 'x'])
    expect(code).toBe(2)
    expect(stderr).toContain('way')
    expect(stderr).not.toMatch(STEERS)
  })

  test('in a diff: on a terminal shown, in a pipe as it is', async () => {
    const text = `${workflow('acme/tool@v1')}      # \u001b[1A\u001b[2K\u009b\n`
    const shown = await pin(text, ['--dry-run', '--color', 'never'], { isTTY: true })
    expect(shown.stdout).toContain('       # \\u{1b}[1A\\u{1b}[2K\\u{9b}\n')
    expect(shown.stdout).not.toMatch(STEERS)
    const piped = await pin(text, ['--dry-run'])
    expect(piped.stdout).toContain('       # \u001b[1A\u001b[2K\u009b\n')
  })
})
