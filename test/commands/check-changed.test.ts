import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CI, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { git, putFiles, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('acme/tool', { tags: { 'v1.0.0': 1 } }),
    makeWorld('acme/dirty', {
      tags: { 'v1.0.0': 2, 'v1.1.0': 3 },
      manifests: {
        2: { 'action.yml': composite('acme/tool@v1.0.0') },
        3: { 'action.yml': composite('acme/tool@v1.0.0') },
      },
    }),
  ],
})
afterAll(() => github.close())

const OTHER = '.github/workflows/other.yml'
const PIN = `acme/tool@${sha(1)} # v1.0.0`
const DIRTY = `acme/dirty@${sha(2)} # v1.0.0`

/** A workflow whose steps are these lines. */
function steps(...lines: readonly string[]): string {
  return `jobs:\n  j:\n    steps:\n${lines.join('')}`
}

/** As many steps that are pinned. */
function pinned(count: number): string[] {
  return Array.from({ length: count }, () => `      - uses: ${PIN}\n`)
}

/** What a check of the lines that were changed since a base finds: `file:line code`. */
async function findings(cwd: string, base = 'main', ...args: readonly string[]): Promise<string[]> {
  const run = await runPinsmith(['check', '--changed', base, '--format', 'json', ...args], {
    cwd,
    github,
    env: { GIT_DIFF_OPTS: '--unified=5', GIT_EXTERNAL_DIFF: 'false' },
  })
  expect(run.stderr).toBe('')
  const report: { findings: readonly { file?: string; line?: number; code: string }[] } =
    JSON.parse(run.stdout)
  expect(run.code).toBe(report.findings.length > 0 ? 1 : 0)
  return report.findings.map(({ file, line, code }) => `${file}:${line} ${code}`)
}

/** A repository on a branch of its own, whose main branch has these files. */
async function branchFrom(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await temporaryRepository(files)
  git(cwd, 'checkout', '--quiet', '-b', 'topic')
  return cwd
}

describe('a reference that was ignored by the line above it', () => {
  const USES = '      - uses: acme/tool@v1.0.0\n'
  const IGNORE = '      # pinsmith: ignore (ours)\n'

  test.each([
    ['the comment is gone', [USES], 4],
    ['and lines above it', ['      # words\n', IGNORE, ...pinned(2), USES], 8],
    ['it says something else', ['      # ignored no more\n', USES], 5],
    ['something stands between them', [IGNORE, ...pinned(1), USES], 6],
    ['an empty line parts them', [IGNORE, '\n', '      # words\n', USES], 7],
  ] as const)('is changed where %s', async (_, after, line) => {
    const cwd = await branchFrom({ [CI]: steps(IGNORE, USES, ...pinned(1)) })
    expect(await findings(cwd)).toEqual([])
    await writeFile(join(cwd, CI), steps(...after, ...pinned(1)))
    expect(await findings(cwd)).toEqual([`${CI}:${line} unpinned`])
  })

  test('is found again behind what was added and taken away', async () => {
    const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((n) => `      - run: echo ${n}\n`)
    const cwd = await branchFrom({
      [CI]: steps(`${one}${two}${three}`, USES, `${four}`, IGNORE, USES),
    })
    await writeFile(join(cwd, CI), steps(`${three}`, USES, `${four}`, `${five}`.repeat(3), USES))
    expect(await findings(cwd)).toEqual([`${CI}:10 unpinned`])
    expect(await findings(cwd, 'main', '--offline')).toEqual([`${CI}:10 unpinned`])
  })

  test('is none of those that have been there without it', async () => {
    const cwd = await branchFrom({ [CI]: steps(USES, IGNORE, USES) })
    await writeFile(join(cwd, CI), steps(USES, ...pinned(1), IGNORE, USES))
    expect(await findings(cwd)).toEqual([])
  })
})

describe('only what was changed is accused', () => {
  test('committed or not, in lines that were added or edited', async () => {
    const cwd = await branchFrom({ [CI]: workflow('acme/tool@v1.0.0', PIN, 'acme/tool@v1.0.0') })
    expect(await findings(cwd)).toEqual([])
    await writeFile(
      join(cwd, CI),
      workflow('acme/tool@v1.0.0', 'acme/tool@main', PIN, 'acme/tool@v1.0.0'),
    )
    expect(await findings(cwd)).toEqual([`${CI}:5 unpinned`])
    git(cwd, 'commit', '--quiet', '--all', '--message=second')
    expect(await findings(cwd)).toEqual([`${CI}:5 unpinned`])
  })

  test('since the branches parted, whatever the base did then', async () => {
    const cwd = await branchFrom({ [CI]: workflow('acme/tool@v1.0.0') })
    git(cwd, 'checkout', '--quiet', 'main')
    await writeFile(join(cwd, CI), workflow(PIN))
    git(cwd, 'commit', '--quiet', '--all', '--message=pin')
    git(cwd, 'checkout', '--quiet', 'topic')
    expect(await findings(cwd)).toEqual([])
  })

  test('a label that was taken away', async () => {
    const cwd = await branchFrom({ [CI]: workflow(PIN) })
    await writeFile(join(cwd, CI), workflow(`acme/tool@${sha(1)}`))
    expect(await findings(cwd)).toEqual([`${CI}:4 label-missing`])
  })

  test('a file that git does not track yet, the whole of it', async () => {
    const cwd = await branchFrom({ [CI]: workflow('acme/tool@v1.0.0') })
    await putFiles(cwd, { [OTHER]: workflow('acme/tool@v1.0.0') })
    expect(await findings(cwd)).toEqual([`${OTHER}:4 unpinned`])
  })

  test('a file that cannot be read, where any line of it was changed', async () => {
    const cwd = await branchFrom({ [CI]: workflow(PIN), [OTHER]: 'jobs: [\n' })
    expect(await findings(cwd)).toEqual([])
    await writeFile(join(cwd, CI), `${workflow(PIN)}  bad: [\n`)
    expect(await findings(cwd)).toEqual([`${CI}:6 not-understood`])
  })

  test('what an action uses belongs to the line that uses the action', async () => {
    const cwd = await branchFrom({ [CI]: workflow(DIRTY, PIN) })
    await writeFile(join(cwd, CI), workflow(DIRTY, PIN, PIN))
    expect(await findings(cwd)).toEqual([])
    await writeFile(join(cwd, CI), workflow(DIRTY, PIN, DIRTY))
    expect(await findings(cwd)).toEqual([`${CI}:6 nested-unpinned`])
  })

  test('a reference whose text stands below its key', async () => {
    const folded = workflow('>-\n          acme/tool@v0')
    const cwd = await branchFrom({ [CI]: folded })
    await writeFile(join(cwd, CI), folded.replace('@v0', '@v1.0.0'))
    expect(await findings(cwd)).toEqual([`${CI}:4 unpinned`])
  })

  test('offline, too', async () => {
    const cwd = await branchFrom({ [CI]: workflow('acme/tool@v1.0.0') })
    await writeFile(join(cwd, CI), workflow('acme/tool@v1.0.0', 'acme/tool@main'))
    expect(await findings(cwd, 'main', '--offline')).toEqual([`${CI}:5 unpinned`])
  })

  test('and mended: nothing else', async () => {
    const cwd = await branchFrom({ [CI]: workflow(`acme/tool@${sha(1)}`) })
    await writeFile(join(cwd, CI), workflow(`acme/tool@${sha(1)}`, `acme/tool@${sha(1)}`))
    const run = await runPinsmith(['check', '--fix', '--changed', 'main'], { cwd, github })
    expect(run.code).toBe(0)
    expect(git(cwd, 'diff', '--unified=0')).toContain(`+      - uses: ${PIN}\n`)
    expect(git(cwd, 'diff', '--numstat')).toBe(`1\t0\t${CI}\n`)
  })
})

describe('whatever the repository is like', () => {
  test('names that git quotes, and settings that change what it prints', async () => {
    const strange = '.github/workflows/"ünlike" a\\b.yml'
    const cwd = await branchFrom({ [strange]: workflow(PIN), 'deep/er/file.txt': '' })
    for (const setting of [
      'diff.noprefix=true',
      'diff.mnemonicPrefix=true',
      'diff.relative=true',
      'color.ui=always',
      'core.quotePath=true',
      'diff.external=false',
      'diff.context=9',
    ])
      git(cwd, 'config', ...setting.split('='))
    await writeFile(join(cwd, strange), workflow(PIN, 'acme/tool@v1.0.0'))
    expect(await findings(cwd)).toEqual([`${strange}:5 unpinned`])
  })

  test('text that looks like the header of a patch, and files without a final line end', async () => {
    const cwd = await branchFrom({ [OTHER]: workflow('acme/tool@v1.0.0'), 'a.txt': 'x' })
    await writeFile(join(cwd, 'a.txt'), `++ b/${OTHER}\n@@ -0,0 +1,99 @@`)
    expect(await findings(cwd)).toEqual([])
  })
})

describe('a change cannot be hidden from git', () => {
  test('by attributes', async () => {
    const cwd = await branchFrom({ [CI]: workflow(PIN) })
    await putFiles(cwd, {
      '.gitattributes': '*.yml -diff\n',
      [CI]: workflow(PIN, 'acme/tool@v1.0.0'),
    })
    expect(await findings(cwd)).toEqual([`${CI}:5 unpinned`])
  })

  test('where no line of the file is another: its mode, or that it is there', async () => {
    const cwd = await branchFrom({ [CI]: workflow(PIN), [OTHER]: 'name: none\n' })
    expect(await findings(cwd)).toEqual([])
    git(cwd, 'update-index', '--chmod=+x', OTHER)
    git(cwd, 'commit', '--quiet', '--message=mode')
    await chmod(join(cwd, OTHER), 0o755)
    await putFiles(cwd, { '.github/workflows/empty.yml': '' })
    git(cwd, 'add', '.')
    expect(await findings(cwd)).toEqual([
      '.github/workflows/empty.yml:undefined not-understood',
      `${OTHER}:undefined not-understood`,
    ])
  })

  test('by a byte that no text has', async () => {
    const cwd = await branchFrom({ [CI]: workflow(PIN) })
    await writeFile(join(cwd, CI), workflow(PIN, 'acme/tool@v1.0.0 # \0'))
    expect(await findings(cwd)).toEqual([`${CI}:undefined not-understood`])
  })
})

describe('a base that cannot be used is wrong usage', () => {
  test.each(['nowhere', '--output=stolen', 'HEAD^{tree}', ''])('%j', async (base) => {
    const cwd = await branchFrom({ [CI]: workflow('acme/tool@v1.0.0') })
    const run = await runPinsmith(['check', `--changed=${base}`], { cwd, github })
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('--changed')
    expect(git(cwd, 'status', '--porcelain')).toBe('')
  })

  test('one that has nothing in common with what is checked out', async () => {
    const cwd = await branchFrom({ [CI]: workflow(PIN) })
    git(cwd, 'checkout', '--quiet', '--orphan', 'other')
    git(cwd, 'commit', '--quiet', '--message=alone')
    const run = await runPinsmith(['check', '--changed', 'main'], { cwd, github })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('fetch-depth')
  })

  test('where there is no git repository', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow(PIN) })
    const run = await runPinsmith(['check', '--changed', 'main'], { cwd, github })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('git')
  })
})
