import { expect, test } from 'vitest'
import type {
  CleanRelease,
  NoneReason,
  Prospect,
  UndecidedReason,
} from '../../src/remedy/release/clean-release.ts'
import { cleanReleaseJson } from '../../src/report/clean-release-json.ts'
import { prospectWords } from '../../src/report/clean-release-words.ts'
import type { Palette } from '../../src/report/palette.ts'
import { formatNestedVerdict } from '../../src/report/verdict/text.ts'
import { locate } from '../../src/yaml/locate.ts'
import { commit, graphOf, pin, reportOf, use } from './graph-builder.ts'
import { CI } from './graph-samples.ts'

/** One example of each kind of a union; a kind that is missing does not compile. */
type OneOfEach<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: Extract<Union, { readonly kind: Kind }>
}

const JUST = `o/just@${commit('a1')}`
const FLOW = `o/flows/.github/workflows/x.yml@${commit('b2')}`
const LEAF = `o/leaf@${commit('c3')}`

const graph = graphOf({
  [CI]: [pin(JUST, 'v2.0.0'), pin(FLOW, 'v1.0.0')],
  [JUST]: [use('o/leaf@v1', LEAF)],
  [FLOW]: [use('o/leaf@v1', LEAF)],
  [LEAF]: [],
})
const { verdict } = reportOf(graph)

/** What is known of the action, or of the called workflow, that a pin of a sample leads to. */
function prospect(written: string, release: CleanRelease, from = 'v2.0.0'): Prospect {
  const uses = written === FLOW ? { uses: written } : { steps: [{ uses: written }] }
  const located = locate(JSON.stringify({ jobs: { a: uses } }))
  const [site] = located.kind === 'located' ? located.sites : []
  if (site === undefined) throw new Error(written)
  const { reference } = site
  if (typeof reference === 'string' || !('ref' in reference) || reference.ref.kind !== 'sha')
    throw new Error(written)
  const sites = [{ file: CI, site, label: from }] as const
  return { action: { key: written, reference, commit: reference.ref.sha, sites }, from, release }
}

const found: CleanRelease = {
  kind: 'found',
  from: 'v2.0.0',
  version: 'v3.0.1',
  commit: commit('d4'),
  sameMajor: false,
}

const none: OneOfEach<NoneReason> = {
  'version-unknown': { kind: 'version-unknown' },
  newest: { kind: 'newest', version: 'v2.0.0' },
  'not-clean': { kind: 'not-clean', upTo: 'v4.2.0' },
}

const detail = 'the detail'
const unread = verdict.blocked[0]
const undecided: OneOfEach<UndecidedReason> = {
  host: { kind: 'host', failure: { kind: 'network', host: 'github.example', detail } },
  repository: { kind: 'repository', failure: { kind: 'repository-not-found' } },
  'no-date': { kind: 'no-date', version: 'v3.0.1', detail },
  unread: {
    kind: 'unread',
    version: 'v3.0.1',
    chain: unread && { ...unread, reason: { kind: 'no-manifest' } },
  },
  'mass-tagged': { kind: 'mass-tagged', version: 'v3.0.1' },
  'too-many': { kind: 'too-many', upTo: 'v9.9.9' },
}

test('a release that was found says from what to what', () => {
  expect(prospectWords(prospect(JUST, found))).toBe(
    'move o/just v2.0.0 → v3.0.1 (d4d4d4d4d4d4), a new major: its whole tree is pinned',
  )
  expect(prospectWords(prospect(JUST, { ...found, sameMajor: true }))).toBe(
    'move o/just v2.0.0 → v3.0.1 (d4d4d4d4d4d4): its whole tree is pinned',
  )
})

test('one that is too young says from when on it will do', () => {
  const date = Date.UTC(2026, 10, 22, 10, 5, 59)
  const young: CleanRelease = { kind: 'too-young', version: 'v3.0.1', date, until: date + 3600_000 }
  expect(prospectWords(prospect(JUST, young))).toBe(
    'wait: o/just v3.0.1 has its whole tree pinned, but is from 2026-11-22 10:05 UTC; pinsmith takes it from 2026-11-22 11:05 UTC on',
  )
  expect(cleanReleaseJson(prospect(JUST, young))).toMatchObject({
    outcome: 'too-young',
    reason: 'too-young',
    until: '2026-11-22T11:05:59.000Z',
  })
})

test.each(
  [
    ...Object.values(none).map((reason) => ({ kind: 'none', reason }) as const),
    ...Object.values(undecided).map((reason) => ({ kind: 'unknown', reason }) as const),
  ].map((release) => [release.reason.kind, release] as const),
)('that there is none to move to has words, and a code: %s', (code, release) => {
  const words = prospectWords(prospect(JUST, release))
  expect(words).toMatch(/^(?:none|not known): [^\n]*o\/just[^\n]*[^.]$/)
  expect(words).not.toMatch(/undefined|\[object/)
  const json = cleanReleaseJson(prospect(JUST, release))
  expect(json).toMatchObject({ outcome: release.kind, reason: code, message: words })
  expect(json).not.toHaveProperty('to')
})

const same = (text: string): string => text
const plain: Palette = { bold: same, dim: same, red: same, green: same, yellow: same }

/** What the report says is to be done, line by line. */
function nextLines(prospects: readonly Prospect[], mayUpgrade: boolean): string[] {
  const text = formatNestedVerdict(
    verdict,
    graph,
    { prospects, mayUpgrade, mayCopy: true },
    'normal',
    plain,
  )
  return [...text.matchAll(/next {2}(.*)/g)].map(([, line = '']) => line)
}

test('what to do names the command for it, and each action by itself', () => {
  const notClean: CleanRelease = { kind: 'none', reason: none['not-clean'] }
  expect(nextLines([prospect(JUST, found), prospect(FLOW, notClean, 'v1.0.0')], true)).toEqual([
    'move o/just v2.0.0 → v3.0.1 (d4d4d4d4d4d4), a new major: its whole tree is pinned. `pinsmith --nested upgrade` does it',
    // A called workflow cannot be copied.
    'none: no release of o/flows/.github/workflows/x.yml up to v4.2.0 has its whole tree pinned. `pinsmith patch o/flows` makes a patch for its authors',
  ])
  expect(nextLines([prospect(JUST, notClean)], true)).toEqual([
    'none: no release of o/just up to v4.2.0 has its whole tree pinned. `pinsmith --nested vendor` copies it into your repository; `pinsmith patch o/just` makes a patch for its authors',
    'move o/flows/.github/workflows/x.yml to a release whose whole tree is pinned (`pinsmith --nested upgrade`); where there is none, give its authors a patch (`pinsmith patch o/flows`)',
  ])
})

test('a run that has upgraded what it could does not advise to do so', () => {
  expect(nextLines([prospect(JUST, found), prospect(FLOW, found)], false).join()).not.toContain(
    '--nested upgrade',
  )
})

test('of many actions that lead to one reference only some are told of, unless verbose', () => {
  const tools = Array.from({ length: 8 }, (_, n) => `o/tool-${n}@${commit(`${n + 1}`)}`)
  const many = graphOf({
    [CI]: tools.map((tool) => pin(tool, 'v1.0.0')),
    ...Object.fromEntries(tools.map((tool) => [tool, [use('o/leaf@v1', LEAF)]])),
    [LEAF]: [],
  })
  const { verdict: blocked } = reportOf(many)
  const text = (volume: 'normal' | 'verbose'): string =>
    formatNestedVerdict(
      blocked,
      many,
      { prospects: tools.map((tool) => prospect(tool, found)), mayUpgrade: true, mayCopy: true },
      volume,
      plain,
    )
  expect(text('normal').match(/next {2}move/g)).toHaveLength(3)
  expect(text('normal')).toContain('… and 5 more (--verbose shows them)')
  expect(text('verbose').match(/next {2}move/g)).toHaveLength(8)
})
