import { describe, expect, test } from 'vitest'
import type { HostFailure, RepositoryFailure } from '../../src/domain/outcome.ts'
import type { EditObstacle, FileProblem, SiteProblem } from '../../src/domain/problem.ts'
import type { Unresolved, UsesFault } from '../../src/domain/problem.ts'
import type { VendorObstacle } from '../../src/domain/vendor-obstacle.ts'
import type { Note } from '../../src/plan/decision.ts'
import type { Exemption } from '../../src/plan/policy.ts'
import { failureWords } from '../../src/report/failure-words.ts'
import { exemptionWords, noteWords } from '../../src/report/pin/note-words.ts'
import { problemWords } from '../../src/report/problem-words.ts'
import { commit } from '../support/known-refs.ts'

/** One example of each kind of a union; a kind that is missing does not compile. */
type OneOfEach<Union, Key extends keyof Union> = {
  readonly [Kind in Union[Key] & string]: Extract<Union, Record<Key, Kind>>
}

const position = { line: 3, column: 7 }
const place = { file: 'ci.yml', position, reference: 'owner/repo/path@v4' }
const detail = 'the detail'
const host = 'github.example'

const fileProblems: OneOfEach<FileProblem, 'code'> = {
  symlink: { code: 'symlink', file: 'ci.yml' },
  binary: { code: 'binary', file: 'ci.yml' },
  'not-utf8': { code: 'not-utf8', file: 'ci.yml', position },
  unreadable: { code: 'unreadable', file: 'ci.yml', detail },
  yaml: { code: 'yaml', file: 'ci.yml', position, detail },
  'not-a-workflow': { code: 'not-a-workflow', file: 'ci.yml' },
  'read-only': { code: 'read-only', file: 'ci.yml' },
  lockfile: { code: 'lockfile', file: 'ci.yml' },
  'vendor-record': { code: 'vendor-record', file: 'vendored.json', detail },
  'ignored-by-git': { code: 'ignored-by-git', file: 'a', paths: ['a/dist/index.js'] },
  'changed-meanwhile': { code: 'changed-meanwhile', file: 'ci.yml' },
  'write-failed': { code: 'write-failed', file: 'ci.yml', detail },
  'edit-refused': { code: 'edit-refused', file: 'ci.yml', detail },
}

const siteProblems: OneOfEach<SiteProblem, 'code'> = {
  'not-understood': { code: 'not-understood', fault: 'empty', ...place },
  'not-editable': { code: 'not-editable', reason: 'escaped', ...place },
  unresolved: { code: 'unresolved', resolution: { kind: 'ref-not-found' }, ...place },
  'label-mismatch': { code: 'label-mismatch', label: 'v4.2.2', actual: commit(1), ...place },
  'label-gone': { code: 'label-gone', label: 'v4.2.2', ...place },
  'not-vendored': { code: 'not-vendored', obstacle: { kind: 'workflow' }, ...place },
  'branch-denied': { code: 'branch-denied', tag: 'v4.2.2', ...place },
  suspect: { code: 'suspect', finding: 'impostor-commit', ...place },
}

const vendorObstacles: OneOfEach<VendorObstacle, 'kind'> = {
  workflow: { kind: 'workflow' },
  'not-composite': { kind: 'not-composite', using: 'node20' },
  'no-archive': { kind: 'no-archive', failure: { kind: 'broken', detail } },
  manifest: { kind: 'manifest', detail },
  'self-reference': { kind: 'self-reference', file: 'action.yml', position, written: '$/x' },
  reach: { kind: 'reach', file: 'action.yml', position, written: '../x', fault: 'nothing' },
  link: { kind: 'link', file: 'run.sh', target: '/bin/sh' },
  lfs: { kind: 'lfs', file: 'tool.bin' },
  'unsafe-name': { kind: 'unsafe-name', file: 'aux.js' },
  'in-the-way': { kind: 'in-the-way', path: 'action.yml', fault: 'edited' },
  'no-checkout': { kind: 'no-checkout' },
  'in-action': { kind: 'in-action' },
  'in-callable': { kind: 'in-callable' },
  'in-template': { kind: 'in-template' },
  elsewhere: { kind: 'elsewhere' },
}

const faults: Readonly<Record<UsesFault, true>> = {
  empty: true,
  expression: true,
  'missing-ref': true,
  'two-ats': true,
  'not-owner-repo': true,
  'outside-repository': true,
  'self-with-ref': true,
  'not-a-workflow': true,
  'invalid-ref': true,
  'invisible-character': true,
  'not-a-text': true,
  tagged: true,
  'merge-key': true,
  'key-case': true,
}

const obstacles: Readonly<Record<EditObstacle, true>> = {
  escaped: true,
  'shared-anchor': true,
  'no-room-for-label': true,
}

const reasons: Readonly<Record<Extract<RepositoryFailure, { kind: 'forbidden' }>['reason'], true>> =
  { saml: true, permission: true, blocked: true }

const resolutions: OneOfEach<Unresolved, 'kind'> = {
  ambiguous: { kind: 'ambiguous', tag: commit(1), branch: commit(2) },
  'short-sha': { kind: 'short-sha', tips: [] },
  'ref-not-found': { kind: 'ref-not-found' },
  'repository-not-found': { kind: 'repository-not-found' },
  forbidden: { kind: 'forbidden', reason: 'saml', detail },
  broken: { kind: 'broken', detail },
}

const failures: OneOfEach<HostFailure, 'kind'> = {
  network: { kind: 'network', host, detail },
  unauthorized: { kind: 'unauthorized', host, detail },
  'rate-limited': { kind: 'rate-limited', host, until: undefined, detail },
  unusable: { kind: 'unusable', host, detail },
}

const notes: OneOfEach<Note, 'kind'> = {
  renamed: { kind: 'renamed', to: 'new/name' },
  'reads-own-ref': { kind: 'reads-own-ref', input: 'toolchain', ref: 'stable' },
  'was-tag-object': { kind: 'was-tag-object' },
  'label-corrected': { kind: 'label-corrected', untrue: { label: 'v4.2.2', actual: commit(1) } },
  'no-label': { kind: 'no-label' },
  upgraded: { kind: 'upgraded', from: 'v2.0.0', to: 'v3.0.1', isNewMajor: true },
}

const exemptions: OneOfEach<Exemption, 'kind'> = {
  comment: { kind: 'comment', directive: { by: 'pinsmith', reason: '' } },
  'not-selected': { kind: 'not-selected' },
  configured: { kind: 'configured', reason: 'ours' },
  locked: { kind: 'locked' },
  'breaks-when-pinned': { kind: 'breaks-when-pinned' },
}

const left = (resolution: Unresolved, reference = place.reference): SiteProblem => ({
  ...place,
  code: 'unresolved',
  resolution,
  reference,
})

const understood = (fault: string): fault is UsesFault => fault in faults
const obstructed = (reason: string): reason is EditObstacle => reason in obstacles
const named = (reason: string): reason is keyof typeof reasons => reason in reasons

const problems = [
  ...Object.values(fileProblems),
  siteProblems['label-mismatch'],
  siteProblems['label-gone'],
  ...Object.values(vendorObstacles).map((obstacle) => ({
    ...siteProblems['not-vendored'],
    obstacle,
  })),
  ...[siteProblems['not-editable'], fileProblems['edit-refused']].map((problem) => ({
    ...siteProblems['not-vendored'],
    obstacle: { kind: 'stays-blocked', problem } as const,
  })),
  siteProblems['branch-denied'],
  { ...siteProblems['branch-denied'], tag: undefined },
  ...Object.keys(faults)
    .filter(understood)
    .map((fault) => ({ ...siteProblems['not-understood'], fault })),
  ...Object.keys(obstacles)
    .filter(obstructed)
    .map((reason) => ({ ...siteProblems['not-editable'], reason })),
  ...Object.values(resolutions).map((resolution) => left(resolution)),
  ...Object.keys(reasons)
    .filter(named)
    .map((reason) => left({ kind: 'forbidden', reason, detail })),
  left({ kind: 'short-sha', tips: [commit(1), commit(2)] }),
]

test.each(problems.map((problem) => [JSON.stringify(problem), problem] as const))(
  'a problem has words: %s',
  (_, problem) => {
    const words = problemWords(problem)
    expect(Object.keys(words).toSorted()).toEqual(['next', 'what', 'why'])
    expect(Object.values(words).filter((sentence) => !isSentence(sentence))).toEqual([])
    expect(words.what).toContain('detail' in problem ? detail : '')
  },
)

test('kinds of problems are worded apart', () => {
  const kinds = [
    ...Object.values(fileProblems),
    ...Object.keys(faults)
      .filter(understood)
      .map((fault) => ({ ...siteProblems['not-understood'], fault })),
    ...Object.keys(obstacles)
      .filter(obstructed)
      .map((reason) => ({ ...siteProblems['not-editable'], reason })),
    ...Object.values(resolutions).map((resolution) => left(resolution)),
  ]
  const whats = kinds.map((problem) => problemWords(problem).what)
  expect(new Set(whats).size).toBe(kinds.length)
})

describe('a reference that could not be resolved', () => {
  test.each([
    ['owner/repo@v4', 'owner/repo has no tag and no branch named v4'],
    ['owner/repo/deep/path@v4', 'owner/repo has no tag and no branch named v4'],
    ['owner\\repo\\path@v4', 'owner/repo has no tag and no branch named v4'],
    ['owner/repo@release/v1', 'owner/repo has no tag and no branch named release/v1'],
  ])('names its repository and ref: %s', (reference, what) => {
    expect(problemWords(left({ kind: 'ref-not-found' }, reference)).what).toBe(what)
  })

  test('that is a pin was kept, and only its label could not be checked', () => {
    const pin = left({ kind: 'repository-not-found' }, `owner/repo@${commit(1)}`)
    expect(problemWords(pin).why).toBe(
      'whether its label is true could not be checked; the pin was kept',
    )
  })

  test('both commits of an ambiguous one are told', () => {
    const { what } = problemWords(left(resolutions.ambiguous))
    expect(what).toContain(commit(1))
    expect(what).toContain(commit(2))
  })

  test('a shortened SHA is told with what it could be', () => {
    const tips = [commit(1), commit(2)]
    const { what } = problemWords(left({ kind: 'short-sha', tips }))
    expect(what).toContain(`${commit(1)} or ${commit(2)}`)
  })
})

describe('a failure', () => {
  const now = Date.UTC(2026, 0, 1, 12)

  test.each(Object.values(failures))('has words: $kind', (failure) => {
    const words = failureWords(failure, now)
    expect(Object.keys(words).toSorted()).toEqual(['next', 'what', 'why'])
    expect(Object.values(words).filter((sentence) => !isSentence(sentence))).toEqual([])
    expect(words.what).toContain(host)
    expect(words.what).toContain(detail)
  })

  test.each([
    ['a whole number of minutes', 30 * 60_000, '2026-01-01T12:30:00.000Z (in 30 min)'],
    ['rounded up', 61_000, '2026-01-01T12:01:01.000Z (in 2 min)'],
    ['never less than one', -5_000, '2026-01-01T11:59:55.000Z (in 1 min)'],
  ])('of a rate limit says when it is over: %s', (_, wait, says) => {
    const failure = { ...failures['rate-limited'], until: now + wait } as const
    expect(failureWords(failure, now).next).toContain(`run pinsmith again after ${says}`)
  })

  test('of a rate limit without an end says so much', () => {
    expect(failureWords(failures['rate-limited'], now).next).toContain('in some minutes')
  })
})

describe('a note', () => {
  test.each(Object.values(notes))('has words: $kind', (note) => {
    expect(noteWords(note, 'verbose') ?? '').toSatisfy(isSentence)
  })

  test('on a label that was not true says what it said', () => {
    const untrue = { label: 'v4.2.2', actual: commit(1) }
    expect(noteWords({ kind: 'label-corrected', untrue }, 'normal')).toBe(
      `the label said v4.2.2, which is another commit (${commit(1).slice(0, 12)})`,
    )
  })

  test('that there is no label is worth a line only to those who ask', () => {
    expect(noteWords(notes['no-label'], 'normal')).toBeUndefined()
  })
})

test.each(Object.values(exemptions))('an exemption has words: $kind', (exemption) => {
  expect(exemptionWords(exemption)).toSatisfy(isSentence)
})

/** Whether something is said, without a full stop at its end and without a hole in it. */
function isSentence(text: string): boolean {
  return /^\S.*[^\s.]$/.test(text) && !/undefined|null|NaN|\[object| {2}|\n/.test(text)
}
