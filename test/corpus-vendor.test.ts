import { afterAll, expect, test } from 'vitest'
import { treeOf } from './commands/vendor-support.ts'
import { corpusNeeded, loadCorpus } from './support/corpus.ts'
import { startGitHub } from './support/github/server.ts'
import { runPinsmith } from './support/run.ts'
import { git, putFiles, temporaryRepository } from './support/temporary-folder.ts'

const { isReady, worlds, apps, filesOf } = await loadCorpus()
const github = await startGitHub({ worlds })
afterAll(() => github.close())

test.skipIf(!isReady)(`real repositories: ${corpusNeeded}`, () => {
  expect(apps.length).toBeGreaterThan(0)
})

// Of a recorded repository only the manifests are known, so the copies are not whole; what is read of them is.
test.each(apps)('copying leaves nothing of others that blocks %s', async (app) => {
  const cwd = await temporaryRepository(filesOf(app))
  const vendor = (...args: readonly string[]) =>
    runPinsmith(['--nested', 'vendor', '--refer-by', 'self', ...args], {
      cwd,
      github,
      withToken: true,
      env: { PATH: process.env['PATH'] },
    })
  const { stdout: diff } = await vendor('--dry-run')
  expect(git(cwd, 'status', '--porcelain')).toBe('')
  const { stdout } = await vendor('--format', 'json')
  expect(JSON.parse(stdout).chains.filter(isOfOthers)).toEqual([])

  const written = await treeOf(cwd)
  git(cwd, 'checkout', '--quiet', '.')
  git(cwd, 'clean', '--quiet', '--force', '-d')
  if (diff !== '') {
    await putFiles(cwd, { '.git/x.diff': diff })
    git(cwd, 'apply', '--whitespace=nowarn', '.git/x.diff')
  }
  expect(await treeOf(cwd)).toEqual(written)
  await vendor()
  expect(await treeOf(cwd)).toEqual(written)
})

/** Whether a chain goes through the manifest of somebody else. */
function isOfOthers([, ...references]: readonly string[]): boolean {
  return references.slice(0, -1).some((reference) => !/^[$.]\//.test(reference))
}
