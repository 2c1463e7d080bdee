import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CI, workflow } from '../cli/support.ts'
import { dedent } from '../support/dedent.ts'
import { tooManyRequests } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'
import { runPinsmith, type Run } from '../support/run.ts'
import { git, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'

function composite(...uses: readonly string[]): string {
  const steps = uses.map((each) => `    - uses: ${each}\n`)
  return `name: Composite\nruns:\n  using: composite\n  steps:\n${steps.join('')}`
}

const NODE = 'name: Leaf\nruns:\n  using: node20\n  main: index.js\n'

/** Everything that a patch may meet, at the default branch of `acme/setup`. */
const FILES: Readonly<Record<string, string>> = {
  'action.yml': composite('acme/leaf@v1 # keep: fast', './local', '$/sub', `acme/leaf@${sha(1)}`),
  'sub/action.yaml': composite("'acme/tools/login@login/v1'", 'acme/leaf@v1').replaceAll(
    '\n',
    '\r\n',
  ),
  'deep/in/a/folder/action.yml': 'runs: {using: composite, steps: [{uses: acme/leaf@v1}]}',
  'node/action.yml': NODE,
  'pinned/action.yml': composite(`acme/leaf@${sha(1)}`),
  'node_modules/x/action.yml': composite('acme/leaf@v1'),
  'data/action.yml': 'kind: not of GitHub\n',
  '.github/workflows/call.yml': dedent`
    on:
      workflow_call:
    jobs:
      call:
        uses: acme/tools/.github/workflows/lint.yml@v2
      build:
        runs-on: ubuntu-latest
        steps:
          - uses: acme/leaf@v1
  `,
  '.github/workflows/ci.yml': 'on: push\njobs: {a: {steps: [{uses: acme/leaf@v1}]}}\n',
  'README.md': '- uses: acme/leaf@v1\n',
}

const PATCHED = [
  '.github/workflows/call.yml',
  'action.yml',
  'deep/in/a/folder/action.yml',
  'sub/action.yaml',
]

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1, 'v1.2.3': 1 } }),
      makeWorld('acme/tools', {
        tags: { 'login/v1': 2, 'login/v1.4.0': 2, v2: { tag: 2 } },
        manifests: {
          2: {
            'login/action.yml': NODE,
            '.github/workflows/lint.yml': 'on: workflow_call\njobs: {}\n',
          },
        },
      }),
      makeWorld('acme/setup', {
        defaultBranch: 'trunk',
        heads: { trunk: 10, old: 12 },
        tags: { v3: 11, annotated: { tag: 11 }, both: 11 },
        manifests: {
          10: FILES,
          11: { 'action.yml': composite('acme/leaf@v1') },
          12: { 'action.yml': composite(`acme/leaf@${sha(1)} # v1.2.3`) },
        },
      }),
      makeWorld('acme/both', {
        heads: { v1: 13 },
        tags: { v1: 14 },
        manifests: {
          13: { 'action.yml': composite('acme/leaf@v1', 'acme/leaf@v1') },
          14: { 'action.yml': composite('acme/leaf@v1') },
        },
      }),
      makeWorld('acme/new-name', {
        heads: { main: 15 },
        manifests: { 15: { 'action.yml': composite('acme/leaf@v1') } },
        renamedFrom: ['acme/old-name'],
      }),
      makeWorld('acme/private', {
        heads: { main: 16 },
        manifests: { 16: { 'action.yml': composite('acme/leaf@v1') } },
        private: true,
      }),
      makeWorld('acme/hidden', { hidden: true }),
      makeWorld('acme/empty', { heads: {} }),
      makeWorld('acme/half', {
        heads: { main: 17 },
        manifests: {
          17: {
            'action.yml': composite('acme/leaf@v1', 'acme/none@v1', 'a b'),
            'broken/action.yml': 'runs: {',
          },
        },
        links: {
          17: { 'alias/action.yml': '../action.yml', 'link/action.yml': '../template.yml' },
        },
      }),
      makeWorld('acme/bad-archive', {
        heads: { main: 18 },
        archives: { 18: Buffer.from('nonsense') },
      }),
      makeWorld('acme/locked', {
        heads: { main: 19 },
        manifests: {
          19: {
            'action.yml': composite('acme/leaf@v1'),
            '.github/workflows/call.yml': FILES['.github/workflows/call.yml'] ?? '',
            '.github/workflows/actions.lock':
              'version: 1\nworkflows:\n  .github/workflows/call.yml: [acme/leaf@v1]\n',
          },
        },
      }),
      makeWorld('acme/above', {
        heads: { main: 21 },
        manifests: { 21: { 'action.yml': composite('acme/both@refs/tags/v1') } },
      }),
      makeWorld('acme/self', {
        heads: { main: 20 },
        tags: { v1: 20 },
        manifests: {
          20: { 'action.yml': composite('acme/self/part@v1'), 'part/action.yml': NODE },
        },
      }),
      makeWorld('acme/knot', {
        heads: { main: 22 },
        tags: { v1: 22 },
        manifests: {
          22: {
            'action.yml': composite('acme/knot/part@v1'),
            'part/action.yml': composite('acme/leaf@v1'),
          },
        },
      }),
    ],
  })
})
afterEach(() => github.faults.clear())
afterAll(() => github.close())

describe.each([true, false])('pinsmith patch, with a token: %s', (withToken) => {
  /** From a folder that is no repository, unless told. */
  async function patch(
    args: readonly string[],
    cwd?: string,
  ): Promise<Run & { readonly cwd: string }> {
    const folder = cwd ?? (await temporaryFolder())
    const run = await runPinsmith(['patch', '--no-cache', ...args], {
      cwd: folder,
      github,
      withToken,
    })
    return { ...run, cwd: folder }
  }

  test('git apply of it in a checkout is what pin would have written there, and nothing else', async () => {
    const { code, stdout } = await patch(['acme/setup'])
    expect(code).toBe(0)
    const applied = await temporaryRepository(FILES)
    await writeFile(join(applied, '.git', 'a.patch'), stdout)
    git(applied, 'apply', '--check', '.git/a.patch')
    git(applied, 'apply', '.git/a.patch')
    expect(git(applied, 'diff', '--name-only').trim().split('\n')).toEqual(PATCHED)

    const pinned = await temporaryRepository(FILES)
    await runPinsmith(['--no-nested', '--no-cache'], { cwd: pinned, github, withToken })
    for (const path of PATCHED)
      expect(await readFile(join(applied, path))).toEqual(await readFile(join(pinned, path)))
    expect(await readFile(join(applied, 'action.yml'), 'utf8')).toBe(
      composite(
        `acme/leaf@${sha(1)} # v1.2.3 # keep: fast`,
        './local',
        '$/sub',
        `acme/leaf@${sha(1)} # v1.2.3`,
      ),
    )
  })

  test.each([
    ['v3', 11],
    ['refs/tags/v3', 11],
    ['annotated', 11],
    [sha(11), 11],
    [tagSha('annotated'), 11],
    ['trunk', 10],
  ])('of the ref %s', async (ref, commit) => {
    const { code, stdout, stderr } = await patch([`acme/setup@${ref}`])
    expect(code).toBe(0)
    expect(stdout).toContain(`+    - uses: acme/leaf@${sha(1)} # v1.2.3`)
    expect(stderr).toContain(`a patch of acme/setup@${ref} (${sha(commit).slice(0, 12)})`)
  })

  test('nothing to pin is good news: no patch, no files, exit code 0', async () => {
    const { code, stdout, stderr, cwd } = await patch(['acme/setup@old', '--out', 'out'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toBe(
      `Nothing to pin: what others run of acme/setup@old (${sha(12).slice(0, 12)}) uses nothing that is not pinned.\n`,
    )
    await expect(readFile(join(cwd, 'out'))).rejects.toThrow('ENOENT')
  })

  test('what is left is told with its place, exit code 1, and the rest is patched', async () => {
    const { code, stdout, stderr } = await patch(['acme/half'])
    expect(code).toBe(1)
    expect(stdout).toContain(`+    - uses: acme/leaf@${sha(1)} # v1.2.3`)
    expect(stderr).toContain(
      '✗ action.yml:6:13  acme/none@v1\n    the repository acme/none was not found',
    )
    expect(stderr).toContain('✗ action.yml:7:13  a b\n    this is not the name of a repository')
    expect(stderr).toContain('✗ broken/action.yml:')
    expect(stderr).toContain('✗ link/action.yml\n    this is a symbolic link')
    expect(stderr).not.toContain('alias/action.yml')
    const quiet = await patch(['acme/half', '--quiet'])
    expect(quiet.stdout).toBe(stdout)
    expect(quiet.stderr).toMatch(/^✗ action/)
    expect(quiet.stderr).not.toContain('# Pin the actions')
  })

  test('workflows that its lockfile lists are left, unless --locked', async () => {
    const { code, stdout, stderr } = await patch(['acme/locked'])
    expect(code).toBe(0)
    expect(stdout).not.toContain('call.yml')
    expect(stderr).toContain('- `.github/workflows/call.yml:9` `acme/leaf@v1`: left')
    expect((await patch(['acme/locked', '--locked'])).stdout).toContain(
      '+++ b/.github/workflows/call.yml',
    )
  })

  test('a tag and a branch of one name are for the user to choose', async () => {
    const unsure = await patch(['acme/both@v1'])
    expect({ code: unsure.code, stdout: unsure.stdout }).toEqual({ code: 2, stdout: '' })
    expect(unsure.stderr).toContain(`v1 is both a tag (${sha(14)}) and a branch (${sha(13)})`)
    expect(unsure.stderr).toContain('choose with --prefer tag or --prefer branch')
    const tag = await patch(['acme/both@v1', '--prefer', 'tag'])
    expect(tag.stderr).toContain(`(${sha(14).slice(0, 12)})`)
    const branch = await patch(['acme/both@v1', '--prefer', 'branch'])
    expect(branch.stderr).toContain(`(${sha(13).slice(0, 12)})`)
  })

  test('a repository that was renamed goes by its name of today', async () => {
    const { code, stderr, cwd } = await patch(['acme/old-name', '--out', '.'])
    expect(code).toBe(0)
    expect(stderr).toContain('note  acme/old-name is called acme/new-name now')
    expect(await readFile(join(cwd, 'acme-new-name.md'), 'utf8')).toContain('uses `acme/new-name`')
  })

  test.each([
    ['acme/none', 'the repository acme/none was not found: there is none, or it is private'],
    ['acme/hidden', 'the repository acme/hidden was not found: there is none, or it is private'],
    ['acme/empty', 'acme/empty has no commit yet'],
    ['acme/setup@v99', 'acme/setup has no tag and no branch named v99'],
    ['acme/setup@abcdef0', 'abcdef0 looks like a shortened SHA'],
    ['acme/bad-archive', 'the answer about acme/bad-archive could not be understood'],
  ])('%s cannot be patched: exit code 2', async (target, what) => {
    const { code, stdout, stderr } = await patch([target])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`✗ pinsmith: ${what}`)
    expect(stderr).toMatch(/\n {4}why {3}there is nothing to make a patch of\n {4}next {2}\S/)
  })

  test('a private one can be read with a token alone', async () => {
    const { code, stderr } = await patch(['acme/private'])
    expect(code).toBe(withToken ? 0 : 2)
    expect(stderr).toContain(withToken ? 'a patch of acme/private@main' : 'was not found')
  })

  test.each([
    ['asked for the refs', withToken ? 'graphql' : 'git'],
    ['asked for the files', 'tarball'],
  ] as const)('a host that has had enough when it is %s is exit code 2', async (_, kind) => {
    github.faults.add(tooManyRequests(3600), { kind, times: Infinity })
    const { code, stdout, stderr } = await patch(['acme/setup', '--max-wait', '0'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('has had enough requests for now')
  })
})

test('a host that cannot be reached is exit code 2', async () => {
  const run = await runPinsmith(['patch', 'acme/setup'], { cwd: await temporaryFolder() })
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain('could not be reached')
})

/** With a token. */
function patchIn(cwd: string, ...args: readonly string[]): Promise<Run> {
  return runPinsmith(['patch', '--no-cache', ...args], { cwd, github, withToken: true })
}

describe('the text', () => {
  test('says what, why, by which chain, what becomes what, and how it stays fresh', async () => {
    const cwd = await temporaryFolder()
    const { stderr } = await patchIn(cwd, 'acme/setup')
    const [title] = stderr.split('\n')
    expect(title).toBe('# Pin the actions used here to full commit SHAs')
    expect(stderr).toContain(
      '> The actions `acme/leaf@v1` and `acme/tools/login@login/v1` are not allowed in OWNER/REPO because all actions must be pinned to a full-length commit SHA.',
    )
    expect(stderr).toContain(
      [
        '- `acme/setup/.github/workflows/call.yml@trunk` → `acme/leaf@v1`',
        '- `acme/setup@trunk` → `acme/leaf@v1`',
        '- `acme/setup/deep/in/a/folder@trunk` → `acme/leaf@v1`',
        '- `acme/setup/sub@trunk` → `acme/tools/login@login/v1`',
        '- `acme/setup/sub@trunk` → `acme/leaf@v1`',
      ].join('\n'),
    )
    const leaf = `${github.url}/acme/leaf`
    expect(stderr).toContain(
      `| \`action.yml:5\` | \`acme/leaf@v1\` | [\`${sha(1).slice(0, 12)}\`](${leaf}/commit/${sha(1)}) \`v1.2.3\` ([compare](${leaf}/compare/v1...${sha(1)})) |`,
    )
    expect(stderr).toContain(`([compare](${github.url}/acme/tools/compare/login/v1...${sha(2)})) |`)
    expect(stderr).toContain(
      '- `action.yml:8` is pinned already; its version is written as `v1.2.3`',
    )
    expect(stderr).toContain(
      '    directories:\n      - /\n      - /deep/in/a/folder\n      - /sub\n',
    )
    expect(stderr).toContain('helpers:pinGitHubActionDigests')
    expect(stderr).toContain(`at \`acme/setup@trunk\`, commit \`${sha(10)}\`.`)
  })

  test('tells the chains of the repository that it is called in, if that uses the action', async () => {
    const user = await temporaryRepository({ [CI]: workflow(`acme/setup@${sha(11)} # v3`) })
    const { stderr } = await patchIn(user, 'Acme/Setup')
    const chain = `- \`${CI}:6\` → \`acme/setup@${sha(11).slice(0, 12)} (v3)\` → \`acme/leaf@v1\``
    expect(stderr).toContain(`This is how a workflow gets there:\n\n${chain}\n\n`)
    expect(stderr).toContain('note  the text names workflows of your repository')

    const other = await temporaryRepository({ [CI]: workflow(`acme/leaf@${sha(1)} # v1.2.3`) })
    const own = await patchIn(other, 'acme/setup@v3')
    expect(own.stderr).toContain('gets there:\n\n- `acme/setup@v3` → `acme/leaf@v1`\n\n')
    expect(own.stderr).not.toContain('your repository')
  })

  test('tells what is not pinned below, which takes patches of its own', async () => {
    const { code, stderr } = await patchIn(await temporaryFolder(), 'acme/above')
    expect(code).toBe(0)
    const leaf = `acme/both@${sha(14).slice(0, 12)} (v1)`
    expect(stderr).toContain(
      `Below that, in other repositories, this is not pinned yet, which is for them to mend:\n\n- \`action.yml:5\` → \`${leaf}\` → \`acme/leaf@v1\`\n\n`,
    )
    expect(stderr).toContain(
      'note  this patch alone is not enough: actions below it are not pinned, either, which takes `pinsmith patch acme/both`\n',
    )
  })

  test('does not call its own actions those of others, nor send for itself', async () => {
    const { stderr } = await patchIn(await temporaryFolder(), 'Acme/knot')
    const part = `acme/knot/part@${sha(22).slice(0, 12)} (v1)`
    expect(stderr).not.toContain('in other repositories')
    expect(stderr).toContain(
      `are not pinned in what they use, since no patch reaches a commit that is made already:\n\n- \`action.yml:5\` → \`${part}\` → \`acme/leaf@v1\`\n\n`,
    )
    expect(stderr).toContain('note  this patch alone is not enough: it pins actions of Acme/knot')
    expect(stderr).not.toMatch(/`pinsmith patch acme.knot`/i)
  })

  test('advises `$/` where a repository uses its own action', async () => {
    const { stdout, stderr } = await patchIn(await temporaryFolder(), 'acme/self')
    expect(stdout).toContain(`+    - uses: acme/self/part@${sha(20)} # v1`)
    expect(stderr).toContain(
      '- `acme/self/part@v1`: this is an action of this very repository: as `$/part` it needs no version',
    )
  })
})

describe('--out', () => {
  test('writes the patch and the text, into a folder that it makes, again and again', async () => {
    const cwd = await temporaryFolder({ 'made/acme-setup.md': 'an earlier one' })
    const printed = await patchIn(cwd, 'acme/setup')
    for (const out of ['made', 'new/folder', 'new/folder']) {
      const { code, stdout, stderr } = await patchIn(cwd, 'acme/setup', '--out', out)
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
      const folder = join(cwd, out)
      expect(await readFile(join(folder, 'acme-setup.patch'), 'utf8')).toBe(printed.stdout)
      const text = await readFile(join(folder, 'acme-setup.md'), 'utf8')
      expect(printed.stderr).toContain(text)
      expect(stderr).toBe(dedent`
        ✓ a patch of acme/setup@trunk (${sha(10).slice(0, 12)})  6 references pinned in 4 files
            next  in a checkout of acme/setup at that commit run \`git apply\` on ${join(folder, 'acme-setup.patch')}, and open a pull request with ${join(folder, 'acme-setup.md')}
      `)
    }
  })

  test('that cannot be written to is exit code 2', async () => {
    const cwd = await temporaryFolder({ file: '', 'folder/acme-setup.md/x': '' })
    const inFile = await patchIn(cwd, 'acme/setup', '--out', 'file/below')
    expect(inFile).toMatchObject({ code: 2, stdout: '' })
    expect(inFile.stderr).toMatch(/"[^"]*file\/below" could not be made: /)
    const overFolder = await patchIn(cwd, 'acme/setup', '--out', 'folder')
    expect(overFolder).toMatchObject({ code: 2, stdout: '' })
    expect(overFolder.stderr).toMatch(/"[^"]*folder\/acme-setup\.md" could not be written: /)
  })
})

test.each([
  [['patch'], "missing required argument 'repository'"],
  [['patch', 'acme'], '"acme" names no repository: write owner/repo, or owner/repo@ref'],
  [['patch', 'acme/tool/sub'], 'names a part of a repository, and a patch is of the whole'],
  [['patch', 'acme/tool@v1~1'], 'names no repository'],
])('wrong usage is exit code 2: %j', async (args, what) => {
  const cwd = await temporaryFolder()
  const { code, stdout, stderr } = await runPinsmith(args, { cwd, github })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(what)
})

test('names of files cannot add to the text', async () => {
  const evil = 'x`\n\n# <b>@everyone</b> | a'
  const hostile = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1 } }),
      makeWorld('acme/evil', {
        heads: { main: 2 },
        manifests: { 2: { [`${evil}/action.yml`]: composite('acme/leaf@v1') } },
      }),
    ],
  })
  const cwd = await temporaryFolder()
  const { stderr } = await runPinsmith(['patch', 'acme/evil'], { cwd, github: hostile })
  await hostile.close()
  expect(stderr).not.toContain('\n# <b>')
  for (const line of stderr.split('\n').filter((each) => each.includes('@everyone')))
    expect(line).toMatch(/`[^`]*@everyone[^`]*`|^ {6}- "[^"]*@everyone[^"]*"$/)
})
