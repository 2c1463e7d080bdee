import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startGitHub } from './support/github/server.ts'
import { loadWorlds, recordedWorldsFolder, recordedWorldsNeeded } from './support/github/worlds.ts'
import { walkRecorded } from './support/recorded-walk.ts'
import { runPinsmith } from './support/run.ts'
import { temporaryRepository } from './support/temporary-folder.ts'

const worldsFolder = recordedWorldsFolder()
const corpusFolder = process.env['PINSMITH_CORPUS'] || undefined
const isReady = worldsFolder !== undefined && corpusFolder !== undefined
const worlds = worldsFolder === undefined || !isReady ? [] : await loadWorlds(worldsFolder)
const github = await startGitHub({ worlds })
afterAll(() => github.close())

const apps = !isReady
  ? []
  : readdirSync(corpusFolder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )

test.skipIf(!isReady)(`real repositories: ${recordedWorldsNeeded}, and PINSMITH_CORPUS`, () => {
  expect(apps.length).toBeGreaterThan(0)
})

test.each(apps)('the verdict on %s is that of a walk by other means', async (app) => {
  const folder = join(corpusFolder ?? '', app)
  const files = Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [
        path.slice(folder.length + 1).replaceAll('\\', '/'),
        readFileSync(path, 'utf8'),
      ]),
  )
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
