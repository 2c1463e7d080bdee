import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import type { LocalGitHub } from '../support/github/server.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, PINNED, snapshot, startSmallGitHub, workflow } from './support.ts'

let github: LocalGitHub
let cwd: string
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterEach(() => github.faults.clear())
afterAll(() => github.close())

async function pin(stdin: string | Uint8Array, ...args: string[]) {
  cwd = await temporaryFolder({ [CI]: workflow('beta/kit@v3') })
  const before = await snapshot(cwd)
  const run = await runPinsmith(args, { cwd, github, stdin })
  expect(await snapshot(cwd)).toEqual(before)
  return run
}

const ODD = `\ufeff${workflow('acme/tool@v1 # größer 🚀', '"acme/tool@v1"')}`
  .replaceAll('\n', '\r\n')
  .trimEnd()

test.each(['-', '--stdin'])(
  '%s: the pinned text goes to standard output, the words to standard error',
  async (arg) => {
    const { code, stdout, stderr } = await pin(ODD, arg)
    expect(code).toBe(0)
    const pinned = PINNED.replace(/^acme\/tool@/, '').split(' ')[0] ?? ''
    expect(stdout).toBe(
      ODD.replace('@v1 #', `@${pinned} # v1.2.3 #`).replace('@v1"', `@${pinned}" # v1.2.3`),
    )
    expect(stderr).toContain('stdin\n')
    expect(stderr).toContain('2 references pinned')
  },
)

test('what is pinned goes through as it is', async () => {
  const text = workflow(PINNED)
  expect(await pin(text, '-')).toEqual({ code: 0, stdout: text, stderr: '1 pinned already.\n' })
})

test('what is left goes through as it is, the rest is pinned', async () => {
  const { code, stdout, stderr } = await pin(workflow('acme/none@v1', 'acme/tool@v1'), '-')
  expect(code).toBe(1)
  expect(stdout).toBe(workflow('acme/none@v1', PINNED))
  expect(stderr).toContain('✗ stdin:6:15  acme/none@v1')
})

test('--strict: if anything is left, the whole text goes through as it is', async () => {
  const text = workflow('acme/none@v1', 'acme/tool@v1')
  const { code, stdout, stderr } = await pin(text, '-', '--strict')
  expect({ code, stdout }).toEqual({ code: 1, stdout: text })
  expect(stderr).toContain('not written: --strict')
})

test('--dry-run: a diff instead of the text', async () => {
  const { code, stdout, stderr } = await pin(workflow('acme/tool@v1'), '-', '--dry-run')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^--- a\/stdin\n\+\+\+ b\/stdin\n@@ /)
  expect(stdout).toContain(`+      - uses: ${PINNED}\n`)
  expect(stderr).toContain('1 reference would be pinned')
})

test('--dry-run --exit-code: 1 if changes are due', async () => {
  const args = ['-', '--dry-run', '--exit-code']
  expect((await pin(workflow('acme/tool@v1'), ...args)).code).toBe(1)
  expect((await pin(workflow(PINNED), ...args)).code).toBe(0)
})

test('--format json: the report instead of the text', async () => {
  const text = workflow('acme/tool@v1', 'acme/none@v1')
  const { code, stdout, stderr } = await pin(text, '--stdin', '--format', 'json')
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({
    summary: { pinned: 1, left: 1 },
    files: [{ file: 'stdin' }],
    problems: [{ code: 'repository-not-found', file: 'stdin', line: 7, column: 15 }],
  })
})

test.each([
  ['YAML that is none', 'jobs: [\n', '✗ stdin:', 'this is not YAML'],
  ['no workflow', 'a: b\n', '✗ stdin\n', 'neither `jobs` nor `runs`'],
  ['nothing', '', '✗ stdin\n', 'neither `jobs` nor `runs`'],
])('%s goes through as it is, with a message', async (_, text, place, says) => {
  const { code, stdout, stderr } = await pin(text, '-')
  expect({ code, stdout }).toEqual({ code: 1, stdout: text })
  expect(stderr).toContain(place)
  expect(stderr).toContain(says)
})

test.each([
  ['are not UTF-8', [0x61, 0x0a, 0x62, 0xff, 0x0a, 0xc3], '✗ stdin:2:2\n', 'not UTF-8'],
  ['are no text', [0x61, 0x00, 0x0d, 0x80], '✗ stdin\n', 'binary file'],
])('bytes that %s go through as they are', async (_, bytes, place, says) => {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  const io = { env: {}, cwd: '/', stdin: stream(bytes), stdout: into(stdout), stderr: into(stderr) }
  expect(await main(['-'], io)).toBe(1)
  expect(Buffer.concat(stdout)).toEqual(Buffer.from(bytes))
  expect(Buffer.concat(stderr).toString()).toContain(place)
  expect(Buffer.concat(stderr).toString()).toContain(says)
})

test('a failure prints nothing that an editor could take for the text', async () => {
  const { code, stdout, stderr } = await pin(workflow('acme/tool@v1'), '-', '--resolver', 'api')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('needs a token')
})

describe('wrong usage', () => {
  test.each([[['-', CI]], [['--stdin', CI]], [[CI, '-']]])('%j: a file beside it', async (args) => {
    const { code, stdout, stderr } = await pin(workflow('acme/tool@v1'), ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`standard input (--stdin or -) comes alone: leave out "${CI}"`)
  })

  test('an input that cannot be read', async () => {
    let stderr = ''
    const failing = {
      // oxlint-disable-next-line require-yield
      async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
        throw Object.assign(new Error('EISDIR: illegal operation'), { code: 'EISDIR' })
      },
    }
    const stdout = { write: () => expect.unreachable('nothing to say') }
    const io = { env: {}, cwd: '/', stdin: failing, stdout, stderr: { write } }
    function write(text: string | Uint8Array): void {
      stderr += text.toString()
    }
    expect(await main(['-'], io)).toBe(2)
    expect(stderr).toBe('✗ pinsmith: standard input could not be read: it is a folder\n')
  })
})

function into(written: Buffer[]) {
  return { write: (text: string | Uint8Array) => void written.push(Buffer.from(text)) }
}

async function* stream(bytes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte)
}
