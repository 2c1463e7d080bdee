import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { FIXTURES, readFixtures, runFixture } from '../support/fixtures.ts'
import { startGitHub } from '../support/github/server.ts'
import { loadWorlds } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { git, temporaryRepository } from '../support/temporary-folder.ts'

const github = await startGitHub({ worlds: await loadWorlds(join(FIXTURES, 'worlds')) })
afterAll(() => github.close())

const modes = [
  ['with a token', true],
  ['without a token', false],
] as const

describe.each(readFixtures())('fixtures/pin/$name', ({ folder, before, args }) => {
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name))

  test.each(modes)('%s', async (_, withToken) => {
    const { after, report } = await runFixture(before, args, github, withToken)
    expect(after.toString('latin1')).toBe((await read('out.yml')).toString('latin1'))
    expect(report).toBe((await read('report')).toString())
  })

  test('a second run changes nothing', async () => {
    const out = await read('out.yml')
    const { after } = await runFixture(out, args, github, true)
    expect(after.toString('latin1')).toBe(out.toString('latin1'))
  })
})

describe.each(readdirSync(join(FIXTURES, 'ok')))('fixtures/ok/%s stays as it is', (name) => {
  test.each(modes)('%s', async (_, withToken) => {
    const before = await readFile(join(FIXTURES, 'ok', name))
    const { after, report } = await runFixture(before, [], github, withToken)
    expect(after.toString('latin1')).toBe(before.toString('latin1'))
    expect(report).toMatch(/^exit 0\n(?:\d+:\d+ exempt comment .*\n)*$/)
  })
})

describe('over all of them at once', () => {
  const cases = readFixtures().filter(({ args }) => args.length === 0)
  const before = Object.fromEntries(cases.map((each) => [workflow(each.name), each.before]))
  const after = Object.fromEntries(
    cases.map(({ name, folder }) => [name, readFileSync(join(folder, 'out.yml'), 'latin1')]),
  )
  const written = (cwd: string): object =>
    Object.fromEntries(
      cases.map(({ name }) => [name, readFileSync(join(cwd, workflow(name)), 'latin1')]),
    )

  test('the diff of a dry run is what `git apply` makes the very files of', async () => {
    const cwd = await temporaryRepository(before)
    const apply = ['-c', 'core.autocrlf=false', 'apply', '--whitespace=nowarn']
    execFileSync('git', apply, { cwd, input: await diffOf(cwd) })
    expect(written(cwd)).toEqual(after)
  })

  test.skipIf(process.platform === 'win32')('so it is for `patch -p1`', async () => {
    const cwd = await temporaryRepository(before)
    const patch = ['--strip=1', '--binary', '--no-backup-if-mismatch', '--quiet']
    execFileSync('patch', patch, { cwd, input: await diffOf(cwd) })
    expect(written(cwd)).toEqual(after)
  })

  test('one run writes the same', async () => {
    const cwd = await temporaryRepository(before)
    expect((await runPinsmith(['--no-nested'], { cwd, github })).code).toBe(1)
    expect(written(cwd)).toEqual(after)
  })
})

function workflow(name: string): string {
  return `.github/workflows/${name}.yml`
}

/** The diff of a dry run, which writes nothing. */
async function diffOf(cwd: string): Promise<string> {
  const run = await runPinsmith(['--no-nested', '--dry-run', '--quiet'], {
    cwd,
    github,
    withToken: true,
  })
  expect(run.code).toBe(1)
  expect(git(cwd, 'status', '--porcelain')).toBe('')
  return run.stdout
}
