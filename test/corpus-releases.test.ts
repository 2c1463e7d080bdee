import { afterAll, describe, expect, test } from 'vitest'
import { loadCorpus } from './support/corpus.ts'
import { startGitHub } from './support/github/server.ts'
import { recordedWorldsNeeded, type World } from './support/github/worlds.ts'
import { walkRecorded } from './support/recorded-walk.ts'
import { runPinsmith } from './support/run.ts'
import { temporaryRepository } from './support/temporary-folder.ts'

const { worlds, apps, textsOf } = await loadCorpus()
const github = await startGitHub({ worlds })
afterAll(() => github.close())

const CI = '.github/workflows/ci.yml'

/** An action, a version of it, and where its next clean release was found by reading its manifests. */
const KNOWN = [
  ['actions/upload-pages-artifact', 'v3.0.1', 'v4.0.0'],
  // v0.33.0 pins what it uses itself, but not so the setup-trivy that it uses.
  ['aquasecurity/trivy-action', 'v0.32.0', 'v0.33.1'],
  ['pypa/cibuildwheel', 'v3.3.1', 'v3.4.0'],
  ['codecov/codecov-action', 'v5.4.3', 'v5.5.0'],
  ['pre-commit/action', 'v3.0.0', undefined],
  ['subosito/flutter-action', 'v2.16.0', undefined],
  ['jurplel/install-qt-action', 'v4.0.0', undefined],
  ['gradle/wrapper-validation-action', 'v3.4.0', undefined],
  ['r-lib/actions/setup-r-dependencies', 'v2.8.4', undefined],
  ['tj-actions/json2file', 'v1.7.0', undefined],
] as const

test.skipIf(worlds.length > 0)(`real clean releases: ${recordedWorldsNeeded}`, () => {
  expect(worlds).toEqual([])
})

describe.skipIf(worlds.length === 0).each([true, false])('with a token: %s', (withToken) => {
  test.each(KNOWN)(
    '%s %s has the next clean release that is known: %s',
    async (name, version, to) => {
      const [found] = await cleanReleases({ [CI]: workflow([`${name}@${version}`]) }, withToken)
      expect(found).toMatchObject({ action: name, from: { version } })
      expect(found?.to?.version).toBe(to)
    },
  )

  test.each(KNOWN)('so has every other version of %s, by a walk by other means', async (name) => {
    const files = { [CI]: workflow(releasesOf(name).map(({ tag }) => `${name}@${tag}`)) }
    const found = await cleanReleases(files, withToken)
    expect(versionsIn(found)).toEqual(versionsIn(found.map(expected)))
    const commits = new Set(found.map(({ from }) => from.commit))
    // A manifest that GitHub reads and a parser of YAML does not is unknown to the other walk.
    const judged = releasesOf(name).flatMap(({ tag, commit }) => {
      const verdict = verdictOf(name, commit)
      return verdict === 'unknown' ? [] : [{ tag, commit, isBlocked: verdict === 'blocked' }]
    })
    for (const { tag, commit, isBlocked } of judged)
      expect([tag, commits.has(commit)]).toEqual([tag, isBlocked])
  })
})

test.each(apps)('the clean releases for %s are those of a walk by other means', async (app) => {
  const files = textsOf(app)
  const found = await cleanReleases(files, true)
  expect(versionsIn(found)).toEqual(versionsIn(found.map(expected)))
  expect(versionsIn(await cleanReleases(files, false))).toEqual(versionsIn(found))
})

interface Found {
  readonly action: string
  readonly from: { readonly version?: string; readonly commit: string }
  readonly to?: { readonly version: string }
}

async function cleanReleases(
  files: Readonly<Record<string, string>>,
  withToken: boolean,
): Promise<readonly Found[]> {
  const cwd = await temporaryRepository(files)
  const args = ['--nested', 'upgrade', '--dry-run', '--format', 'json']
  const { stdout } = await runPinsmith(args, { cwd, github, withToken })
  return JSON.parse(stdout).cleanReleases
}

function versionsIn(found: readonly Found[]): string[] {
  return found.map(({ action, from, to }) => `${action} ${from.version} → ${to?.version}`)
}

/** The same action with the next release that a walk by other means finds clean. */
function expected({ action, from }: Found): Found {
  const releases = releasesOf(action)
  const at = releases.findIndex(({ tag }) => tag === from.version)
  const next = releases
    .slice(at + 1)
    .find(({ commit }) => commit !== from.commit && verdictOf(action, commit) === 'passes')
  return { action, from, ...(at < 0 || next === undefined ? {} : { to: { version: next.tag } }) }
}

function verdictOf(name: string, commit: string): string {
  return walkRecorded({ [CI]: workflow([`${name}@${commit}`]) }, worlds).verdict
}

/** The exact versions of an action's repository, ascending. */
function releasesOf(name: string): { readonly tag: string; readonly commit: string }[] {
  return Object.entries(worldOf(name).tags ?? {})
    .filter(([tag]) => /^v\d+\.\d+\.\d+$/.test(tag))
    .map(([tag, { commit }]) => ({ tag, commit }))
    .toSorted((a, b) => rank(a.tag) - rank(b.tag))
}

function rank(tag: string): number {
  return (tag.match(/\d+/g) ?? []).reduce((sum, part) => sum * 1000 + Number(part), 0)
}

function worldOf(name: string): World {
  const repository = name.split('/').slice(0, 2).join('/')
  const world = worlds.find((each) => `${each.owner}/${each.name}` === repository)
  if (world === undefined) throw new Error(`not recorded: ${repository}`)
  return world
}

function workflow(uses: readonly string[]): string {
  return `jobs:\n  a:\n    steps:\n${uses.map((each) => `      - uses: ${each}\n`).join('')}`
}
