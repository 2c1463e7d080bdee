import { chmod, stat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { binaryTools } from '../../src/cli/binary-tools.ts'
import type { FileChange, FileState } from '../../src/remedy/vendor/copies.ts'
import { formatFileChanges } from '../../src/report/file-diff.ts'
import { encodeBase85 } from '../../src/report/git-base85.ts'
import { onWindows } from '../cli/support.ts'
import { git, putFiles, temporaryRepository } from '../support/temporary-folder.ts'

type Short = string | Uint8Array | undefined

const noise = Uint8Array.from({ length: 5000 }, (_, n) => (n * n * 31 + n) % 256)
const BYTES = [...new Set(noise)]

function state(content: Short, executable: boolean): FileState | undefined {
  return content === undefined ? undefined : { bytes: Buffer.from(content), executable }
}

const change = (
  before: Short,
  after: Short,
  path = 'a/file',
  modes = [false, false],
): FileChange => ({
  path,
  before: state(before, modes[0] ?? false),
  after: state(after, modes[1] ?? false),
})

/** Applies a diff with the real git to a repository in which the files are as they were before. */
async function apply(changes: readonly FileChange[]): Promise<string> {
  const before = changes.flatMap(({ path, before: old }) =>
    old === undefined ? [] : [[path, old.bytes] as const],
  )
  const folder = await temporaryRepository(Object.fromEntries(before))
  for (const { path, before: old } of changes)
    if (old?.executable === true) await chmod(join(folder, path), 0o755)
  await putFiles(folder, { '.git/x.diff': formatFileChanges(changes, binaryTools) })
  git(folder, 'apply', '--check', '--whitespace=nowarn', '.git/x.diff')
  git(folder, 'apply', '--whitespace=nowarn', '.git/x.diff')
  return folder
}

describe('git apply makes of a diff what it says', () => {
  test.each<[string, FileChange]>([
    ['a new text', change(undefined, 'one\ntwo\n')],
    ['one without a final line end', change(undefined, 'one')],
    ['an empty file', change(undefined, '')],
    ['line ends of two kinds', change(undefined, 'a\r\nb\nc\rd\r\n')],
    ['a byte order mark', change(undefined, '\ufeffa\n')],
    ['a blank line', change(undefined, '\n')],
    ['a name with a blank', change(undefined, 'a\n', 'a b/c d.txt')],
    ['a name beyond ASCII', change(undefined, 'a\n', 'é/ü.txt')],
    ['new bytes', change(undefined, noise)],
    ['a byte that is not UTF-8', change(undefined, Uint8Array.of(0x61, 0xff))],
    ['a NUL', change(undefined, 'a\0b')],
    ['a changed text', change('a\nb\nc\n', 'a\nB\nc\n')],
    ['a text that becomes bytes', change('text\n', noise)],
    ['bytes that become a text', change(noise, 'text\n')],
    ['other bytes', change(noise, noise.toReversed())],
    ['a file that goes', change('a\nb', undefined)],
    ['bytes that go', change(noise, undefined)],
    ['an empty file that goes', change('', undefined)],
    ['a file that is emptied', change('a\n', '')],
  ])('%s', async (_, made) => {
    const folder = await apply([made])
    const found = await readFile(join(folder, made.path)).catch(() => undefined)
    expect(found).toEqual(made.after === undefined ? undefined : Buffer.from(made.after.bytes))
  })

  test.skipIf(onWindows).each<[string, FileChange, boolean]>([
    ['a script', change(undefined, '#!/bin/sh\n', 'run', [false, true]), true],
    ['an empty program', change(undefined, '', 'run', [false, true]), true],
    ['a program of bytes', change(undefined, noise, 'run', [false, true]), true],
    ['a file that becomes one', change('a', 'a', 'run', [false, true]), true],
    ['one that is none any more, and changes', change('a\n', 'b\n', 'run', [true, false]), false],
    ['one that changes', change('a\n', 'b\n', 'run', [true, true]), true],
  ])('which may be run: %s', async (_, made, expected) => {
    const folder = await apply([made])
    const { mode } = await stat(join(folder, 'run'))
    expect((mode & 0o100) !== 0).toBe(expected)
  })

  test('many at once', async () => {
    const changes = [
      change(undefined, noise, 'a'),
      change('x\n', 'y\n', 'b'),
      change('x\n', undefined, 'c'),
      change(undefined, 'z\n', 'd'),
    ]
    const folder = await apply(changes)
    expect(git(folder, 'status', '--porcelain')).toBe(' M b\n D c\n?? a\n?? d\n')
  })
})

test('bytes are written as git writes them', async () => {
  const folder = await temporaryRepository({ 'a.bin': Uint8Array.from(BYTES) })
  git(folder, 'rm', '--quiet', '--cached', 'a.bin')
  git(folder, 'commit', '--quiet', '--message=gone')
  git(folder, 'add', '--intent-to-add', 'a.bin')
  expect(formatFileChanges([change(undefined, Uint8Array.from(BYTES), 'a.bin')], binaryTools)).toBe(
    git(folder, 'diff', '--binary'),
  )
})

test.each([
  [0, ''],
  [1, 'A'],
  [26, 'Z'],
  [27, 'a'],
  [52, 'z'],
])('a line of %i bytes says so', (length, letter) => {
  expect(encodeBase85(new Uint8Array(length)).slice(0, 1)).toBe(letter)
})
