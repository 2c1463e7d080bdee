import { existsSync } from 'node:fs'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { dedent } from '../support/dedent.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith, spawnPinsmith } from '../support/run.ts'
import { putFiles, temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('a/b', { tags: { v1: 1, 'v1.2.0': 1 } }),
    makeWorld('a/secret', { tags: { v1: 2, 'v1.0.0': 2 }, private: true }),
    makeWorld('saml/action', { tags: { v1: 3, 'v1.0.0': 3 }, saml: true }),
  ],
})
afterAll(() => github.close())
afterEach(() => {
  github.requests.clear()
  github.faults.clear()
})

const CI = '.github/workflows/ci.yml'
const OTHER = '.github/workflows/other.yml'
const PINNED = `a/b@${sha(1)} # v1.2.0`

function workflow(...uses: readonly string[]): string {
  return `jobs:\n  j:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}`
}

function read(folder: string, path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8')
}

describe('what is written', () => {
  test('everything that can be, though something else is left', async () => {
    const cwd = await temporaryRepository({
      [CI]: workflow('a/b@v1', 'a/b@nope'),
      [OTHER]: workflow('a/b@v1'),
      '.github/workflows/bad.yml': 'jobs: [\n',
      '.github/workflows/binary.yml': Buffer.from([0, 1, 2]),
      'action/action.yml': 'runs:\n  steps: [uses: a/b@v1]\n',
    })
    const { code, stderr } = await runPinsmith(['--no-nested'], { cwd, github })
    expect(code).toBe(1)
    expect(await read(cwd, CI)).toBe(workflow(PINNED, 'a/b@nope'))
    expect(await read(cwd, OTHER)).toBe(workflow(PINNED))
    expect(await read(cwd, 'action/action.yml')).toBe(
      `runs:\n  steps: [uses: a/b@${sha(1)}] # v1.2.0\n`,
    )
    for (const place of [`${CI}:5:15`, '.github/workflows/bad.yml:2:1', 'binary.yml'])
      expect(stderr).toContain(place)
  })

  test('nothing by --strict if anything at all is left', async () => {
    const files = { [CI]: workflow('a/b@v1'), [OTHER]: workflow('a/b@nope') }
    const cwd = await temporaryRepository(files)
    expect((await runPinsmith(['--no-nested', '--strict'], { cwd, github })).code).toBe(1)
    expect(await read(cwd, CI)).toBe(files[CI])

    const bad = await temporaryRepository({ ...files, [OTHER]: 'jobs: [\n' })
    expect((await runPinsmith(['--no-nested', '--strict'], { cwd: bad, github })).code).toBe(1)
    expect(await read(bad, CI)).toBe(files[CI])

    const good = await temporaryRepository({ [CI]: workflow('a/b@v1') })
    expect((await runPinsmith(['--no-nested', '--strict'], { cwd: good, github })).code).toBe(0)
    expect(await read(good, CI)).toBe(workflow(PINNED))
  })

  test('nothing where the host fails', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1') })
    const env = { GITHUB_TOKEN: 'not-the-token' }
    const { code, stderr } = await runPinsmith(['--no-nested'], { cwd, github, env })
    expect(code).toBe(2)
    expect(stderr).toContain('127.0.0.1')
    expect(stderr).not.toContain('not-the-token')
    expect(await read(cwd, CI)).toBe(workflow('a/b@v1'))
  })

  test('nothing by a dry run, which tells by its exit code if it is asked to', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1') })
    expect((await runPinsmith(['--no-nested', '--dry-run'], { cwd, github })).code).toBe(0)
    const run = await runPinsmith(['--no-nested', '-n', '--exit-code'], { cwd, github })
    expect(run.code).toBe(1)
    expect(run.stdout).toBe(dedent`
      --- a/${CI}
      +++ b/${CI}
      @@ -1,4 +1,4 @@
       jobs:
         j:
           steps:
      -      - uses: a/b@v1
      +      - uses: ${PINNED}
    `)
    expect(await read(cwd, CI)).toBe(workflow('a/b@v1'))
    await runPinsmith(['--no-nested'], { cwd, github })
    expect(await runPinsmith(['--no-nested', '-n', '--exit-code'], { cwd, github })).toMatchObject({
      code: 0,
      stdout: '',
    })
  })

  test.skipIf(process.platform === 'win32')('with the mode that it had', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1') })
    await chmod(join(cwd, CI), 0o640)
    await runPinsmith(['--no-nested'], { cwd, github })
    expect((await stat(join(cwd, CI))).mode & 0o777).toBe(0o640)
  })
})

describe('which files', () => {
  test('those that local references lead to, tracked or not, however deep', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('./one') })
    await putFiles(cwd, {
      'one/action.yaml': 'runs: {using: composite, steps: [{uses: $/two/three}]}\n',
      'two/three/action.yml': 'runs:\n  steps:\n    - uses: a/b@v1\n    - uses: ./one\n',
      'four/action.yml': 'runs: {steps: [{uses: a/b@v1}]}\n',
    })
    expect((await runPinsmith(['--no-nested'], { cwd, github })).code).toBe(0)
    expect(await read(cwd, 'two/three/action.yml')).toContain(PINNED)
    expect(await read(cwd, 'four/action.yml')).toContain('a/b@v1')
  })

  test.skipIf(process.platform === 'win32')(
    'not through a link, which is a problem and not passed over',
    async () => {
      const cwd = await temporaryRepository({ [CI]: workflow('./linked', 'a/b@v1') })
      await putFiles(cwd, { 'real/action.yml': 'runs: {steps: [{uses: a/b@v1}]}\n' })
      await symlink('real', join(cwd, 'linked'))
      const run = await runPinsmith(['--no-nested', '--format', 'json'], { cwd, github })
      expect(run.code).toBe(1)
      expect(JSON.parse(run.stdout)).toMatchObject({
        problems: [{ code: 'symlink', file: 'linked' }],
      })
      expect(await read(cwd, 'real/action.yml')).toContain('a/b@v1')
    },
  )

  test('only those that are named', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1'), [OTHER]: workflow('a/b@v1') })
    expect((await runPinsmith(['--no-nested', OTHER], { cwd, github })).code).toBe(0)
    expect(await read(cwd, CI)).toBe(workflow('a/b@v1'))
    expect(await read(cwd, OTHER)).toBe(workflow(PINNED))
    expect((await runPinsmith(['--no-nested', 'nope.yml'], { cwd, github })).code).toBe(2)
  })

  test('a named file that is no workflow is a problem, one that was come upon is not', async () => {
    const cwd = await temporaryFolder({ 'x/compose.yml': 'services: {}\n' })
    expect((await runPinsmith(['--no-nested', 'x'], { cwd, github })).code).toBe(0)
    expect((await runPinsmith(['--no-nested', 'x/compose.yml'], { cwd, github })).code).toBe(1)
  })
})

describe("GitHub's lockfile", () => {
  const LOCK = '.github/workflows/actions.lock'
  const files = { [CI]: workflow('a/b@v1'), [OTHER]: workflow('a/b@v1') }
  const lock = `version: v1\nworkflows:\n  ${CI}: [a/b@v1]\n`

  test('keeps what it lists from being edited, but for --locked', async () => {
    const cwd = await temporaryRepository({ ...files, [LOCK]: lock })
    const run = await runPinsmith(['--no-nested'], { cwd, github })
    expect(run.code).toBe(0)
    expect(run.stderr).toContain('actions.lock')
    expect(await read(cwd, CI)).toBe(files[CI])
    expect(await read(cwd, OTHER)).toBe(workflow(PINNED))
    await runPinsmith(['--no-nested', '--locked'], { cwd, github })
    expect(await read(cwd, CI)).toBe(workflow(PINNED))
  })

  test('keeps all workflows from being edited where it cannot be read', async () => {
    const cwd = await temporaryRepository({
      ...files,
      [LOCK]: 'workflows: [\n',
      'action.yml': 'runs: {steps: [{uses: a/b@v1}]}\n',
    })
    const run = await runPinsmith(['--no-nested', '--format', 'json'], { cwd, github })
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({ problems: [{ code: 'lockfile', file: LOCK }] })
    expect(await read(cwd, CI)).toBe(files[CI])
    expect(await read(cwd, 'action.yml')).toContain(sha(1))
  })

  test.skipIf(process.platform === 'win32')('is not read through a link', async () => {
    const cwd = await temporaryRepository({ ...files, 'my.lock': 'workflows: {}\n' })
    await symlink('../../my.lock', join(cwd, LOCK))
    expect((await runPinsmith(['--no-nested'], { cwd, github })).code).toBe(1)
    expect(await read(cwd, CI)).toBe(files[CI])
  })

  test('counts in another repository that is named, too', async () => {
    const other = await temporaryRepository({ ...files, [LOCK]: lock })
    const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1') })
    expect((await runPinsmith(['--no-nested', other], { cwd, github })).code).toBe(0)
    expect(await read(other, CI)).toBe(files[CI])
    expect(await read(other, OTHER)).toBe(workflow(PINNED))
    expect(await read(cwd, CI)).toBe(workflow('a/b@v1'))
  })
})

describe('from standard input to standard output', () => {
  test.each([['-'], ['--stdin']])('%s', async (argument) => {
    const cwd = await temporaryFolder()
    const stdin = `\ufeff${workflow('a/b@v1 # 日本', 'a/b@nope')}`.replaceAll('\n', '\r\n')
    const run = await runPinsmith(['--no-nested', argument], { cwd, github, stdin })
    expect(run.code).toBe(1)
    expect(run.stdout).toBe(stdin.replace('a/b@v1', PINNED))
    expect(run.stderr).toContain('5:15')
  })

  test('what is no workflow goes through as it is, and is a problem', async () => {
    const cwd = await temporaryFolder()
    const run = await runPinsmith(['--no-nested', '-'], { cwd, github, stdin: 'a: b\n' })
    expect(run).toMatchObject({ code: 1, stdout: 'a: b\n' })
  })

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x6a, 0xff, 0x0a])],
    ['a binary', Buffer.from([0x6a, 0x00, 0x0a])],
  ])('%s are refused, and nothing else comes out in their stead', async (_, stdin) => {
    const cwd = await temporaryFolder()
    const run = await runPinsmith(['--no-nested', '-'], { cwd, github, stdin })
    expect(run.code).toBeGreaterThan(0)
    expect(run.stderr).not.toBe('')
  })
})

describe('what GitHub lets us see', () => {
  test('a private repository, with the token alone', async () => {
    const files = { [CI]: workflow('a/secret@v1') }
    const bare = await temporaryRepository(files)
    expect((await runPinsmith(['--no-nested'], { cwd: bare, github })).code).toBe(1)
    const cwd = await temporaryRepository(files)
    expect((await runPinsmith(['--no-nested'], { cwd, github, withToken: true })).code).toBe(0)
    expect(await read(cwd, CI)).toBe(workflow(`a/secret@${sha(2)} # v1.0.0`))
  })

  test('a public repository whose organisation refuses the token, without it', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('saml/action@v1') })
    expect((await runPinsmith(['--no-nested'], { cwd, github, withToken: true })).code).toBe(0)
    expect(await read(cwd, CI)).toBe(workflow(`saml/action@${sha(3)} # v1.0.0`))
  })

  test('nothing is asked where nothing is to ask', async () => {
    const cwd = await temporaryRepository({ [CI]: workflow('./x', 'docker://y', 'a/b') })
    expect((await runPinsmith(['--no-nested'], { cwd, github })).code).toBe(1)
    expect(github.requests.count()).toBe(0)
  })

  test.each([
    ['api', true, 'graphql'],
    ['git', true, 'git'],
    ['git', false, 'git'],
  ])('--resolver %s asks that way (token: %s)', async (resolver, withToken, kind) => {
    const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1') })
    const run = await runPinsmith(['--no-nested', '--resolver', resolver], {
      cwd,
      github,
      withToken,
    })
    expect(run.code).toBe(0)
    expect(github.requests.all().map((request) => request.kind)).toEqual([kind])
  })
})

const isBuilt = existsSync(new URL('../../dist/cli/main.js', import.meta.url))

test.skipIf(!isBuilt)('the built program does the same (needs `npm run build`)', async () => {
  const cwd = await temporaryRepository({ [CI]: workflow('a/b@v1', 'a/b@nope') })
  const run = await spawnPinsmith(['--no-nested', '--format', 'json'], { cwd, github })
  expect(run).toMatchObject({ code: 1, stderr: '' })
  expect(JSON.parse(run.stdout)).toMatchObject({ problems: [{ code: 'ref-not-found' }] })
  expect(await read(cwd, CI)).toBe(workflow(PINNED, 'a/b@nope'))
})
