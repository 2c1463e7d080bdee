import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { dedent } from '../support/dedent.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, onWindows, PINNED, snapshot, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterAll(() => github.close())

const CONFIG = '.github/pinsmith.yml'

const pin = (cwd: string, ...args: string[]) =>
  runPinsmith(['--no-nested', ...args], { cwd, github })

describe('what pin honours', () => {
  const IGNORE = 'ignore:\n  - action: acme/**\n    reason: we own it\n'

  test('ignore: the action stays, with the reason', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('acme/tool@v1', 'beta/kit@v3'),
      [CONFIG]: IGNORE,
    })
    const { code, stderr } = await pin(cwd, '--verbose')
    expect(code).toBe(0)
    expect(stderr).toContain('acme/tool@v1  ignored by the configuration: we own it')
    expect(stderr).toContain('1 reference pinned in 1 file, 1 exempt.')
    expect(await textOf(cwd, CI)).toBe(workflow('acme/tool@v1', `beta/kit@${sha(3)} # v3.1.0`))
  })

  test('ignore, in JSON', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1'), [CONFIG]: IGNORE })
    const { stdout } = await pin(cwd, '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        {
          references: [
            { outcome: 'exempt', exemption: { kind: 'configured', reason: 'we own it' } },
          ],
        },
      ],
    })
  })

  test.each([
    ['that has expired', 'expires: 2020-01-01'],
    ['of some findings alone', 'findings: [archived]'],
    ['of another ref', 'action: acme/**@v2'],
  ])('an entry %s leaves nothing', async (_, more) => {
    const action = more.startsWith('action') ? '' : 'action: acme/**\n    '
    const cwd = await temporaryFolder({
      [CI]: workflow('acme/tool@v1'),
      [CONFIG]: `ignore:\n  - ${action}${more}\n    reason: for a while\n`,
    })
    expect((await pin(cwd)).code).toBe(0)
    expect(await textOf(cwd, CI)).toBe(workflow(PINNED))
  })

  test('branches: deny leaves a branch, and says what to write', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('dtolnay/rust-toolchain@stable', 'acme/tool@v1'),
      [CONFIG]: 'branches: deny\n',
    })
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(1)
    expect(stderr).toContain(
      dedent`
        ✗ ${CI}:6:15  dtolnay/rust-toolchain@stable
            its ref is a branch, and the configuration does not allow branches (\`branches: deny\`)
      `.trimEnd(),
    )
    expect(await textOf(cwd, CI)).toBe(workflow('dtolnay/rust-toolchain@stable', PINNED))
  })

  test.each(['v4', 'refs/heads/v4'])(
    'branches: deny names the version tag that is the same commit as %s',
    async (ref) => {
      const releases = await startGitHub({
        worlds: [makeWorld('acme/setup', { heads: { v4: 1 }, tags: { 'v4.1.0': 1 } })],
      })
      const cwd = await temporaryFolder({
        [CI]: workflow(`acme/setup@${ref}`),
        [CONFIG]: 'branches: deny\n',
      })
      const { code, stderr } = await runPinsmith(['--no-nested'], { cwd, github: releases })
      await releases.close()
      expect(code).toBe(1)
      expect(stderr).toContain('next  write @v4.1.0, which is the same commit today')
      expect(await textOf(cwd, CI)).toBe(workflow(`acme/setup@${ref}`))
    },
  )

  const PERSON = workflow('acme/tool@v1 # keep: full clone')
  const ABOVE = `${workflow()}      # keep: full clone\n      - uses: ${PINNED}\n`
  const AFTER = workflow(`${PINNED} # keep: full clone`)

  test.each([
    [[], ABOVE],
    [['--comments', 'after'], AFTER],
    [['--no-config'], AFTER],
  ])('comments: above, with %j', async (args, expected) => {
    const cwd = await temporaryFolder({ [CI]: PERSON, [CONFIG]: 'comments: above\n' })
    expect((await pin(cwd, ...args)).code).toBe(0)
    expect(await textOf(cwd, CI)).toBe(expected)
  })

  test('the text on standard input, too', async () => {
    const cwd = await temporaryFolder({ [CONFIG]: 'comments: above\n', [CI]: '' })
    const run = await runPinsmith(['-'], { cwd, github, stdin: PERSON })
    expect(run).toMatchObject({ code: 0, stdout: ABOVE })
  })
})

describe('which file counts', () => {
  const CONFIGURED = 'comments: above\n'

  test.each([
    ['.github/pinsmith.yml', '.'],
    ['.github/pinsmith.yaml', '.'],
    ['.github/pinsmith.yml', 'src/deep'],
  ])('%s, from %s', async (path, folder) => {
    const cwd = await temporaryFolder({
      [CI]: '',
      [path]: CONFIGURED,
      'src/deep/a.yml': workflow('acme/tool@v1 # mine'),
    })
    await pin(join(cwd, folder), join(cwd, 'src/deep/a.yml'))
    expect(await textOf(cwd, 'src/deep/a.yml')).toContain('      # mine\n')
  })

  test('the one that --config names, relative to the current folder', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('acme/tool@v1 # mine'),
      [CONFIG]: '{',
      'elsewhere/p.yml': CONFIGURED,
    })
    expect((await pin(cwd, '--config', 'elsewhere/p.yml')).code).toBe(0)
    expect(await textOf(cwd, CI)).toContain('      # mine\n')
  })

  test('none with --no-config, whatever stands there', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1'), [CONFIG]: '{' })
    expect((await pin(cwd, '--no-config')).code).toBe(0)
  })
})

describe('a configuration that cannot be used', () => {
  test('is told everything that is wrong with it, and nothing is done', async () => {
    const text = dedent`
      ingore:
        - action: acme/**
      ignore:
        - action: acme/**
      cooldown: 3
      levels: { unpined: off }
      comments: above
      comments: after
      zebra: yes
    `
    const { stdout, stderr } = await refused({ [CONFIG]: text })
    expect(stdout).toBe('')
    expect(stderr).toBe(dedent`
      ✗ ${CONFIG}:1:1
          there is no key "ingore"
          next  did you mean ignore?

      ✗ ${CONFIG}:4:5
          ignore[0] has no reason
          next  add the key reason

      ✗ ${CONFIG}:5:11
          cooldown is the number 3
          next  write a length of time, such as 12h, 3d or 2w

      ✗ ${CONFIG}:6:11
          there is no key "unpined" in levels
          next  did you mean unpinned?

      ✗ ${CONFIG}:8:1
          the key comments stands here once more: it stands in line 7 already
          next  keep one of them

      ✗ ${CONFIG}:9:1
          there is no key "zebra"
          next  the keys are version, levels, ignore, owners, branches, images, cooldown and comments

      ✗ pinsmith: the configuration cannot be used: 6 faults in ${CONFIG}
          why   what it leaves open would be guessed, and a guess may leave unpinned or unchecked what you meant to be pinned
          next  mend it, or leave it out with --no-config; \`pinsmith init\` writes one to begin with
    `)
  })

  test('in JSON', async () => {
    const { stdout } = await refused({ [CONFIG]: 'coments: above\n' }, '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      error: {
        code: 'config',
        message: `the configuration cannot be used: 1 fault in ${CONFIG}`,
        faults: [
          {
            code: 'unknown-key',
            file: CONFIG,
            line: 1,
            column: 1,
            message: 'there is no key "coments"',
            help: 'did you mean comments?',
          },
        ],
      },
    })
  })

  test('two of them', async () => {
    const { stderr } = await refused({ [CONFIG]: '', '.github/pinsmith.yaml': '' })
    expect(stderr).toContain(`✗ ${CONFIG}\n    .github/pinsmith.yaml is there too`)
  })

  test('one that --config names and that is not there', async () => {
    const { stderr } = await refused({}, '--config', 'no/such.yml')
    expect(stderr).toContain('✗ no/such.yml\n    there is no such file')
  })

  test('a folder', async () => {
    const { stderr } = await refused({}, '--config', '.github')
    expect(stderr).toContain('✗ .github\n    it could not be read: it is not a regular file')
  })

  test('no text', async () => {
    const { stderr } = await refused({ [CONFIG]: Buffer.from([0x61, 0x3a, 0x20, 0xff]) })
    expect(stderr).toContain(`✗ ${CONFIG}:1:4\n    it could not be read: it is not UTF-8 text`)
  })

  test('not YAML, with control characters that a terminal would obey', async () => {
    const { stderr } = await refused({ [CONFIG]: '"a\u001b]0;x\u0007": 1\n' })
    expect(stderr).not.toContain('\u001b')
  })

  test.skipIf(onWindows)('a link, and one on the way', async () => {
    for (const [path, target] of [
      [CONFIG, '../elsewhere.yml'],
      ['.github', 'elsewhere'],
    ] as const) {
      const cwd = await temporaryFolder({
        'elsewhere.yml': 'comments: above\n',
        'elsewhere/pinsmith.yml': 'comments: above\n',
        ...(path === CONFIG ? { [CI]: '' } : {}),
      })
      await symlink(target, join(cwd, path))
      const { code, stderr } = await pin(cwd)
      expect(code).toBe(2)
      expect(stderr).toContain(`${path} is a symbolic link`)
    }
  })
})

/** Pins with such files, which must end with exit code 2 and change nothing. */
async function refused(
  files: Readonly<Record<string, string | Uint8Array>>,
  ...args: readonly string[]
): Promise<{ stdout: string; stderr: string }> {
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1'), ...files })
  const before = await snapshot(cwd)
  const { code, stdout, stderr } = await pin(cwd, ...args)
  expect(code).toBe(2)
  expect(await snapshot(cwd)).toEqual(before)
  return { stdout, stderr }
}
