import { afterAll, describe, expect, test } from 'vitest'
import { checkAs, checkFiles, CI, codesIn, codesOf, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha } from '../support/github/worlds.ts'

const OLDER = 4
const STRANGER = 5
const ABSENT = 99

const DIGEST = `@sha256:${'0'.repeat(64)}`

const github = await startGitHub({
  worlds: [
    makeWorld('acme/tool', {
      heads: { main: 3 },
      tags: { v1: 2, 'v1.2.3': 1, 'v1.3.0': { tag: 2 }, old: 1 },
      history: [OLDER],
      unreachable: [STRANGER],
    }),
    makeWorld('acme/both', { heads: { v1: 11 }, tags: { v1: 10, 'v1.0.0': 10 } }),
    makeWorld('acme/branches', { heads: { v2: 12, main: 13 } }),
    makeWorld('acme/line', {
      heads: { main: 32 },
      tags: { v1: 31, 'v1.0.0': 31 },
      history: [30],
    }),
    makeWorld('acme/dead', { tags: { 'v1.0.0': 14 }, archived: true }),
    makeWorld('today/name', { tags: { 'v1.0.0': 15 }, renamedFrom: ['former/name'] }),
    makeWorld('acme/clean', {
      tags: { 'v1.0.0': 20 },
      manifests: { 20: { 'action.yml': composite(`acme/tool@${sha(1)} # v1.2.3`) } },
    }),
    makeWorld('acme/dirty', {
      tags: { 'v1.0.0': 21 },
      manifests: {
        21: { 'action.yml': composite('acme/tool@v1', `docker://alpine${DIGEST}`, 'acme/tool@v1') },
      },
    }),
    makeWorld('acme/deep', {
      tags: { 'v1.0.0': 22 },
      manifests: { 22: { 'action.yml': composite(`acme/dirty@${sha(21)}`, `./local`) } },
    }),
    makeWorld('acme/infected', {
      tags: { 'v1.0.0': 23 },
      manifests: {
        23: {
          'action.yml': composite(
            `acme/tool@${sha(STRANGER)} # v1.2.3`,
            `acme/tool@${sha(ABSENT)}`,
            `acme/tool@${tagSha('v1.3.0')}`,
          ),
        },
      },
    }),
    makeWorld('acme/flows', {
      tags: { 'v1.0.0': 24 },
      manifests: {
        24: {
          '.github/workflows/x.yml':
            'on: workflow_call\njobs:\n  a: { uses: acme/flows/.github/workflows/y.yml@v1.0.0 }\n',
          '.github/workflows/y.yml': `on: workflow_call\n${workflow(`acme/tool@${sha(1)}`)}`,
        },
      },
    }),
    makeWorld('slsa-framework/slsa-github-generator', {
      tags: { 'v2.0.0': 25 },
      manifests: {
        25: { '.github/workflows/go.yml': 'on: workflow_call\njobs: { a: { steps: [] } }\n' },
      },
    }),
  ],
})
afterAll(() => github.close())

const PIN = `acme/tool@${sha(1)} # v1.2.3`

describe('a pin that is what it says', () => {
  test.each([
    ['a full version', PIN],
    ['an annotated tag', `acme/tool@${sha(2)} # v1.3.0`],
    ['the name of a branch', `acme/tool@${sha(3)} # main`],
    ['a branch that is a version', `acme/branches@${sha(12)} # v2`],
    ['a commit below a branch, by its name', `acme/tool@${sha(OLDER)} # main`],
    ['in another case', `Acme/Tool@${sha(1).toUpperCase()} # v1.2.3`],
    ["another tool's label", `acme/tool@${sha(1)} # tag=v1.2.3`],
    ['the branch of a name that is a tag, too', `acme/both@${sha(11)} # v1`],
    ['with a clean tree below it', `acme/clean@${sha(20)} # v1.0.0`],
  ])('%s', async (_, uses) => {
    const checked = await checkFiles(github, { [CI]: workflow(uses) })
    expect(checked).toEqual({ code: 0, findings: [], verdict: 'passes' })
  })
})

describe('a reference that is no pin', () => {
  test.each([
    ['a tag', 'acme/tool@v1', 'unpinned'],
    ['a branch', 'acme/tool@main', 'unpinned'],
    ['a ref that is not there', 'acme/tool@nope', 'unpinned'],
    ['of a repository that is not there', 'acme/nowhere@v1', 'unpinned'],
    ['a tag and a branch that differ', 'acme/both@v1', 'ambiguous-ref'],
    ['a shortened SHA', `acme/tool@${sha(1).slice(0, 8)}`, 'short-sha'],
    ['an expression', '${{ matrix.action }}', 'not-understood'],
    ['without a ref', 'acme/tool', 'not-understood'],
  ])('%s', async (_, uses, code) => {
    const checked = await checkFiles(github, { [CI]: workflow(uses) })
    expect(codesIn(checked)).toEqual([`error ${code}`])
    expect(checked.code).toBe(1)
    expect(checked.findings[0]).toMatchObject({ file: CI, line: 4, column: 15, reference: uses })
  })

  test('is told what its tag names today', async () => {
    const { findings } = await checkFiles(github, { [CI]: workflow('acme/tool@v1') })
    expect(findings[0]?.message).toContain(sha(2))
  })

  test('one that breaks when it is pinned is a note', async () => {
    const call = 'slsa-framework/slsa-github-generator/.github/workflows/go.yml@v2.0.0'
    const checked = await checkFiles(github, { [CI]: `jobs:\n  a:\n    uses: ${call}\n` })
    expect(codesIn(checked)).toEqual(['note breaks-when-pinned'])
    expect(checked.code).toBe(0)
  })
})

describe('the label of a pin', () => {
  test.each([
    ['missing, where a version names it', `acme/tool@${sha(1)}`, 'warning label-missing', 'v1.2.3'],
    ['missing, where none does', `acme/tool@${sha(OLDER)}`, 'warning label-missing', undefined],
    ['words alone', `acme/tool@${sha(1)} # do not touch`, 'warning label-missing', 'v1.2.3'],
    ['vague, and true', `acme/tool@${sha(2)} # v1`, 'note label-vague', 'v1.3.0'],
    ['vague, and moved on', `acme/tool@${sha(1)} # v1`, 'note label-vague', 'v1.2.3'],
    [
      'vague, moved on, and nothing else names it',
      `acme/line@${sha(30)} # v1`,
      'note label-vague',
      undefined,
    ],
    ['vague, and moved aside', `acme/tool@${sha(OLDER)} # v1`, 'error moved-tag', undefined],
    ['full, and moved on', `acme/line@${sha(30)} # v1.0.0`, 'note label-mismatch', undefined],
    ['full, and moved aside', `acme/tool@${sha(OLDER)} # v1.2.3`, 'error moved-tag', undefined],
    ['of another version', `acme/tool@${sha(1)} # v1.3.0`, 'error label-mismatch', 'v1.2.3'],
    [
      'of another version, before words',
      `acme/tool@${sha(1)} # v1.3.0 since June`,
      'error label-mismatch',
      'v1.2.3',
    ],
    ['true, but for its v', `acme/tool@${sha(1)} # 1.2.3`, 'note label-vague', 'v1.2.3'],
    ['gone', `acme/tool@${sha(1)} # v0.9.0`, 'warning label-gone', undefined],
  ])('%s', async (_, uses, code, fixed) => {
    const checked = await checkFiles(github, { [CI]: workflow(uses) })
    expect(codesIn(checked)).toEqual([code])
    const replacement = checked.findings[0]?.fix?.edits[0]?.replacement
    expect(replacement).toBe(fixed === undefined ? undefined : ` # ${fixed}`)
  })

  test('true but for its v, of a version that is older than what one question brings', async () => {
    const number = 250
    const tags = Object.fromEntries(
      Array.from({ length: number }, (_, index) => [`v0.0.${index}`, 1000 + index]),
    )
    const many = await startGitHub({ worlds: [makeWorld('acme/long', { tags })] })
    const files = {
      [CI]: workflow(...[0, 249].map((n) => `acme/long@${sha(1000 + n)} # 0.0.${n}`)),
    }
    const checked = await checkFiles(many, files)
    await many.close()
    expect(codesIn(checked)).toEqual(['note label-vague', 'note label-vague'])
    expect(checked.findings[0]?.message).toContain('is called v0.0.0')
  })

  test('of another version says which commit that is', async () => {
    const { findings } = await checkFiles(github, {
      [CI]: workflow(`acme/tool@${sha(1)} # v1.3.0`),
    })
    expect(findings[0]?.message).toContain(sha(2))
  })
})

describe('the commit of a pin', () => {
  test.each([
    ['of a fork', `acme/tool@${sha(STRANGER)} # v1.2.3`, 'impostor-commit'],
    ['of a fork, without a label', `acme/tool@${sha(STRANGER)}`, 'impostor-commit'],
    ['that nobody has', `acme/tool@${sha(ABSENT)} # v1.2.3`, 'unknown-commit'],
    ['that is a tag', `acme/tool@${tagSha('v1.3.0')} # v1.3.0`, 'tag-object'],
  ])('%s', async (_, uses, code) => {
    const checked = await checkFiles(github, { [CI]: workflow(uses) })
    expect(codesIn(checked)).toEqual([`error ${code}`])
    expect(checked.code).toBe(1)
  })

  test('of a fork is accused with the commit that the label means', async () => {
    const { findings } = await checkFiles(github, {
      [CI]: workflow(`acme/tool@${sha(STRANGER)} # v1.2.3`),
    })
    expect(findings[0]?.message).toContain(sha(1))
  })

  test('of a repository that is not there is not known to be good', async () => {
    const checked = await checkFiles(github, { [CI]: workflow(`acme/nowhere@${sha(1)} # v1`) })
    expect(codesIn(checked)).toEqual(['warning undetermined'])
    expect(checked.code).toBe(1)
  })
})

describe('below a pin', () => {
  test('something unpinned is accused once, with the shortest chain', async () => {
    const checked = await checkFiles(github, {
      [CI]: workflow(`acme/deep@${sha(22)} # v1.0.0`, `acme/dirty@${sha(21)} # v1.0.0`),
    })
    expect(checked).toMatchObject({ code: 1, verdict: 'blocked' })
    expect(checked.findings).toMatchObject([
      {
        code: 'nested-unpinned',
        file: CI,
        line: 4,
        reference: `acme/deep@${sha(22)}`,
        chain: [`acme/deep@${sha(22)}`, `acme/dirty@${sha(21)}`, 'acme/tool@v1'],
        message: 'acme/dirty uses acme/tool@v1, which is not pinned, on 2 ways',
      },
      { code: 'undetermined', line: 4, chain: [`acme/deep@${sha(22)}`, './local'] },
    ])
  })

  test('commits that are not the repository’s are accused with their chains', async () => {
    const { findings } = await checkFiles(github, {
      [CI]: workflow(`acme/infected@${sha(23)} # v1.0.0`),
    })
    const entry = `acme/infected@${sha(23)}`
    expect(findings.map(({ code, chain }) => [code, ...chain])).toEqual([
      ['impostor-commit', entry, `acme/tool@${sha(STRANGER)}`],
      ['tag-object', entry, `acme/tool@${tagSha('v1.3.0')}`],
      ['unknown-commit', entry, `acme/tool@${sha(ABSENT)}`],
    ])
  })

  test('a workflow that is called by tag can be moved, though the policy lets it pass', async () => {
    const call = `acme/flows/.github/workflows/x.yml@${sha(24)} # v1.0.0`
    const checked = await checkFiles(github, { [CI]: `jobs:\n  a:\n    uses: ${call}\n` })
    expect(checked.verdict).toBe('passes')
    expect(codesIn(checked)).toEqual(['error nested-unpinned'])
  })

  test('an action that no workflow leads to is looked below, too', async () => {
    const checked = await checkFiles(github, {
      'action.yml': composite(`acme/dirty@${sha(21)} # v1.0.0`),
    })
    expect(checked).toMatchObject({ code: 1, verdict: 'passes' })
    expect(checked.findings).toMatchObject([{ code: 'nested-unpinned', file: 'action.yml' }])
  })

  test('a file that was not named is no reason to miss what it uses', async () => {
    const files = {
      [CI]: workflow('./local'),
      'local/action.yml': composite('acme/tool@v1'),
    }
    const whole = await checkFiles(github, files)
    expect(whole.findings).toMatchObject([{ code: 'unpinned', file: 'local/action.yml' }])
    const named = await checkFiles(github, files, CI)
    expect(named.findings).toMatchObject([
      { code: 'nested-unpinned', file: CI, chain: ['./local', 'acme/tool@v1'] },
    ])
  })

  test('nothing is looked at with --no-nested', async () => {
    const checked = await checkFiles(
      github,
      { [CI]: workflow(`acme/dirty@${sha(21)} # v1.0.0`) },
      '--no-nested',
    )
    expect(checked).toEqual({ code: 0, findings: [], verdict: undefined })
  })
})

describe('the repository of a pin', () => {
  test('that was renamed is a note, once', async () => {
    const uses = `former/name@${sha(15)} # v1.0.0`
    const checked = await checkFiles(github, { [CI]: workflow(uses, uses) })
    expect(codesIn(checked)).toEqual(['note renamed'])
    expect(checked.findings[0]?.message).toContain('today/name')
    expect(checked.code).toBe(0)
  })

  test('that was archived is a note, once, where the host says so', async () => {
    const uses = `acme/dead@${sha(14)} # v1.0.0`
    const files = { [CI]: workflow(uses, uses) }
    expect(codesIn(await checkAs(github, files, true))).toEqual(['note archived'])
    expect(codesIn(await checkAs(github, files, false))).toEqual([])
  })
})

test('images without a digest are notes', async () => {
  const text = [
    'jobs:',
    '  a:',
    '    container: node:22',
    '    services:',
    '      db: { image: "postgres:17" }',
    `      other: { image: 'redis${DIGEST}' }`,
    '    steps:',
    '      - uses: docker://alpine:3',
    `      - uses: docker://alpine${DIGEST}`,
    '',
  ].join('\n')
  const checked = await checkFiles(github, {
    [CI]: text,
    'one/action.yml': 'runs:\n  using: docker\n  image: docker://debian:12\n',
    'two/action.yml': 'runs:\n  using: docker\n  image: Dockerfile\n',
    'three/action.yml': 'runs:\n  using: docker\n  image: docker/Dockerfile.prod\n',
  })
  expect(checked.code).toBe(0)
  expect(checked.findings.map(({ code, file, line }) => [code, file, line])).toEqual([
    ['unpinned-image', CI, 3],
    ['unpinned-image', CI, 5],
    ['unpinned-image', CI, 8],
    ['unpinned-image', 'one/action.yml', 3],
  ])
})

test('files that could not be understood are errors with their place', async () => {
  const checked = await checkFiles(github, {
    [CI]: workflow(PIN),
    '.github/workflows/bad.yml': 'jobs: [\n',
    '.github/workflows/binary.yml': Buffer.from([0, 1, 2]),
    '.github/workflows/empty.yml': 'on: push\n',
  })
  expect(checked).toMatchObject({ code: 1, verdict: 'unknown' })
  expect(checked.findings).toMatchObject([
    { code: 'not-understood', file: '.github/workflows/bad.yml', line: 2, column: 1 },
    { code: 'not-understood', file: '.github/workflows/binary.yml' },
    { code: 'not-understood', file: '.github/workflows/empty.yml' },
  ])
})

describe('an ignore', () => {
  test('of ours lets everything pass that begins at the place', async () => {
    const uses = [
      'acme/tool@v1 # pinsmith: ignore',
      `acme/tool@${sha(STRANGER)} # pinsmith: ignore (known)`,
      `acme/dirty@${sha(21)} # v1.0.0 # pinsmith: ignore`,
    ]
    expect(await codesOf(github, uses)).toEqual([])
  })

  test('of another tool lets pass that it is not pinned, and nothing worse', async () => {
    const ignore = '# zizmor: ignore[unpinned-uses]'
    expect(await codesOf(github, [`acme/tool@v1 ${ignore}`])).toEqual([])
    expect(await codesOf(github, [`acme/tool@${sha(STRANGER)} ${ignore}`])).toEqual([
      'error impostor-commit',
    ])
  })
})
