import { afterAll, describe, expect, test } from 'vitest'
import { checkFiles, CI, codesIn, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryRepository } from '../support/temporary-folder.ts'

const github = await startGitHub({
  worlds: [makeWorld('acme/tool', { tags: { 'v1.2.3': 1 } })],
})
afterAll(() => github.close())

const LOCK = '.github/workflows/actions.lock'
const TOOL = `acme/tool@${sha(1)}`
const PIN = `${TOOL} # v1.2.3`

/** A lockfile that lists what the workflow uses, with the commits of its `dependencies`, from line 5 on. */
function lock(uses: readonly string[], commits: Readonly<Record<string, string>> = {}): string {
  const dependencies = Object.entries(commits).map(
    ([key, commit]) => `  ${key}: { ref: v1.2.3, commit: ${commit} }\n`,
  )
  const listed = `version: 1\nworkflows:\n  ${CI}: [${uses.join(', ')}]\n`
  return `${listed}dependencies:\n${dependencies.join('')}`
}

describe('the lockfile of actions', () => {
  test.each([
    ['lists what a workflow uses', [`Acme/Tool@${sha(1)}`], {}],
    ['lists it in upper case', [`acme/tool@${sha(1).toUpperCase()}`], {}],
    ['lists a tag of the commit', ['acme/tool@v1.2.3'], { 'ACME/tool@v1.2.3': `sha1-${sha(1)}` }],
    ['has the commit that a SHA says', [TOOL], { [TOOL]: `sha1-${sha(1)}` }],
    ['writes commits in a way to come', [TOOL], { [TOOL]: `sha256-${'0'.repeat(64)}` }],
  ])('that %s is quiet', async (_, uses, commits) => {
    const files = { [CI]: workflow(PIN), [LOCK]: lock(uses, commits) }
    expect((await checkFiles(github, files)).findings).toEqual([])
  })

  test.each([
    ['a tag', ['acme/tool@v1.2.3'], {}],
    ['a tag of another commit', ['acme/tool@v1.2.3'], { 'acme/tool@v1.2.3': `sha1-${sha(2)}` }],
    ['the commit of another repository', ['acme/kit@v1'], { 'acme/kit@v1': `sha1-${sha(1)}` }],
    ['the commit for no workflow', [], { 'acme/tool@v1.2.3': `sha1-${sha(1)}` }],
  ])('that lists %s is out of step', async (_, uses, commits) => {
    const files = { [CI]: workflow(PIN), [LOCK]: lock(uses, commits) }
    const { findings } = await checkFiles(github, files)
    expect(findings).toMatchObject([{ code: 'lockfile', level: 'error', file: CI, line: 4 }])
    expect(findings[0]?.message).toContain(TOOL)
  })

  test('that cannot be read is an error', async () => {
    const { findings } = await checkFiles(github, { [CI]: workflow(PIN), [LOCK]: 'x: [' })
    expect(findings).toMatchObject([{ code: 'lockfile', file: LOCK }])
  })

  test('that has another commit for a full SHA is told, where it says so', async () => {
    const commits = { 'acme/tool@v9': `sha1-${sha(9)}`, [TOOL]: `sha1-${sha(2)}` }
    const files = { [CI]: workflow(PIN), [LOCK]: lock([TOOL], commits) }
    const { findings } = await checkFiles(github, files)
    expect(findings).toMatchObject([
      {
        code: 'lockfile',
        file: LOCK,
        line: 6,
        column: 3,
        message: `the lockfile of actions has the commit ${sha(2)} for ${TOOL}`,
      },
    ])
    expect((await checkFiles(github, files, '--offline')).findings).toEqual(findings)
  })
})

describe('what a workflow uses by $/', () => {
  const OWN = '.github/actions/own'
  const INNER = '.github/actions/inner'
  const files = {
    [CI]: workflow(`$/${OWN}`),
    [`${OWN}/action.yml`]: composite(`$/${INNER}`),
    [`${INNER}/action.yaml`]: composite(PIN),
  }

  test('is told where the workflow leads there, if the lockfile does not list it', async () => {
    const { findings } = await checkFiles(github, { ...files, [LOCK]: lock([]) })
    expect(findings).toMatchObject([
      {
        code: 'lockfile',
        file: CI,
        line: 4,
        chain: [`$/${OWN}`, `$/${INNER}`, TOOL],
        message: expect.stringContaining(TOOL),
      },
    ])
    const offline = await checkFiles(github, { ...files, [LOCK]: lock([]) }, '--offline')
    expect(codesIn(offline)).toEqual(['error lockfile'])
  })

  test('comes after what it uses itself', async () => {
    const more = { ...files, [CI]: workflow(`$/${OWN}`, PIN), [LOCK]: lock([]) }
    const { findings } = await checkFiles(github, more)
    expect(findings).toMatchObject([{ code: 'lockfile', file: CI, line: 5, chain: [TOOL] }])
  })

  test('is quiet where it is listed', async () => {
    const { findings } = await checkFiles(github, { ...files, [LOCK]: lock([TOOL]) })
    expect(findings).toEqual([])
  })

  test('is neither mended nor pinned', async () => {
    const bare = composite(`acme/tool@${sha(1)}`, 'acme/tool@v1.2.3')
    const listed = {
      ...files,
      [`${INNER}/action.yaml`]: bare,
      [LOCK]: lock([TOOL, 'acme/tool@v1.2.3']),
    }
    const { findings } = await checkFiles(github, listed, '--fix')
    expect(findings.map(({ code, fix }) => [code, fix])).toEqual([
      ['label-missing', undefined],
      ['unpinned', undefined],
    ])
    const cwd = await temporaryRepository(listed)
    const run = await runPinsmith(['--no-nested', '--dry-run'], { cwd, github })
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('or one that uses this action')
  })

  test('and what it uses by ./, or by a called workflow, are two things', async () => {
    const { findings } = await checkFiles(github, {
      [CI]: `${workflow(`./${OWN}`)}  call: { uses: ./.github/workflows/called.yml }\n`,
      [`${OWN}/action.yml`]: composite(PIN),
      '.github/workflows/called.yml': workflow(PIN),
      [LOCK]: lock([]),
    })
    expect(findings).toEqual([])
  })
})
