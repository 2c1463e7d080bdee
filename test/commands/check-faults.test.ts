import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { checkAs, checkFiles, CI, codesIn, composite, workflow } from '../support/check.ts'
import { answer, html, reset } from '../support/github/fault.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('acme/tool', { heads: { main: 3 }, tags: { 'v1.2.3': 1 }, history: [2] }),
    makeWorld('acme/nest', {
      tags: { 'v1.0.0': 5 },
      manifests: { 5: { 'action.yml': composite(`acme/tool@${sha(1)}`) } },
    }),
    makeWorld('acme/secret', { tags: { 'v1.0.0': 6 }, private: true }),
    makeWorld('acme/odd', {
      tags: { 'v1.0.0': 7 },
      manifests: { 7: { 'action.yml': 'just: [\n' } },
    }),
    makeWorld('acme/empty', { tags: { 'v1.0.0': 8 }, manifests: {} }),
  ],
})
afterAll(() => github.close())
afterEach(() => github.faults.clear())

const PIN = `acme/tool@${sha(1)} # v1.2.3`
/** Whether it is in a branch's history takes a request of its own. */
const BELOW = `acme/tool@${sha(2)} # main`

const isOfAdvisories = ({ path, body }: { readonly path: string; readonly body: Buffer }) =>
  path.includes('/advisories') || body.includes('securityVulnerabilities')

describe('what could not be asked is never a pass', () => {
  test('an Enterprise Server without advisories: it is named, with what can be done', async () => {
    const bare = await startGitHub({
      worlds: [makeWorld('acme/tool', { tags: { 'v1.2.3': 1 } })],
      advisories: [],
    })
    const checked = await checkAs(bare, { [CI]: workflow(PIN) }, true)
    await bare.close()
    expect(codesIn(checked)).toEqual(['warning undetermined'])
    expect(checked.findings[0]).toMatchObject({
      message: expect.stringContaining(
        `read from ${new URL(bare.url).host}: its advisory database`,
      ),
      help: expect.stringMatching(/--fallback-host github\.com.*levels: \{ undetermined: note \}/),
    })
  })

  test.each([
    ['nonsense', html()],
    ['another shape', answer(200, { nothing: 'here' })],
    ['a missing page', answer(404, { message: 'Not Found' })],
    ['a broken connection', reset],
  ])('advisories that are %s: one finding without a place', async (_, fault) => {
    for (const withToken of [true, false]) {
      github.faults.add(fault, { times: Infinity, when: isOfAdvisories })
      const files = { [CI]: workflow(PIN, PIN) }
      const checked = await checkAs(github, files, withToken, ['--max-wait', '0'])
      expect(checked.code).toBe(1)
      expect(checked.findings).toHaveLength(1)
      expect(checked.findings[0]).toMatchObject({ code: 'undetermined', level: 'warning' })
      expect(checked.findings[0]).not.toHaveProperty('file')
      github.faults.clear()
    }
  })

  test('whether a commit is the repository’s, where nothing of GitHub tells', async () => {
    const kinds = ['web', 'rest'] as const
    for (const kind of kinds)
      github.faults.add(html(), {
        kind,
        times: Infinity,
        when: (request) => !isOfAdvisories(request),
      })
    const checked = await checkAs(github, { [CI]: workflow(PIN, BELOW) }, false)
    expect(checked.code).toBe(1)
    expect(checked.findings).toMatchObject([{ code: 'undetermined', line: 5 }])
  })

  test('a repository that is private for this run, and is told apart by the token', async () => {
    const files = { [CI]: workflow(`acme/secret@${sha(6)} # v1.0.0`) }
    expect(codesIn(await checkAs(github, files, false))).toEqual(['warning undetermined'])
    expect(codesIn(await checkAs(github, files, true))).toEqual([])
  })

  test.each([
    ['a manifest that is no YAML', `acme/odd@${sha(7)} # v1.0.0`],
    ['a manifest that is not there', `acme/empty@${sha(8)} # v1.0.0`],
    ['a file of one’s own that is not there', './nowhere'],
  ])('%s', async (_, uses) => {
    const checked = await checkFiles(github, { [CI]: workflow(uses) })
    expect(checked).toMatchObject({ code: 1, verdict: 'unknown' })
    expect(checked.findings).toMatchObject([{ code: 'undetermined', line: 4 }])
  })

  test.each([
    ['without a token', false, 'git'],
    ['with one', true, 'graphql'],
  ] as const)('a host that answers nonsense ends the run, %s', async (_, withToken, kind) => {
    github.faults.add(html(), { kind, times: Infinity })
    const cwd = await temporaryFolder({ [CI]: workflow(PIN) })
    const run = await runPinsmith(['check'], { cwd, github, withToken })
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('127.0.0.1')
  })

  test('a token that is refused ends the run', async () => {
    const cwd = await temporaryFolder({ [CI]: workflow(PIN) })
    const run = await runPinsmith(['check', '--format', 'json'], {
      cwd,
      github,
      env: { GITHUB_TOKEN: 'not-the-token' },
    })
    expect(run.code).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'unauthorized' } })
  })
})
