import { expect, test } from 'vitest'
import type { Palette } from '../../src/report/palette.ts'
import { formatVerdict } from '../../src/report/verdict/text.ts'
import { verdictJson } from '../../src/report/verdict/json.ts'
import type { UnknownReason } from '../../src/walk/graph.ts'
import type { GraphReport } from '../../src/report/graph/text.ts'
import { dedent } from '../support/dedent.ts'
import { commit, graphOf, pin, reportOf, use } from './graph-builder.ts'
import {
  CACHE,
  CHECKOUT,
  CI,
  cleanGraph,
  HOSTILE,
  mixedGraph,
  RELEASE,
  SETUP_CRATE,
  SETUP_JUST,
} from './graph-samples.ts'

const same = (text: string): string => text
const plain: Palette = { bold: same, dim: same, red: same, green: same, yellow: same }

function words(
  { verdict, graph }: GraphReport,
  volume: 'quiet' | 'normal' | 'verbose' = 'normal',
): string {
  return formatVerdict(verdict, graph, volume, plain)
}

test('a repository that passes is one line', () => {
  expect(words(reportOf(cleanGraph()))).toBe(
    '✓ passes: everything that 1 workflow runs is pinned, nested actions included.\n',
  )
  expect(words(reportOf(graphOf({})))).toBe(
    '✓ passes: there is no workflow here, so nothing runs.\n',
  )
})

test('a nested unpinned reference is told with its chain, and what to do about its parent', () => {
  const graph = graphOf({
    [CI]: [pin(CHECKOUT, 'v4.2.2'), pin(SETUP_JUST, 'v2.0.0'), pin(SETUP_JUST, 'v2.0.0')],
    [CHECKOUT]: [],
    [SETUP_JUST]: [use('extractions/setup-crate@v1', SETUP_CRATE)],
    [SETUP_CRATE]: [],
  })
  expect(words(reportOf(graph))).toBe(dedent`
    ✗ blocked: 1 reference that is not pinned would stop 1 of 1 workflow.
        why   GitHub's policy "require actions to be pinned to a full-length commit SHA" looks through every action at what that uses in turn; where it is on, such a run fails in "Set up job"

    ✗ extractions/setup-crate@v1
        .github/workflows/ci.yml:11,12 → extractions/setup-just@9b1d2f9b1d2f (v2.0.0) → extractions/setup-crate@v1
        next  move extractions/setup-just to a release whose whole tree is pinned (\`pinsmith --nested upgrade\`); where there is none, copy it into your repository (\`pinsmith --nested vendor\`), or give its authors a patch (\`pinsmith patch extractions/setup-just\`)
  `)
})

test('what stands in files of the repository itself is to be pinned there, local actions included', () => {
  const graph = graphOf({
    [CI]: [use('./setup', 'setup/action.yml'), use('actions/cache@v4', CACHE)],
    'setup/action.yml': [use('actions/cache@v4', CACHE)],
    [CACHE]: [],
  })
  const text = words(reportOf(graph))
  expect(text).toContain(dedent`
    ✗ actions/cache@v4  on 2 chains
        .github/workflows/ci.yml:10 → ./setup → actions/cache@v4
        .github/workflows/ci.yml:11 → actions/cache@v4
        next  pin it: run pinsmith
  `)
})

test('the same reference in another’s manifest is another matter', () => {
  const graph = graphOf({
    [CI]: [use('actions/cache@v4', CACHE), pin(SETUP_JUST, 'v2.0.0')],
    [SETUP_JUST]: [use('actions/cache@v4', CACHE)],
    [CACHE]: [],
  })
  const next = [...words(reportOf(graph)).matchAll(/next {2}(.*)/g)].map(([, each]) => each)
  expect(next).toEqual(['pin it: run pinsmith', expect.stringMatching(/^move extractions\/setup-/)])
})

test('many chains are counted, and only some of them shown unless verbose', () => {
  const workflows = Array.from({ length: 8 }, (_, number) => `.github/workflows/w${number}.yml`)
  const graph = graphOf({
    ...Object.fromEntries(workflows.map((path) => [path, [use('actions/cache@v4', CACHE)]])),
    [CACHE]: [],
  })
  const text = words(reportOf(graph))
  expect(text).toContain('✗ actions/cache@v4  on 8 chains\n')
  expect(text.match(/ → /g)).toHaveLength(3)
  expect(text).toContain('… and 5 more (--verbose shows them)\n')
  const all = words(reportOf(graph), 'verbose')
  expect(all.match(/ → /g)).toHaveLength(8)
  expect(all).not.toContain('more')
  expect(words(reportOf(graph), 'quiet').split('\n')).toHaveLength(2)
})

test('many references are not all told either', () => {
  const uses = Array.from({ length: 14 }, (_, number) => use(`acme/tool-${number}@v1`, CACHE))
  const text = words(reportOf(graphOf({ [CI]: uses, [CACHE]: [] })))
  expect(text.match(/^✗ acme/gm)).toHaveLength(10)
  expect(text).toContain('… and 4 references more (--verbose shows them)\n')
})

const REASONS: readonly (readonly [UnknownReason, string, string])[] = [
  [
    { kind: 'not-understood', fault: 'missing-ref' },
    'there is no ref: nothing follows an @',
    'write owner/repo@ref',
  ],
  [
    { kind: 'unresolved', resolution: { kind: 'repository-not-found' } },
    'the repository octo-org/tool was not found: there is none, or it is private',
    'give a token that may read it',
  ],
  [
    { kind: 'unresolved', resolution: { kind: 'ref-not-found' } },
    `octo-org/tool has no tag and no branch named ${'c'.repeat(12)}`,
    'check the spelling',
  ],
  [
    { kind: 'unresolved', resolution: { kind: 'broken', detail: 'half an answer' } },
    'the answer about octo-org/tool could not be understood: half an answer',
    'run pinsmith again',
  ],
  [
    {
      kind: 'unresolved',
      resolution: { kind: 'forbidden', reason: 'saml', detail: 'single sign-on' },
    },
    'octo-org/tool may not be read: single sign-on',
    'give a token that may read it',
  ],
  [
    { kind: 'no-manifest' },
    'neither action.yml, action.yaml nor Dockerfile stands there',
    'check the path and the version',
  ],
  [
    { kind: 'unreadable', detail: 'it is not YAML: a tab' },
    'it is not YAML: a tab',
    'run pinsmith again',
  ],
  [
    { kind: 'not-in-workspace', tried: ['x/action.yml', 'x/action.yaml'] },
    'this means a place in your repository, and there is nothing (looked for x/action.yml, x/action.yaml)',
    'if a step puts it there',
  ],
  [
    { kind: 'too-deep' },
    'it lies deeper than the ten levels that GitHub allows',
    'GitHub would not run it either',
  ],
]

test.each(REASONS)('what is not known has a reason and a way on: %j', (reason, what, next) => {
  const tool = `octo-org/tool@${commit('c')}`
  const report = reportOf(graphOf({ [CI]: [use(tool, { kind: 'unknown', reason })] }))
  const text = words(report)
  expect(report.verdict.kind).toBe('unknown')
  expect(text).toContain('? unknown: what 1 of 1 workflow runs is not known in full')
  expect(text).toContain(`    .github/workflows/ci.yml:10 → octo-org/tool@${'c'.repeat(12)}\n`)
  expect(text).toContain(`    what  ${what}\n    next  ${next}`)
})

test('a workflow that is called by a branch is unknown, with a reason', () => {
  const called = 'octo-org/flows/.github/workflows/x.yml'
  const key = `${called}@${commit('f')}`
  const text = words(reportOf(graphOf({ [CI]: [use(`${called}@main`, key, 'open')], [key]: [] })))
  expect(text).toContain('what  it is called by a branch')
  expect(text).toContain('next  pin it: run pinsmith')
})

test('a workflow that could not be read makes the verdict unknown', () => {
  const report = reportOf(cleanGraph(), [{ code: 'symlink', file: '.github/workflows/link.yml' }])
  expect(words(report)).toBe(dedent`
    ? unknown: what 1 of 2 workflows runs is not known in full, so it cannot pass as pinned.

    ? .github/workflows/link.yml  could not be read, so what it runs is not known
  `)
  expect(verdictJson(report.verdict)).toEqual({
    verdict: 'unknown',
    chains: [],
    unknown: [['.github/workflows/link.yml']],
  })
})

test('as data, chains are lists of strings as written, each once', () => {
  const graph = graphOf({
    [CI]: [
      pin(SETUP_JUST, 'v2.0.0'),
      pin(SETUP_JUST, 'v2.0.0'),
      use('octo-org/gone@v1', {
        kind: 'unknown',
        reason: { kind: 'unresolved', resolution: { kind: 'repository-not-found' } },
      }),
      use(`octo-org/odd@${commit('d')}`, { kind: 'unknown', reason: { kind: 'no-manifest' } }),
    ],
    [SETUP_JUST]: [use('extractions/setup-crate@v1', SETUP_CRATE)],
    [SETUP_CRATE]: [],
  })
  expect(verdictJson(reportOf(graph).verdict)).toEqual({
    verdict: 'blocked',
    chains: [
      [CI, SETUP_JUST, 'extractions/setup-crate@v1'],
      [CI, 'octo-org/gone@v1'],
    ],
    unknown: [[CI, `octo-org/odd@${commit('d')}`]],
  })
})

test('an ambiguous reference of one’s own is a choice', () => {
  const text = words(reportOf(mixedGraph()))
  expect(text).toContain(`${RELEASE}:14 → ./.github/workflows/ci.yml → dorny/test-reporter@v1`)
  expect(text).toContain(
    'next  choose which is meant: run pinsmith with --prefer tag or --prefer branch\n',
  )
})

test.each(HOSTILE)('nothing in a name steers a terminal: %j', (name) => {
  const reason: UnknownReason = { kind: 'unreadable', detail: name }
  const graph = graphOf({
    [`.github/workflows/${name}`]: [
      use(name, CACHE, 'unpinned'),
      use(name, { kind: 'unknown', reason }),
    ],
    [CACHE]: [],
  })
  expect(words(reportOf(graph), 'verbose')).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
})
