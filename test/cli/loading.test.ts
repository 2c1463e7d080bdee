import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalGitHub } from '../support/github/server.ts'
import { spawnPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, PINNED, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterAll(() => github.close())

/** A third of them are Commander's, and each command has its flags. */
const FILES_TO_START = 30

test.each([['--version'], ['--help']])('%s loads the command line alone', async (arg) => {
  const cwd = await temporaryFolder()
  const loaded = await loadedBy([arg], cwd, 0)
  expect(packagesIn(loaded)).toEqual(['commander'])
  expect(foldersIn(loaded)).toEqual(['cli'])
  expect(loaded.length).toBeLessThanOrEqual(FILES_TO_START)
})

test('a run that has nothing to ask loads nothing that asks', async () => {
  const uses = ['./local', 'docker://alpine:3', 'acme/tool@v1 # pinsmith: ignore']
  const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
  const loaded = await loadedBy(['--no-nested'], cwd, 0, true)
  const network = ['@octokit', 'undici', 'p-retry']
  expect(packagesIn(loaded)).toContain('yaml')
  // It reads configurations.
  expect(packagesIn(loaded)).not.toContain('valibot')
  expect(packagesIn(loaded).filter((name) => network.includes(name))).toEqual([])
  expect(loaded.filter((file) => file.endsWith('/github/clients.js'))).toEqual([])
})

test('a check offline loads nothing that could ask, or that judges answers', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(PINNED, 'docker://alpine:3', './nowhere') })
  const loaded = await loadedBy(['check', '--offline'], cwd, 0, true)
  expect(packagesIn(loaded).filter((name) => !OFFLINE_PACKAGES.includes(name))).toEqual([])
  const asks = loaded.filter((file) => /\/dist\/github\/(?!usage\.js$)/.test(file))
  expect(asks).toEqual([])
  const judges = /\/(?:walk\/walk|check\/fixes|plan\/plan|resolve\/resolve)\.js$/
  expect(loaded.filter((file) => judges.test(file))).toEqual([])
})

/** What reads the command line, YAML and globs, and colours. */
const OFFLINE_PACKAGES = ['commander', 'picocolors', 'picomatch', 'yaml']

test.each([
  ['git', false, []],
  ['the API', true, ['@octokit']],
])('a run that asks by %s loads no more than it takes', async (_, withToken, expected) => {
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
  const loaded = await loadedBy([], cwd, 0, withToken)
  expect(await textOf(cwd, CI)).toContain(PINNED)
  const network = ['@octokit', 'undici']
  expect(packagesIn(loaded).filter((name) => network.includes(name))).toEqual(expected)
})

/** Runs the built program, and returns the paths of the files that it loaded, as V8 lists them for its coverage. */
async function loadedBy(
  args: readonly string[],
  cwd: string,
  expectedCode: number,
  withToken = false,
): Promise<string[]> {
  const coverage = await temporaryFolder()
  const env = { NODE_V8_COVERAGE: coverage }
  const { code, stderr } = await spawnPinsmith(args, { cwd, github, withToken, env })
  expect({ code, stderr: code === expectedCode ? '' : stderr }).toEqual({
    code: expectedCode,
    stderr: '',
  })
  const reports = await readdir(coverage)
  const urls = await Promise.all(
    reports.map(async (name): Promise<string[]> => {
      const report: CoverageReport = JSON.parse(await readFile(join(coverage, name), 'utf8'))
      return report.result.map(({ url }) => url)
    }),
  )
  return urls.flat().filter((url) => url.startsWith('file:'))
}

interface CoverageReport {
  readonly result: readonly { readonly url: string }[]
}

function packagesIn(urls: readonly string[]): string[] {
  return namesIn(urls, /\/node_modules\/([^/]+)\/(?!.*\/node_modules\/)/)
}

/** The folders of our own source. */
function foldersIn(urls: readonly string[]): string[] {
  return namesIn(urls, /\/dist\/([^/]+)\/[^/]+\.js$/, (url) => !url.includes('/node_modules/'))
}

function namesIn(
  urls: readonly string[],
  pattern: RegExp,
  isWanted: (url: string) => boolean = () => true,
): string[] {
  const names = urls.filter(isWanted).flatMap((url) => pattern.exec(url)?.[1] ?? [])
  return [...new Set(names)].toSorted()
}
