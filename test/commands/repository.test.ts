import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FIXTURES } from '../support/fixtures.ts'
import { startGitHub } from '../support/github/server.ts'
import { loadWorlds } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryRepository } from '../support/temporary-folder.ts'

const github = await startGitHub({ worlds: await loadWorlds(join(FIXTURES, 'worlds')) })
afterAll(() => github.close())

const folder = join(FIXTURES, 'repos', 'varied')
const files = Object.fromEntries(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(file)]),
)

test.each([true, false])(
  'a whole repository is pinned in one go (token: %s)',
  async (withToken) => {
    const cwd = await temporaryRepository(files)
    github.requests.clear()
    const run = await runPinsmith(['--no-nested'], { cwd, github, withToken })
    expect(run.code).toBe(1)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('11 references pinned in 4 files, 1 label set')

    const lines = await Promise.all(
      Object.keys(files).map(async (path) => (await readFile(join(cwd, path), 'utf8')).split('\n')),
    )
    const unpinned = lines
      .flat()
      .flatMap((line) => /\buses: "?([^", ]+)/.exec(line)?.[1] ?? [])
      .filter((uses) => !/@[0-9a-f]{40}$/.test(uses))
    expect(unpinned.toSorted()).toEqual([
      './.github/actions/setup',
      'dorny/test-reporter@v1',
      'octo-org/demo@v1',
      'octo-org/release-notes@v2',
      'pnpm/action-setup@v4',
      'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0',
    ])
    // One query for all of them, or one request for each repository.
    expect(github.requests.count('graphql')).toBe(withToken ? 1 : 0)
    expect(github.requests.count()).toBe(withToken ? 1 : 11)
  },
)
