import { writeFileSync } from 'node:fs'
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LocalGitHub } from '../support/github/server.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder, temporaryRepository } from '../support/temporary-folder.ts'
import { CI, onWindows, PINNED, snapshot, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterEach(() => github.faults.clear())
afterAll(() => github.close())

const pin = (cwd: string, ...args: string[]) => runPinsmith(args, { cwd, github })

const GOOD = '.github/workflows/good.yml'

describe('what stands nowhere', () => {
  test('a missing path: nothing is done, not even with the other paths', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
    const before = await snapshot(cwd)
    const { code, stdout, stderr } = await pin(cwd, CI, 'ci.yaml', 'no/where')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe('✗ pinsmith: no such file or folder: "ci.yaml", "no/where"\n')
    expect(await snapshot(cwd)).toEqual(before)
  })

  test('a folder with nothing to pin is no failure', async () => {
    const cwd = await temporaryFolder({ 'docs/readme.md': 'uses: acme/tool@v1\n' })
    const { code, stdout, stderr } = await pin(cwd, 'docs')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toBe('Nothing to pin: no action is used here.\n')
  })

  test('no repository: it says where it looked and what to do', async () => {
    const cwd = await temporaryFolder({ 'ci.yml': workflow('acme/tool@v1') })
    const before = await snapshot(cwd)
    const { code, stdout, stderr } = await pin(cwd)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`${cwd} is not in a git repository`)
    expect(stderr).toContain('go to a repository, or name the files')
    expect(await snapshot(cwd)).toEqual(before)
  })
})

interface BadFile {
  readonly content: string | Uint8Array
  readonly place: string
  readonly says: readonly string[]
}

const NOT_UTF8 = Buffer.concat([
  Buffer.from(workflow('acme/tool@v1').replace('build', 'bü')),
  Buffer.from('      # caf'),
  Buffer.from([0xe9]),
])

describe.each<[string, BadFile]>([
  [
    'a binary file',
    {
      content: Buffer.from('jobs:\0\u0001'),
      place: CI,
      says: ['binary file', 'name only text files'],
    },
  ],
  [
    'bytes that are not UTF-8',
    { content: NOT_UTF8, place: `${CI}:7:12`, says: ['not UTF-8', 'save the file as UTF-8'] },
  ],
  [
    'a YAML error',
    {
      content: 'jobs:\n  a:\n    steps: [\n      { uses: acme/tool@v1 }\n',
      place: `${CI}:`,
      says: ['not YAML', 'mend the file'],
    },
  ],
  [
    'a file that is no workflow',
    { content: 'name: nothing\n', place: CI, says: ['neither `jobs` nor `runs`', 'move the file'] },
  ],
])('%s', (_, { content, place, says }) => {
  test('is reported with its place; the other files are pinned', async () => {
    const cwd = await temporaryFolder({ [CI]: content, [GOOD]: workflow('acme/tool@v1') })
    const before = await snapshot(cwd)
    const { code, stdout, stderr } = await pin(cwd)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`✗ ${place}`)
    for (const words of [...says, 'cannot pass as pinned']) expect(stderr).toContain(words)
    expect(stderr).toContain('1 reference pinned in 1 file, 1 file not dealt with.')
    expect(await textOf(cwd, GOOD)).toContain(PINNED)
    const after = await snapshot(cwd)
    expect(Object.keys(after)).toEqual(Object.keys(before))
    expect(after[CI]).toBe(before[CI])
  })

  test('keeps a strict run from writing anything', async () => {
    const cwd = await temporaryFolder({ [CI]: content, [GOOD]: workflow('acme/tool@v1') })
    const before = await snapshot(cwd)
    const { code, stderr } = await pin(cwd, '--strict')
    expect(code).toBe(1)
    expect(stderr).toContain(`${GOOD}  not written: --strict, and something is left`)
    expect(await snapshot(cwd)).toEqual(before)
  })
})

describe('what is no workflow', () => {
  test('is passed over in a folder, without a word', async () => {
    const cwd = await temporaryFolder({
      'ci/pin.yml': workflow('acme/tool@v1'),
      'ci/compose.yaml': 'services:\n  db:\n    image: postgres\n',
    })
    const { code, stderr } = await pin(cwd, 'ci')
    expect(code).toBe(0)
    expect(stderr).not.toContain('compose')
    expect(await textOf(cwd, 'ci/pin.yml')).toContain(PINNED)
  })

  test('is reported where it is named', async () => {
    const cwd = await temporaryFolder({ 'compose.yaml': 'services: {}\n' })
    const { code, stderr } = await pin(cwd, 'compose.yaml')
    expect(code).toBe(1)
    expect(stderr).toContain('✗ compose.yaml')
    expect(stderr).toContain('neither `jobs` nor `runs`')
  })
})

describe('files that must not be written', () => {
  const files = { [CI]: workflow('acme/tool@v1'), [GOOD]: workflow('acme/tool@v1') }

  test('a read-only file is left, the others are pinned', async () => {
    const cwd = await temporaryFolder(files)
    await chmod(join(cwd, CI), 0o444)
    const before = await snapshot(cwd)
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(1)
    expect(stderr).toContain(`✗ ${CI}\n    the file is read-only`)
    expect(stderr).toContain('make it writable (chmod u+w)')
    const after = await snapshot(cwd)
    expect(after).toEqual({ ...before, [GOOD]: after[GOOD] })
    expect(await textOf(cwd, GOOD)).toContain(PINNED)
  })

  test('a read-only file keeps a strict run from writing anything', async () => {
    const cwd = await temporaryFolder(files)
    await chmod(join(cwd, GOOD), 0o444)
    const before = await snapshot(cwd)
    expect((await pin(cwd, '--strict')).code).toBe(1)
    expect(await snapshot(cwd)).toEqual(before)
  })

  test.each<[string, (path: string) => void]>([
    ['changed', (path) => writeFileSync(path, workflow('beta/kit@v3'))],
    ['changed in one byte', (path) => writeFileSync(path, workflow('acme/tool@v2'))],
  ])('a file %s by someone else meanwhile is theirs', async (_, change) => {
    const cwd = await temporaryFolder(files)
    const names = Object.keys(await snapshot(cwd))
    whenAsked(() => change(join(cwd, CI)))
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(1)
    expect(stderr).toContain(`✗ ${CI}\n    somebody else changed the file`)
    expect(stderr).toContain('run pinsmith again')
    expect(await textOf(cwd, CI)).not.toContain('v1')
    expect(await textOf(cwd, CI)).not.toContain('#')
    expect(await textOf(cwd, GOOD)).toContain(PINNED)
    expect(Object.keys(await snapshot(cwd))).toEqual(names)
  })

  test('a file that is gone meanwhile does not come back', async () => {
    const cwd = await temporaryFolder(files)
    let removed: Promise<void> = Promise.resolve()
    whenAsked(() => (removed = rm(join(cwd, CI))), 200)
    const { code, stderr } = await pin(cwd)
    await removed
    expect(code).toBe(1)
    expect(stderr).toContain('somebody else changed the file')
    expect(Object.keys(await snapshot(cwd))).not.toContain(CI)
  })
})

describe.skipIf(onWindows)('symbolic links', () => {
  test.each([
    ['named', ['linked.yml'], 'linked.yml'],
    ['named, in a folder that is linked', ['linked/ci.yml'], 'linked'],
    ['among the workflows', [], '.github/workflows/linked.yml'],
  ])('a link %s is reported, and what it leads to stays', async (_, args, place) => {
    const cwd = await temporaryRepository({
      'elsewhere/ci.yml': workflow('acme/tool@v1'),
      [GOOD]: workflow(),
    })
    await symlink('elsewhere/ci.yml', join(cwd, 'linked.yml'))
    await symlink('elsewhere', join(cwd, 'linked'))
    await symlink('../../elsewhere/ci.yml', join(cwd, '.github/workflows/linked.yml'))
    const before = await snapshot(cwd)
    const { code, stdout, stderr } = await pin(cwd, ...args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`✗ ${place}\n    this is a symbolic link`)
    expect(stderr).toContain('name the file that the link leads to')
    expect(await snapshot(cwd)).toEqual(before)
  })

  test('workflows that are a link as a whole are reported', async () => {
    const cwd = await temporaryFolder({ 'elsewhere/ci.yml': workflow('acme/tool@v1') })
    await mkdir(join(cwd, '.github'))
    await symlink('../elsewhere', join(cwd, '.github/workflows'))
    const before = await snapshot(cwd)
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(1)
    expect(stderr).toContain('✗ .github/workflows\n')
    expect(await snapshot(cwd)).toEqual(before)
  })
})

test('a folder that bears a workflow’s name is no workflow', async () => {
  const cwd = await temporaryFolder({ [GOOD]: workflow('acme/tool@v1') })
  await mkdir(join(cwd, '.github/workflows/folder.yml'))
  await writeFile(join(cwd, '.github/workflows/folder.yml/inner.yml'), workflow('acme/tool@v1'))
  const { code, stderr } = await pin(cwd)
  expect(code).toBe(0)
  expect(stderr).toContain('1 reference pinned in 1 file.')
})

/** Does something when the first request has come, while every file has been read and none is written. */
function whenAsked(act: () => void, delay = 0): void {
  const when = () => {
    act()
    return true
  }
  github.faults.add({ kind: 'delay', ms: delay }, { when })
}
