import { readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/config/parse.ts'
import { dedent } from '../support/dedent.ts'
import { runPinsmith } from '../support/run.ts'
import { git, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'
import { CI, onWindows, snapshot, textOf, workflow } from './support.ts'

const CONFIG = '.github/pinsmith.yml'

const init = (cwd: string, ...args: string[]) => runPinsmith(['init', ...args], { cwd })

describe('pinsmith init', () => {
  test('writes a configuration that says nothing yet, and what to do next', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('acme/tool@v1') })
    const { code, stdout, stderr } = await init(cwd)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toBe(dedent`
      ✓ ${CONFIG} written
          next  read it and commit it; \`pinsmith --dry-run\` shows what it makes of this repository
                an editor with a YAML language server completes and checks ${CONFIG}
    `)
    expect(parseConfig(CONFIG, await textOf(cwd, CONFIG))).toMatchObject({ ignore: [] })
    expect(git(cwd, 'status', '--short', '--untracked-files=all')).toBe(`?? ${CONFIG}\n`)
  })

  test('makes the folder, at the root of the repository, with --quiet silently', async () => {
    const cwd = await temporaryRepository({ 'src/deep/a.txt': '' })
    expect(await init(join(cwd, 'src/deep'), '--quiet')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    expect(await readdir(join(cwd, '.github'))).toEqual(['pinsmith.yml'])
  })

  test('what it wrote is honoured', async () => {
    const cwd = await temporaryRepository({
      [CI]: workflow('acme/tool@v1'),
      '.pinact.yaml': 'version: 3\nignore_actions: [{ name: acme/.*, ref: v1 }]\n',
    })
    expect((await init(cwd)).code).toBe(0)
    const { code, stderr } = await runPinsmith(['--no-nested', '--verbose'], { cwd })
    expect(code).toBe(0)
    expect(stderr).toContain(
      'acme/tool@v1  ignored by the configuration: carried over from .pinact.yaml',
    )
  })

  test.each([CONFIG, '.github/pinsmith.yaml'])(
    'never writes over %s, unless --force',
    async (path) => {
      const cwd = await temporaryRepository({ [path]: 'branches: deny\n' })
      const { code, stderr } = await init(cwd)
      expect(code).toBe(2)
      expect(stderr).toBe(`✗ pinsmith: ${path} is there already: give --force to write over it\n`)
      expect(await textOf(cwd, path)).toBe('branches: deny\n')
      expect((await init(cwd, '--force')).code).toBe(0)
      expect(await textOf(cwd, path)).toContain('yaml-language-server')
      expect(await readdir(join(cwd, '.github'))).toEqual([path.slice('.github/'.length)])
    },
  )

  test('both of them are too many', async () => {
    const cwd = await temporaryRepository({ [CONFIG]: '', '.github/pinsmith.yaml': '' })
    const { code, stderr } = await init(cwd, '--force')
    expect(code).toBe(2)
    expect(stderr).toContain('.github/pinsmith.yaml is there too')
  })

  test('outside any repository it writes nothing', async () => {
    const cwd = await temporaryFolder({ 'a.txt': '' })
    const { code, stderr } = await init(cwd)
    expect(code).toBe(2)
    expect(stderr).toContain('is not in a repository')
    expect(Object.keys(await snapshot(cwd))).toEqual(['a.txt'])
  })

  test.skipIf(onWindows)('writes through no link', async () => {
    const cwd = await temporaryRepository({ 'elsewhere/a.txt': '' })
    await symlink('elsewhere', join(cwd, '.github'))
    const { code, stderr } = await init(cwd)
    expect(code).toBe(2)
    expect(stderr).toContain('this is a symbolic link')
    expect(await readdir(join(cwd, 'elsewhere'))).toEqual(['a.txt'])
  })
})

describe('what is carried over', () => {
  test('from pinact, with what could not be', async () => {
    const pinact = dedent`
      version: 3
      files: [{ pattern: action.yml }]
      ignore_actions:
        - { name: my-org/.*, ref: main }
        - { name: "[a-z]+/x", ref: .* }
      min_age: 14
    `
    const cwd = await temporaryRepository({ '.pinact.yaml': pinact })
    const { code, stderr } = await init(cwd)
    expect(code).toBe(0)
    expect(stderr).toBe(dedent`
      ✓ ${CONFIG} written
          note  1 ignore carried over from .pinact.yaml, and its min_age as cooldown: 14d
          note  1 ignore could not be carried over, since no glob says the same as the regular expression: it stands in the file as a comment
          note  files: pinsmith finds workflows and actions by itself; name other files on the command line
          next  read it and commit it; \`pinsmith --dry-run\` shows what it makes of this repository
                .pinact.yaml can go once pinact is no longer run
                an editor with a YAML language server completes and checks ${CONFIG}
    `)
    const text = await textOf(cwd, CONFIG)
    expect(text).toContain(dedent`
      ignore:
        - action: 'my-org/**@main'
          reason: 'carried over from .pinact.yaml'
        # No glob says the same as this regular expression: write one that does, or take this out.
        # - action: "[a-z]+/x" @ ".*"
        #   reason: 'carried over from .pinact.yaml'
    `)
    expect(text).toContain('\ncooldown: 14d\n')
  })

  test.each(['.pinact.yaml', '.github/pinact.yaml', '.pinact.yml', '.github/pinact.yml'])(
    'from %s',
    async (path) => {
      const cwd = await temporaryRepository({
        [path]: 'ignore_actions: [{ name: actions/checkout }]\n',
      })
      expect((await init(cwd)).code).toBe(0)
      expect(await textOf(cwd, CONFIG)).toContain(
        `- action: 'actions/checkout'\n    reason: 'carried over from ${path}'`,
      )
    },
  )

  test('from the file that --from names, and nothing with --no-from', async () => {
    const cwd = await temporaryRepository({
      '.pinact.yaml': '{',
      'other.yml': 'ignore_actions: [{ name: actions/cache }]\n',
    })
    expect((await init(cwd, '--from', 'other.yml')).code).toBe(0)
    expect(await textOf(cwd, CONFIG)).toContain("- action: 'actions/cache'")
    expect((await init(cwd, '--no-from', '--force')).code).toBe(0)
    expect(await textOf(cwd, CONFIG)).not.toContain('actions/cache')
  })

  test('nothing is written where it cannot be read', async () => {
    const cwd = await temporaryRepository({
      '.pinact.yaml': 'ignore_actions:\n  - ref: main\nmin_age: soon\n',
    })
    const { code, stderr } = await init(cwd)
    expect(code).toBe(2)
    expect(stderr).toBe(dedent`
      ✗ .pinact.yaml:2:5
          ignore_actions[0] has no name
          next  add the key name

      ✗ .pinact.yaml:3:10
          min_age is "soon"
          next  write a whole number of days

      ✗ pinsmith: .pinact.yaml cannot be carried over: 2 faults
          why   what it ignores would not be ignored here; nothing was written
          next  mend it, or do without it (--no-from)
    `)
    expect(Object.keys(await snapshot(cwd))).toEqual(['.pinact.yaml'])
  })

  test('a file that --from names must be there', async () => {
    const cwd = await temporaryRepository()
    const { code, stderr } = await init(cwd, '--from', 'no-such.yml')
    expect(code).toBe(2)
    expect(stderr).toContain('✗ no-such.yml\n    there is no such file')
  })
})
