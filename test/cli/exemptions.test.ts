import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalGitHub } from '../support/github/server.ts'
import { sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, onWindows, PINNED, snapshot, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterAll(() => github.close())

// What actions use in turn is a matter of test/commands/nested.test.ts.
const pin = (cwd: string, ...args: string[]) =>
  runPinsmith(['--no-nested', ...args], { cwd, github })

describe('comments that leave a reference alone', () => {
  test.each([
    ['on the line', 'acme/tool@v1 # pinsmith: ignore', 'ignored by a comment for pinsmith'],
    [
      'with a reason',
      'acme/tool@v1 # pinsmith: ignore (tested every night)',
      'ignored by a comment for pinsmith: tested every night',
    ],
    [
      'of zizmor',
      'acme/tool@v1 # zizmor: ignore[unpinned-uses]',
      'ignored by a comment for zizmor',
    ],
    ['of ratchet', 'acme/tool@v1 # ratchet:exclude', 'ignored by a comment for ratchet'],
  ])('%s', async (_, uses, says) => {
    const cwd = await temporaryFolder({ [CI]: workflow(uses, 'acme/tool@v1') })
    const { code, stderr } = await pin(cwd, '--verbose')
    expect(code).toBe(0)
    expect(stderr).toContain(says)
    expect(stderr).toContain('1 reference pinned in 1 file, 1 exempt.')
    expect(await textOf(cwd, CI)).toBe(workflow(uses, PINNED))
  })

  test('on the line above', async () => {
    const text = workflow('acme/tool@v1', 'beta/kit@v3').replace(
      '      - uses: acme',
      '      # pinsmith: ignore - vetted by hand\n      - uses: acme',
    )
    const cwd = await temporaryFolder({ [CI]: text })
    const { code, stderr } = await pin(cwd, '--verbose')
    expect(code).toBe(0)
    expect(stderr).toContain('ignored by a comment for pinsmith: vetted by hand')
    expect(await textOf(cwd, CI)).toBe(text.replace('@v3', `@${sha(3)} # v3.1.0`))
  })

  test('are a matter of course: without --verbose they count, and no more is said', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1 # pinsmith: ignore') })
    expect(await pin(cwd)).toEqual({ code: 0, stdout: '', stderr: '1 exempt.\n' })
  })

  test('of zizmor for another rule leave nothing alone', async () => {
    const cwd = await temporaryFolder({
      [CI]: workflow('acme/tool@v1 # zizmor: ignore[artipacked]'),
    })
    expect((await pin(cwd)).code).toBe(0)
    expect(await textOf(cwd, CI)).toBe(workflow(`${PINNED} # zizmor: ignore[artipacked]`))
  })
})

describe('actions that are not like the others', () => {
  test('the SLSA generator breaks when it is pinned: left, and the reason said', async () => {
    const uses =
      'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.0.0'
    const text = `on: push\njobs:\n  provenance:\n    uses: ${uses}\n`
    const cwd = await temporaryFolder({ [CI]: text })
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(0)
    expect(stderr).toContain(`${uses}  left: this workflow demands a version tag`)
    expect(stderr).toContain('1 exempt.')
    expect(await textOf(cwd, CI)).toBe(text)
  })

  test('an action that reads its own ref is pinned with a note on what it needs now', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow('dtolnay/rust-toolchain@stable') })
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(0)
    expect(stderr).toContain('note  this action reads its own ref (stable)')
    expect(stderr).toContain('add `with: toolchain: stable`')
    expect(await textOf(cwd, CI)).toBe(workflow(`dtolnay/rust-toolchain@${sha(7)} # stable`))
  })

  test('without a note where the input is given', async () => {
    const text = `${workflow('dtolnay/rust-toolchain@stable')}        with:\n          toolchain: stable\n`
    const cwd = await temporaryFolder({ [CI]: text })
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(0)
    expect(stderr).not.toContain('note')
    expect(stderr).toContain('1 reference pinned')
  })
})

describe('GitHub’s lockfile', () => {
  const LOCK = '.github/workflows/actions.lock'
  const LISTED = `version: 1\nworkflows:\n  ${CI}:\n    - acme/tool@v1\ndependencies: {}\n`
  const OTHER = '.github/workflows/other.yml'
  const files = { [CI]: workflow('acme/tool@v1'), [OTHER]: workflow('acme/tool@v1') }

  test('a workflow that it lists is left, with a message; another one is pinned', async () => {
    const cwd = await temporaryFolder({ ...files, [LOCK]: LISTED })
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(0)
    expect(stderr).toContain(`${CI}\n  –    6  acme/tool@v1  left: ${LOCK} lists this workflow`)
    expect(stderr).toContain('--locked edits all the same')
    expect(await textOf(cwd, CI)).toBe(files[CI])
    expect(await textOf(cwd, OTHER)).toBe(workflow(PINNED))
  })

  test('--locked edits it all the same', async () => {
    const cwd = await temporaryFolder({ ...files, [LOCK]: LISTED })
    const { code, stderr } = await pin(cwd, '--locked')
    expect(code).toBe(0)
    expect(stderr).toContain('2 references pinned in 2 files.')
    expect(await textOf(cwd, LOCK)).toBe(LISTED)
  })

  test.each([
    ['no YAML', '{'],
    ['no lockfile', 'version: 1\n'],
  ])('that cannot be read (%s) is a problem, and locks every workflow', async (_, lock) => {
    const action = 'runs:\n  steps:\n    - uses: acme/tool@v1\n'
    const cwd = await temporaryFolder({ ...files, [LOCK]: lock, 'action.yml': action })
    const { code, stderr } = await pin(cwd)
    expect(code).toBe(1)
    expect(stderr).toContain(`✗ ${LOCK}\n    the lockfile of actions could not be read`)
    expect(stderr).toContain('give --locked to edit all the same')
    expect(await textOf(cwd, CI)).toBe(files[CI])
    expect(await textOf(cwd, 'action.yml')).toContain(PINNED)
    expect((await pin(cwd, '--locked')).code).toBe(0)
  })

  test.skipIf(onWindows)(
    'that is a link is not read through, and locks every workflow',
    async () => {
      const cwd = await temporaryFolder({ ...files, 'elsewhere.lock': LISTED })
      await symlink('../../elsewhere.lock', join(cwd, LOCK))
      const before = await snapshot(cwd)
      expect((await pin(cwd)).code).toBe(1)
      expect(await snapshot(cwd)).toEqual(before)
    },
  )

  test('of a repository elsewhere counts for its own workflows', async () => {
    const cwd = await temporaryFolder()
    const other = await temporaryFolder({ ...files, [LOCK]: LISTED })
    expect((await pin(cwd, other)).code).toBe(0)
    expect(await textOf(other, CI)).toBe(files[CI])
    expect(await textOf(other, OTHER)).toBe(workflow(PINNED))
  })
})
