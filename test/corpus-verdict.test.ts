import { afterAll, expect, test } from 'vitest'
import { corpusNeeded, loadCorpus } from './support/corpus.ts'
import { startGitHub } from './support/github/server.ts'
import { walkRecorded } from './support/recorded-walk.ts'
import { runPinsmith } from './support/run.ts'
import { temporaryRepository } from './support/temporary-folder.ts'

const { isReady, worlds, apps, textsOf } = await loadCorpus()
const github = await startGitHub({ worlds })
afterAll(() => github.close())

test.skipIf(!isReady)(`real repositories: ${corpusNeeded}`, () => {
  expect(apps.length).toBeGreaterThan(0)
})

test.each(apps)('the verdict on %s is that of a walk by other means', async (app) => {
  const files = textsOf(app)
  const expected = walkRecorded(files, worlds)
  for (const withToken of [true, false]) {
    const cwd = await temporaryRepository(files)
    const run = await runPinsmith(['graph', '--format', 'json'], { cwd, github, withToken })
    const found: unknown = JSON.parse(run.stdout)
    expect(found).toMatchObject({ verdict: expected.verdict })
    expect(asSet(found, 'chains')).toEqual(expected.chains)
    expect(asSet(found, 'unknown')).toEqual(expected.unknown)
  }
})

function asSet(json: unknown, key: string): Set<string> {
  const value: unknown = Object.entries(json ?? {}).find(([name]) => name === key)?.[1]
  if (!Array.isArray(value)) throw new Error(`no ${key}`)
  return new Set(value.map((chain: unknown) => JSON.stringify(chain)))
}
