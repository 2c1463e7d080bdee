import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  discover,
  discoveryFaultMessage,
  type Discovery,
  type Found,
} from '../../src/apply/discover.ts'
import { gitLister } from '../../src/apply/git-files.ts'
import { git, putFiles, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'

const onWindows = process.platform === 'win32'
const asRoot = process.getuid?.() === 0

describe('without paths', () => {
  test('finds workflows, tracked manifests and templates of the repository', async () => {
    const root = await temporaryRepository({
      '.github/workflows/ci.yml': '',
      '.github/workflows/release.yaml': '',
      '.github/workflows/nested/no.yml': '',
      '.github/workflows/notes.md': '',
      '.github/dependabot.yml': '',
      'action.yml': '',
      'actions/deep/er/action.yaml': '',
      'actions/my-action.yml': '',
      'workflow-templates/ci.yml': '',
      'workflow-templates/ci.properties.json': '',
      'docs/example.yml': '',
    })
    const found = await find(root)
    expect(pathsOf(found)).toEqual([
      '.github/workflows/ci.yml',
      '.github/workflows/release.yaml',
      'action.yml',
      'actions/deep/er/action.yaml',
      'workflow-templates/ci.yml',
    ])
    expect(found.problems).toEqual([])
    expect(found.files.map((file) => file.named)).not.toContain(true)
    expect(found.files[0]).toEqual({
      path: '.github/workflows/ci.yml',
      absolute: join(root, '.github', 'workflows', 'ci.yml'),
      root,
      named: false,
    })
  })

  test('finds the repository from a folder inside it', async () => {
    const root = await temporaryRepository({ '.github/workflows/ci.yml': '', 'src/deep/a.txt': '' })
    const found = await find(join(root, 'src', 'deep'))
    expect(found.root).toBe(root)
    expect(found.cwd).toBe(join(root, 'src', 'deep'))
    expect(pathsOf(found)).toEqual(['.github/workflows/ci.yml'])
  })

  test('takes untracked workflows, but no untracked or deleted manifests', async () => {
    const root = await temporaryRepository({ 'gone/action.yml': '', 'kept/action.yml': '' })
    await rm(join(root, 'gone', 'action.yml'))
    await putFiles(root, { 'build/action.yml': '', '.github/workflows/new.yml': '' })
    const found = await find(root)
    expect(pathsOf(found)).toEqual(['.github/workflows/new.yml', 'kept/action.yml'])
    expect(found.problems).toEqual([])
  })

  test.skipIf(onWindows)('takes names with blanks, line feeds and any letters', async () => {
    const root = await temporaryRepository({
      '.github/workflows/my "ci".yml': '',
      'a b/action.yml': '',
      'line\nfeed/action.yml': '',
      'größe-🚀/action.yml': '',
    })
    expect(pathsOf(await find(root))).toEqual([
      '.github/workflows/my "ci".yml',
      'a b/action.yml',
      'größe-🚀/action.yml',
      'line\nfeed/action.yml',
    ])
  })

  test('leaves submodules alone', async () => {
    const library = await temporaryRepository({ 'action.yml': '' })
    const root = await temporaryRepository({ 'action.yml': '' })
    git(root, 'submodule', '--quiet', 'add', library, 'library')
    expect(pathsOf(await find(root))).toEqual(['action.yml'])
    expect(pathsOf(await find(join(root, 'library')))).toEqual(['action.yml'])
    expect((await find(join(root, 'library'))).root).toBe(join(root, 'library'))
  })

  test('works in a worktree, where .git is a file', async () => {
    const root = await temporaryRepository({ '.github/workflows/ci.yml': '', 'a/action.yml': '' })
    const elsewhere = join(await temporaryFolder(), 'tree')
    git(root, 'worktree', 'add', '--quiet', elsewhere)
    const found = await find(elsewhere)
    expect(found.root).toBe(elsewhere)
    expect(pathsOf(found)).toEqual(['.github/workflows/ci.yml', 'a/action.yml'])
  })

  test('without git, walks the tree but not node_modules or other repositories', async () => {
    const root = await temporaryRepository({
      'action.yml': '',
      'tools/action.yaml': '',
      'node_modules/x/action.yml': '',
      'other/action.yml': '',
    })
    git(join(root, 'other'), 'init', '--quiet')
    const found = await discover({ cwd: root, paths: [], git: async () => undefined })
    expect(pathsOf(found)).toEqual(['action.yml', 'tools/action.yaml'])
  })

  test('where there is no git program, the lister says so', async () => {
    const root = await temporaryRepository({ 'action.yml': '' })
    const empty = await temporaryFolder()
    expect(await gitLister({ PATH: empty, Path: empty })(root)).toBeUndefined()
  })

  test("is not led to another repository by a hook's variables", async () => {
    const other = await temporaryRepository({ 'other/action.yml': '' })
    const root = await temporaryRepository({ 'own/action.yml': '' })
    const env = { ...process.env, GIT_DIR: join(other, '.git'), GIT_LITERAL_PATHSPECS: '1' }
    expect(await gitLister(env)(root)).toEqual(['own/action.yml'])
  })

  test.skipIf(onWindows)('runs no program that the repository names', async () => {
    const root = await temporaryRepository({ 'action.yml': '' })
    const outside = await temporaryFolder({ 'monitor.sh': `#!/bin/sh\ntouch "$0.ran"\n` })
    const monitor = join(outside, 'monitor.sh')
    await chmod(monitor, 0o755)
    git(root, 'config', 'core.fsmonitor', monitor)
    expect(await gitLister(process.env)(root)).toEqual(['action.yml'])
    expect(await readdir(outside)).toEqual(['monitor.sh'])
    git(root, 'status')
    expect(await readdir(outside)).toEqual(['monitor.sh', 'monitor.sh.ran'])
  })

  test('outside a repository, takes a folder that is laid out as one', async () => {
    const folder = await temporaryFolder({ '.github/workflows/ci.yml': '', 'a/action.yml': '' })
    expect(pathsOf(await find(folder))).toEqual(['.github/workflows/ci.yml', 'a/action.yml'])
    const action = await temporaryFolder({ 'action.yaml': '' })
    expect(pathsOf(await find(action))).toEqual(['action.yaml'])
  })

  test('elsewhere, says what to do', async () => {
    const cwd = await temporaryFolder({ 'a.txt': '' })
    const fault = { kind: 'usage', code: 'no-repository', cwd } as const
    expect(await discover({ cwd, paths: [] })).toEqual(fault)
    expect(discoveryFaultMessage(fault)).toMatch(/go to a repository, or name the files/)
  })
})

describe('with paths', () => {
  test('takes a file whatever its name, once, with its path from the root', async () => {
    const root = await temporaryRepository({ 'sub/odd.txt': '', 'sub/b.yml': '' })
    const cwd = join(root, 'sub')
    const found = await find(cwd, ['odd.txt', './odd.txt', join(cwd, 'odd.txt'), '../sub/b.yml'])
    expect(found.files).toEqual([
      { path: 'sub/b.yml', absolute: join(cwd, 'b.yml'), root, named: true },
      { path: 'sub/odd.txt', absolute: join(cwd, 'odd.txt'), root, named: true },
    ])
  })

  test('a file is named even if its folder is too', async () => {
    const root = await temporaryRepository({ '.github/workflows/a.yml': '', 'action.yml': '' })
    const found = await find(root, ['.', 'action.yml'])
    expect(found.files.map(({ path, named }) => [path, named])).toEqual([
      ['.github/workflows/a.yml', false],
      ['action.yml', true],
    ])
  })

  test('takes all YAML files below a plain folder', async () => {
    const root = await temporaryRepository({
      'examples/a.yml': '',
      'examples/deep/b.yaml': '',
      'examples/deep/c.json': '',
      'examples/node_modules/d.yml': '',
      'examples/.hidden/e.yml': '',
      'other/f.yml': '',
    })
    expect(pathsOf(await find(root, ['examples']))).toEqual([
      'examples/.hidden/e.yml',
      'examples/a.yml',
      'examples/deep/b.yaml',
    ])
  })

  test('takes a folder with .github as a repository', async () => {
    const root = await temporaryFolder({
      'one/.github/workflows/ci.yml': '',
      'one/.github/dependabot.yml': '',
      'one/docs/x.yml': '',
      'one/tools/action.yml': '',
    })
    const found = await find(root, ['one'])
    expect(pathsOf(found)).toEqual(['one/.github/workflows/ci.yml', 'one/tools/action.yml'])
    expect(found.files.map((file) => file.root)).toEqual([join(root, 'one'), join(root, 'one')])
  })

  test('another repository: paths from the current folder, the root its own', async () => {
    const other = await temporaryRepository({ '.github/workflows/ci.yml': '' })
    const root = await temporaryRepository({ 'sub/a.txt': '' })
    const found = await find(join(root, 'sub'), [other])
    expect(found.root).toBe(root)
    expect(found.files).toHaveLength(1)
    expect(found.files[0]?.path).toMatch(/^\.\.\/\.\.\/.*\/\.github\/workflows\/ci\.yml$/)
    expect(found.files[0]?.root).toBe(other)
  })

  test('names every path that is missing', async () => {
    const cwd = await temporaryRepository({ 'a.yml': '' })
    const paths = ['b.yml', 'a.yml/c.yml', '']
    const fault = { kind: 'usage', code: 'missing-paths', paths } as const
    expect(await discover({ cwd, paths: ['a.yml', ...paths] })).toEqual(fault)
    expect(discoveryFaultMessage(fault)).toContain('"b.yml", "a.yml/c.yml", ""')
  })

  test('keeps files apart that differ in case, where the disk does', async () => {
    const root = await temporaryRepository({ 'a.yml': '' })
    const upper = await discover({ cwd: root, paths: ['a.yml', 'A.yml'] })
    if (upper.kind === 'usage') await putFiles(root, { 'A.yml': '' })
    expect(pathsOf(await find(root, ['a.yml', 'A.yml']))).toEqual(
      upper.kind === 'usage' ? ['A.yml', 'a.yml'] : ['a.yml'],
    )
  })

  test.skipIf(onWindows)('a pipe is no file', async () => {
    const root = await temporaryRepository()
    execFileSync('mkfifo', [join(root, 'pipe.yml')])
    expect((await find(root, ['pipe.yml'])).problems).toEqual([
      { file: 'pipe.yml', code: 'unreadable', detail: 'it is not a regular file' },
    ])
  })

  test.skipIf(onWindows || asRoot)('a folder that may not be read is a problem', async () => {
    const root = await temporaryRepository({ 'shut/a.yml': '' })
    await chmod(join(root, 'shut'), 0)
    const { problems } = await find(root, ['shut'])
    await chmod(join(root, 'shut'), 0o755)
    expect(problems).toEqual([{ file: 'shut', code: 'unreadable', detail: 'permission denied' }])
  })
})

describe.skipIf(onWindows)('symbolic links', () => {
  test('a linked file is a problem, named or not', async () => {
    const root = await temporaryRepository({ 'real.yml': '', '.github/workflows/ci.yml': '' })
    await symlink(join(root, 'real.yml'), join(root, '.github/workflows/link.yml'))
    await symlink('nowhere', join(root, 'action.yml'))
    git(root, 'add', '--all')
    const all = await find(root)
    expect(pathsOf(all)).toEqual(['.github/workflows/ci.yml'])
    expect(all.problems).toEqual([
      { file: '.github/workflows/link.yml', code: 'symlink' },
      { file: 'action.yml', code: 'symlink' },
    ])
    expect(await find(root, ['action.yml'])).toMatchObject({
      files: [],
      problems: [{ file: 'action.yml', code: 'symlink' }],
    })
  })

  test.each(['.github', '.github/workflows', 'workflow-templates'])(
    'a linked %s is a problem and is not entered',
    async (path) => {
      const elsewhere = await temporaryFolder({ 'workflows/a.yml': '', 'a.yml': '' })
      const root = await temporaryRepository({ '.keep': '' })
      if (path.includes('/')) await mkdir(join(root, '.github'))
      await symlink(elsewhere, join(root, path))
      expect(await find(root)).toMatchObject({
        files: [],
        problems: [{ file: path, code: 'symlink' }],
      })
    },
  )

  test('a tracked manifest whose folder was made a link is not reached', async () => {
    const root = await temporaryRepository({ 'tool/action.yml': '' })
    await rename(join(root, 'tool'), join(root, 'moved'))
    await symlink('moved', join(root, 'tool'))
    const found = await find(root)
    expect(pathsOf(found)).toEqual([])
    expect(found.problems).toEqual([{ file: 'tool', code: 'symlink' }])
  })

  test('a file below a linked folder of the repository is not reached', async () => {
    const elsewhere = await temporaryRepository({ 'a.yml': '' })
    const root = await temporaryRepository()
    await symlink(elsewhere, join(root, 'link'))
    const found = await find(root, ['link/a.yml', 'link'])
    expect(pathsOf(found)).toEqual([])
    expect(found.problems).toEqual([{ file: 'link', code: 'symlink' }])
  })

  test('linked folders in a plain folder are passed over', async () => {
    const root = await temporaryRepository({ 'examples/a.yml': '' })
    await symlink('.', join(root, 'examples', 'loop'))
    const found = await find(root, ['examples'])
    expect(pathsOf(found)).toEqual(['examples/a.yml'])
    expect(found.problems).toEqual([])
  })

  test('links above the repository do not matter', async () => {
    const root = await temporaryRepository({ 'action.yml': '', '.github/workflows/ci.yml': '' })
    const alias = join(await temporaryFolder(), 'alias')
    await symlink(root, alias)
    for (const found of [
      await find(alias),
      await find(root, [join(alias, '.github'), join(alias, 'action.yml')]),
    ]) {
      expect(found.root).toBe(root)
      expect(pathsOf(found)).toEqual(['.github/workflows/ci.yml', 'action.yml'])
      expect(found.problems).toEqual([])
    }
  })
})

test.skipIf(process.platform !== 'linux')('a name that is not UTF-8 is a problem', async () => {
  const root = await temporaryRepository()
  const name = Buffer.from([0x62, 0xff, 0x64])
  const folder = Buffer.concat([Buffer.from(`${root}/`), name])
  await mkdir(folder)
  await writeFile(Buffer.concat([folder, Buffer.from('/action.yml')]), '')
  git(root, 'add', '--all')
  const found = await find(root)
  expect(found.problems).toEqual([
    { file: 'b\u{fffd}d/action.yml', code: 'unreadable', detail: 'its name is not UTF-8' },
  ])
})

async function find(cwd: string, paths: readonly string[] = []): Promise<Found> {
  const discovery = await discover({ cwd, paths })
  if (discovery.kind === 'usage') throw new Error(discoveryFaultMessage(discovery))
  return discovery
}

function pathsOf(discovery: Discovery): string[] {
  if (discovery.kind === 'usage') throw new Error(discoveryFaultMessage(discovery))
  return discovery.files.map((file) => file.path)
}
