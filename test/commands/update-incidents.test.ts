import { describe, expect, onTestFinished, test } from 'vitest'
import { CI, composite, workflow } from '../support/check.ts'
import type { WorldAdvisory } from '../support/github/advisories.ts'
import { answer } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha, type World } from '../support/github/worlds.ts'
import { heldIn, movesIn, updateAs, updateFiles, type Updated } from '../support/update.ts'

const DAY = 24 * 60 * 60 * 1000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString()

/** What GitHub held at a time. */
interface Moment {
  readonly worlds: readonly World[]
  readonly advisories?: readonly WorldAdvisory[]
}

async function start(moment: Moment): Promise<LocalGitHub> {
  const github = await startGitHub({ ...moment, limits: { anonymous: 10_000 } })
  onTestFinished(() => github.close())
  return github
}

/** Updates a workflow of these references at that time. */
async function updateAt(moment: Moment, ...uses: readonly string[]): Promise<Updated> {
  return updateFiles(await start(moment), { [CI]: workflow(...uses) })
}

/** That nothing was moved, and nothing in the file changed. */
function expectKept({ moves, files }: Updated, ...uses: readonly string[]): void {
  expect(moves).toEqual([])
  expect(files[CI]).toBe(workflow(...uses))
}

describe('tj-actions/changed-files, CVE-2025-30066', () => {
  const NAME = 'tj-actions/changed-files'
  const BAD = '0e58ed8671d6b60d0890c21b07f8835ace038e67'
  const versions = ['v45.0.0', 'v45.0.1', 'v45.1.0', 'v45.1.1', 'v45.2.0', 'v45.2.1']
  const during: Moment = {
    worlds: [
      makeWorld(NAME, {
        heads: { main: 50 },
        tags: {
          'v45.0.0': 1,
          v45: BAD,
          ...Object.fromEntries(versions.slice(1).map((version) => [version, BAD])),
        },
        history: [1, 2],
        unreachable: [BAD],
        dates: { [BAD]: ago(400) },
      }),
    ],
  }

  test('during it, a pin whose own tag was not moved does not move to the others', async () => {
    const PIN = `${NAME}@${sha(1)} # v45.0.0`
    const updated = await updateAt(during, PIN)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual([`${NAME} v45.0.0 → v45.2.1: accused mass-moved-tags`])
    expect(updated.held[0]).toMatchObject({ accused: 'target', alarming: true })
    expect(updated.code).toBe(1)
  })

  test('during it, a pin whose own tag was moved is kept, and told as pin tells it', async () => {
    const PIN = `${NAME}@${sha(2)} # v45.1.0`
    const updated = await updateAt(during, PIN)
    expectKept(updated, PIN)
    expect(updated.problems.map(({ code }) => code)).toEqual(['label-mismatch'])
    expect(updated.code).toBe(1)
  })

  test('during it, a tag is not pinned to where it was moved', async () => {
    const updated = await updateAt(during, `${NAME}@v45`)
    expectKept(updated, `${NAME}@v45`)
    expect(updated.problems.map(({ code }) => code)).toEqual(['suspect'])
    expect(updated.problems[0]?.message).toContain('mass-moved-tags')
    expect(updated.code).toBe(1)
  })
})

describe('reviewdog/action-setup, CVE-2025-30154', () => {
  const NAME = 'reviewdog/action-setup'
  const BAD = 'f0d342d24037bb11d26b9bd8496e0808ba32e9ec'
  const GOOD = '3f401fe1d58fe77e10d665ab713057375e39b887'
  const PIN = `${NAME}@${GOOD} # v1`

  test('a tag that was moved on within the cooldown is not followed yet', async () => {
    const world = makeWorld(NAME, {
      heads: { main: BAD },
      tags: { v1: BAD },
      parents: { [BAD]: [GOOD], [GOOD]: [] },
      dates: { [BAD]: ago(1), [GOOD]: ago(30) },
    })
    const updated = await updateAt({ worlds: [world] }, PIN)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual([`${NAME} v1 → v1: too-young`])
  })

  test('one that was moved aside is not followed at all', async () => {
    const world = makeWorld(NAME, {
      heads: { main: 5 },
      tags: { v1: BAD },
      history: [GOOD],
      unreachable: [BAD],
      dates: { [BAD]: ago(30) },
    })
    const updated = await updateAt({ worlds: [world] }, PIN)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual([`${NAME} v1: accused moved-tag`])
    expect(updated).toMatchObject({ code: 1, held: [{ accused: 'pin' }] })
  })

  test('it is not moved to where it would come in through a nested action', async () => {
    const user = makeWorld('reviewdog/action-shellcheck', {
      heads: { main: 90 },
      tags: { 'v1.29.0': 8, 'v1.29.1': 9 },
      manifests: {
        8: { 'action.yml': composite(`${NAME}@${GOOD} # v1`) },
        9: { 'action.yml': composite(`${NAME}@${BAD} # v1`) },
      },
    })
    const world = makeWorld(NAME, {
      heads: { main: 5 },
      tags: { v1: GOOD },
      history: [],
      unreachable: [BAD],
    })
    const uses = `reviewdog/action-shellcheck@${sha(8)} # v1.29.0`
    const updated = await updateAt({ worlds: [world, user] }, uses)
    expectKept(updated, uses)
    expect(heldIn(updated)).toEqual([
      'reviewdog/action-shellcheck v1.29.0 → v1.29.1: accused impostor-commit',
    ])
    expect(updated.held[0]?.message).toContain(`${NAME}@${BAD.slice(0, 12)}`)
  })
})

test('aquasecurity/trivy-action, CVE-2026-33634: where the tag of the label is gone, the pin is kept', async () => {
  const NAME = 'aquasecurity/trivy-action'
  const PIN = `${NAME}@${sha(2)} # 0.34.2`
  const world = makeWorld(NAME, { heads: { master: 9 }, tags: { 'v0.35.0': 8 }, history: [2] })
  const updated = await updateAt({ worlds: [world] }, PIN)
  expectKept(updated, PIN)
  expect(updated.problems.map(({ code }) => code)).toEqual(['label-gone'])
  expect(updated.code).toBe(1)
})

describe('xygeni/xygeni-action, CVE-2026-31976', () => {
  const NAME = 'xygeni/xygeni-action'
  /** 3 is the newest on main; 7 is the head of a pull request that was made on top of it. */
  const worlds = [
    makeWorld(NAME, {
      heads: { main: 3 },
      tags: { v5: 7, 'v5.1.0': 1 },
      parents: { 1: [], 2: [1], 3: [2], 7: [3] },
      pulls: { 12: 7 },
    }),
  ]

  test('a tag that was moved to what a pull request brought is not followed', async () => {
    const PIN = `${NAME}@${sha(2)} # v5`
    const updated = await updateAt({ worlds }, PIN)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual([`${NAME} v5: accused moved-tag`])
    expect(updated.code).toBe(1)
  })

  test('nor is it pinned', async () => {
    const updated = await updateAt({ worlds }, `${NAME}@v5`)
    expectKept(updated, `${NAME}@v5`)
    expect(updated.problems.map(({ code }) => code)).toEqual(['suspect'])
    expect(updated.problems[0]?.message).toContain('impostor-commit')
  })
})

test('aquasecurity/trivy: a fork’s commit under a label that is another one does not move away unseen', async () => {
  const BAD = '70379aad1a8b40919ce8b382d3cd7d0315cde1d0'
  const world = makeWorld('actions/checkout', {
    heads: { main: 9 },
    tags: { 'v6.0.2': 5, 'v6.1.0': 6 },
    unreachable: [BAD],
  })
  const PIN = `actions/checkout@${BAD} # v6.0.2`
  const updated = await updateAt({ worlds: [world] }, PIN)
  expectKept(updated, PIN)
  expect(updated.problems.map(({ code }) => code)).toEqual(['label-mismatch'])
})

describe('advisories', () => {
  const world = makeWorld('acme/tool', {
    heads: { main: 9 },
    tags: { 'v1.0.0': 1, 'v1.1.0': 2, 'v1.2.0': 3 },
    dates: { 3: ago(1) },
  })
  const PIN = `acme/tool@${sha(1)} # v1.0.0`

  test('a version with a known vulnerability is not moved to', async () => {
    const vulnerabilities = [{ package: 'acme/tool', range: '>= 1.1.0, < 1.2.0', patched: '1.2.0' }]
    const advisories = [{ id: 'GHSA-1111-2222-3333', vulnerabilities }]
    const updated = await updateAt({ worlds: [world], advisories }, PIN)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual([
      'acme/tool v1.0.0 → v1.1.0: accused vulnerable',
      'acme/tool v1.0.0 → v1.2.0: too-young',
    ])
    expect(updated.held[0]?.message).toContain('GHSA-1111-2222-3333')
  })

  test('an older one without it is', async () => {
    const vulnerabilities = [{ package: 'acme/tool', range: '= 1.2.0' }]
    const advisories = [{ id: 'GHSA-1111-2222-3333', vulnerabilities }]
    const old = makeWorld('acme/tool', {
      heads: { main: 9 },
      tags: { 'v1.0.0': 1, 'v1.1.0': 2, 'v1.2.0': 3 },
    })
    const updated = await updateAt({ worlds: [old], advisories }, PIN)
    expect(movesIn(updated)).toEqual(['acme/tool v1.0.0 → v1.1.0'])
    expect(heldIn(updated)).toEqual(['acme/tool v1.0.0 → v1.2.0: accused vulnerable'])
    expect(updated).toMatchObject({ code: 0, held: [{ alarming: false }] })
  })

  test('a pin with one moves away', async () => {
    const vulnerabilities = [{ package: 'acme/tool', range: '< 1.1.0', patched: '1.1.0' }]
    const advisories = [{ id: 'GHSA-1111-2222-3333', vulnerabilities }]
    const updated = await updateAt({ worlds: [world], advisories }, PIN)
    expect(movesIn(updated)).toEqual(['acme/tool v1.0.0 → v1.1.0'])
  })

  test('where they cannot be read, nothing moves', async () => {
    const updated = await updateAt({ worlds: [world], advisories: [] }, PIN)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual([
      'acme/tool v1.0.0 → v1.1.0: accused undetermined',
      'acme/tool v1.0.0 → v1.2.0: too-young',
    ])
    expect(updated.code).toBe(1)
  })

  test('by the configuration, one can be let pass', async () => {
    const vulnerabilities = [{ package: 'acme/tool', range: '= 1.1.0' }]
    const github = await start({
      worlds: [world],
      advisories: [{ id: 'GHSA-1111-2222-3333', vulnerabilities }],
    })
    const updated = await updateFiles(github, {
      [CI]: workflow(PIN),
      '.github/pinsmith.yml':
        'ignore:\n  - action: acme/tool\n    findings: [vulnerable]\n    reason: not reached\n',
    })
    expect(movesIn(updated)).toEqual(['acme/tool v1.0.0 → v1.1.0'])
  })
})

describe('what could not be found out moves nothing', () => {
  const world = makeWorld('acme/tool', {
    heads: { main: 9 },
    tags: { v1: 2, 'v2.0.0': 3, 'v2.1.0': 4 },
    parents: { 1: [], 2: [1], 3: [2], 4: [3], 9: [4] },
  })

  test('the age of a version', async () => {
    const github = await startGitHub({ worlds: [world], limits: { anonymous: 0 } })
    onTestFinished(() => github.close())
    const PIN = `acme/tool@${sha(3)} # v2.0.0`
    const updated = await updateAs(github, { [CI]: workflow(PIN) }, false)
    expectKept(updated, PIN)
    expect(heldIn(updated)).toEqual(['acme/tool v2.0.0 → v2.1.0: no-date'])
    expect(updated.code).toBe(1)
  })

  test('whether a tag comes after the pin', async () => {
    const github = await start({ worlds: [world] })
    github.faults.add(answer(404, ''), { kind: 'web', times: Infinity })
    github.faults.add(answer(403, ''), {
      when: ({ path }) => path.includes('/compare/'),
      times: Infinity,
    })
    const PIN = `acme/tool@${sha(1)} # v1`
    const updated = await updateAs(github, { [CI]: workflow(PIN) }, false)
    expectKept(updated, PIN)
    expect(updated).toMatchObject({
      code: 1,
      held: [{ reason: 'accused', finding: 'undetermined' }],
    })
  })
})

test('a pin whose label is not true is left for somebody to look at, though the truth is known', async () => {
  const world = makeWorld('acme/tool', {
    heads: { main: 9 },
    tags: { 'v1.0.0': 1, 'v1.1.0': 2, 'v1.2.0': 3 },
  })
  const PIN = `acme/tool@${sha(1)} # v1.1.0`
  const TRUE = `acme/tool@${sha(2)} # v1.1.0`
  const updated = await updateAt({ worlds: [world] }, PIN, TRUE)
  expect(movesIn(updated)).toEqual(['acme/tool v1.1.0 → v1.2.0'])
  expect(updated.files[CI]).toBe(workflow(PIN, `acme/tool@${sha(3)} # v1.2.0`))
  expect(updated.problems.map(({ code }) => code)).toEqual(['label-mismatch'])
  expect(updated.problems[0]?.message).toContain('the pinned one is v1.0.0')
  expect(updated.code).toBe(1)
})
