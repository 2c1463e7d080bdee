import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { checkAs, checkFiles, CI, codesIn, codesOf, workflow } from '../support/check.ts'
import { secondaryLimit } from '../support/github/fault.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Two commits that begin alike, and one whose beginning a branch is called. */
const ALIKE = ['abcdef01', 'abcdef02'].map((start) => start.padEnd(40, '7'))
const NAMED = 'fade01'.padEnd(40, '5')

const WORKFLOW = '.github/workflows/generator_generic_slsa3.yml'
const SLSA = `slsa-framework/slsa-github-generator/${WORKFLOW}`

const github = await startGitHub({
  rounds: true,
  // More than the sixty requests of an hour.
  limits: { core: Infinity, anonymous: Infinity, graphql: Infinity },
  worlds: [
    makeWorld('acme/tool', {
      heads: { main: 3, fade01: 3 },
      tags: { v1: 2, 'v1.2.3': 1, 'v1.3.0': { tag: 2 } },
      history: [4, ...ALIKE, NAMED],
      unreachable: [5],
    }),
    makeWorld('acme/moved', {
      heads: { main: 6 },
      tags: Object.fromEntries(
        ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v2.0.0', 'v2.1.0'].map((tag) => [tag, 7]),
      ),
      unreachable: [7],
      parents: { 6: [], 7: [] },
    }),
    makeWorld('acme/weak', { tags: { 'v1.2.3': 9 } }),
    makeWorld('slsa-framework/slsa-github-generator', {
      tags: { 'v2.0.0': 10 },
      manifests: { 10: { [WORKFLOW]: workflow(`acme/tool@${sha(1)}`) } },
    }),
    makeWorld('acme/flows', {
      tags: { 'v2.0.0': 8 },
      manifests: { 8: { '.github/workflows/call.yml': workflow(`acme/tool@${sha(1)}`) } },
    }),
  ],
  advisories: [{ id: 'GHSA-1', vulnerabilities: [{ package: 'acme/weak', range: '< 2' }] }],
})
afterAll(() => github.close())
afterEach(() => {
  github.faults.clear()
  github.requests.clear()
})

const WAYS = [
  ['without a token', false],
  ['with one', true],
] as const

const short = (n: number, digits = 7): string => sha(n).slice(0, digits)

/** What a workflow of one reference is once it is mended, with a token and without, and what is left in it. */
async function mended(
  uses: string,
): Promise<{ readonly uses: string; readonly left: readonly string[] }> {
  const results = await Promise.all(
    WAYS.map(async ([, withToken]) => {
      const cwd = await temporaryFolder({ [CI]: workflow(uses) })
      const args = ['check', '--fix', '--format', 'json']
      const run = await runPinsmith(args, { cwd, github, withToken })
      const text = await readFile(join(cwd, CI), 'utf8')
      return {
        uses: text.slice(workflow('').trimEnd().length).trim(),
        left: codesIn(JSON.parse(run.stdout)),
      }
    }),
  )
  const [bare, told] = results
  expect(told).toEqual(bare)
  return bare ?? { uses: '', left: [] }
}

describe('--fix writes all the digits, and the label that a pin would have', () => {
  test.each([
    ['the exact tag', short(2), `${sha(2)} # v1.3.0`, []],
    ['four digits', short(2, 4), `${sha(2)} # v1.3.0`, []],
    ['all but one, in upper case', short(2, 39).toUpperCase(), `${sha(2)} # v1.3.0`, []],
    ['no tag', short(4), sha(4), ['warning label-missing']],
    ['a true label', `${short(2)} # v1.3.0`, `${sha(2)} # v1.3.0`, []],
    ['a vague one', `${short(2)} # v1 # keep me`, `${sha(2)} # v1.3.0 # keep me`, []],
    ['one of another tool', `${short(2)} # tag=v1`, `${sha(2)} # v1.3.0`, []],
    ['words of a person', `${short(2)} # for #12`, `${sha(2)} # v1.3.0 # for #12`, []],
    ['a branch', `${short(4)} # main`, `${sha(4)} # main`, []],
    ['one that is gone', `${short(2)} # v9.0.0`, `${sha(2)} # v9.0.0`, ['warning label-gone']],
    ['another version', `${short(2)} # v1.2.3`, `${sha(2)} # v1.3.0`, []],
  ])('%s', async (_, before, after, left) => {
    expect(await mended(`acme/tool@${before}`)).toEqual({ uses: `acme/tool@${after}`, left })
  })

  test('of an action in a folder', async () => {
    expect(await mended(`Acme/Tool/sub@${short(4)}`)).toMatchObject({
      uses: `Acme/Tool/sub@${sha(4)}`,
    })
  })

  test('of a called workflow', async () => {
    const call = 'acme/flows/.github/workflows/call.yml'
    const text = (ref: string): string => `jobs:\n  j:\n    uses: ${call}@${ref}\n`
    const cwd = await temporaryFolder({ [CI]: text(short(8)) })
    await runPinsmith(['check', '--fix'], { cwd, github })
    expect(await readFile(join(cwd, CI), 'utf8')).toBe(text(`${sha(8)} # v2.0.0`))
  })
})

test('the fix stands in the report before it is made', async () => {
  const { code, findings } = await checkFiles(github, { [CI]: workflow(`acme/tool@${short(4)}`) })
  expect(code).toBe(1)
  expect(findings).toMatchObject([
    {
      code: 'short-sha',
      level: 'error',
      message: `${short(4)} is a shortened SHA, of ${sha(4)}`,
      help: 'run `pinsmith check --fix`, which writes the full 40 digits',
      fix: { edits: [{ replacement: sha(4) }] },
    },
  ])
})

describe('what cannot be expanded for sure is left, and says why', () => {
  test.each([
    ['no commit', '0000000'],
    ['several commits', 'abcdef0'],
    ['the object of a tag', tagSha('v1.3.0').slice(0, 9)],
  ])('%s', async (_, digits) => {
    const uses = `acme/tool@${digits}`
    expect(await mended(uses)).toEqual({ uses, left: ['error short-sha'] })
    const { findings } = await checkFiles(github, { [CI]: workflow(uses) })
    expect(findings).toMatchObject([
      {
        message: `${digits} looks like a shortened SHA, but no commit of acme/tool begins so, or several do`,
      },
    ])
    expect(findings[0]?.fix).toBeUndefined()
  })

  test('a branch of that name is a branch', async () => {
    const uses = 'acme/tool@fade01'
    expect(await mended(uses)).toEqual({ uses, left: ['error unpinned'] })
    expect(await mended(`acme/tool@${NAMED.slice(0, 7)}`)).toMatchObject({
      uses: `acme/tool@${NAMED}`,
    })
  })

  test('a full ref name is no SHA', async () => {
    const uses = `acme/tool@refs/heads/${short(1)}`
    expect(await mended(uses)).toEqual({ uses, left: ['error unpinned'] })
  })

  test('a host that will not answer any more is no failure of the run', async () => {
    const files = { [CI]: workflow(`acme/tool@${short(4)}`, `acme/tool@${sha(2)} # v1.3.0`) }
    github.faults.add(secondaryLimit(3_600), {
      times: Infinity,
      when: ({ path }) => path.includes('/commits/'),
    })
    const { code, findings } = await checkAs(github, files, false, ['--max-wait', '0', '--fix'])
    expect(code).toBe(1)
    expect(findings).toMatchObject([
      {
        code: 'short-sha',
        message: expect.stringMatching(
          /^[0-9a-f]{7} looks like a shortened SHA, which could not be expanded: .*secondary rate limit/,
        ),
      },
    ])
  })

  test('nor is a commit of which it cannot be told whose it is', async () => {
    github.faults.add(secondaryLimit(3_600), {
      times: Infinity,
      when: ({ path }) => path.includes('/branch_commits/') || path.includes('/compare/'),
    })
    const files = { [CI]: workflow(`acme/tool@${short(4)}`) }
    const { findings } = await checkAs(github, files, false, ['--max-wait', '0', '--fix'])
    expect(findings).toMatchObject([
      {
        code: 'short-sha',
        message: expect.stringContaining(`whether ${sha(4)} is the repository's own`),
      },
    ])
  })

  test('a workflow that demands a version tag', async () => {
    const uses = `${SLSA}@${short(10)}`
    const { findings } = await checkFiles(github, { [CI]: `jobs:\n  j:\n    uses: ${uses}\n` })
    expect(findings).toMatchObject([
      { code: 'short-sha', message: expect.stringContaining('demands a version tag') },
    ])
    expect(findings[0]?.fix).toBeUndefined()
  })

  test('offline nobody is asked', async () => {
    expect(await codesOf(github, [`acme/tool@${short(4)}`], '--offline', '--fix')).toEqual([
      'error short-sha',
    ])
    expect(github.requests.count()).toBe(0)
  })
})

describe('the commit behind it is judged', () => {
  test('a fork’s commit is an impostor, and is not written out', async () => {
    const uses = `acme/tool@${short(5)}`
    expect(await mended(uses)).toEqual({ uses, left: ['error impostor-commit'] })
  })

  test('many versions that were moved to it are what it is accused of', async () => {
    const uses = `acme/moved@${short(7)}`
    expect(await mended(uses)).toEqual({ uses, left: ['error mass-moved-tags'] })
  })

  test('a version with a known vulnerability is one as well', async () => {
    expect(await codesOf(github, [`acme/weak@${short(9)}`])).toEqual([
      'error short-sha',
      'error vulnerable',
    ])
  })
})

test('with a token shortened SHAs cost two rounds more, whatever their number', async () => {
  const uses = [2, 4].flatMap((n) => [8, 9, 10].map((digits) => `acme/tool@${short(n, digits)}`))
  const pins = { [CI]: workflow(`acme/tool@${sha(2)} # v1.3.0`, `acme/tool@${sha(4)} # main`) }
  await checkAs(github, pins, true)
  const rounds = github.requests.rounds()
  github.requests.clear()
  await checkAs(github, { [CI]: workflow(...uses) }, true)
  expect(github.requests.rounds()).toBeLessThanOrEqual(rounds + 2)
})

test('without one, each costs one request, and is asked for once in a run', async () => {
  const uses = ['0000000', short(2), short(2)].map((digits) => `acme/tool@${digits}`)
  const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
  await runPinsmith(['check', '--fix'], { cwd, github })
  const asked = github.requests.all().filter(({ path }) => path.includes('/commits/'))
  expect(asked).toHaveLength(2)
})

test('a file that the lockfile lists is left', async () => {
  const uses = `acme/tool@${short(2)}`
  const files = {
    [CI]: workflow(uses),
    '.github/workflows/actions.lock': `version: 1\nworkflows:\n  ${CI}: [${uses}]\n`,
  }
  const cwd = await temporaryFolder(files)
  await runPinsmith(['check', '--fix'], { cwd, github })
  expect(await readFile(join(cwd, CI), 'utf8')).toBe(workflow(uses))
})

test('pin leaves it, and names what mends it', async () => {
  const cwd = await temporaryFolder({ [CI]: workflow(`acme/tool@${short(2)}`) })
  const run = await runPinsmith(['pin'], { cwd, github })
  expect(run.code).toBe(1)
  expect(`${run.stdout}${run.stderr}`).toContain('`pinsmith check --fix`')
  expect(await readFile(join(cwd, CI), 'utf8')).toBe(workflow(`acme/tool@${short(2)}`))
})
