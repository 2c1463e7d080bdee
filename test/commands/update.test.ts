import { afterAll, describe, expect, test } from 'vitest'
import { CI, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { heldIn, movesIn, updateFiles } from '../support/update.ts'

const DAY = 24 * 60 * 60 * 1000
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString()

const github = await startGitHub({
  // Without a token each age costs a request.
  limits: { anonymous: 10_000 },
  worlds: [
    makeWorld('acme/tool', {
      heads: { main: 90 },
      tags: {
        'v1.9.0': 1,
        v2: 5,
        'v2.0.0': 2,
        'v2.0.1': 3,
        'v2.1.0': 4,
        'v2.2.0': { tag: 5 },
        'v2.3.0-rc.1': 6,
        'v3.0.0': 7,
      },
    }),
    makeWorld('acme/young', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 10, 'v1.1.0': 11, 'v1.2.0': 12, 'v1.3.0': 13 },
      dates: { 12: ago(2), 13: ago(1) },
    }),
    makeWorld('acme/mono', {
      heads: { main: 90 },
      tags: { 'login/v1.0.0': 20, 'login/v1.1.0': 21, 'logout/v1.9.0': 22, 'v1.8.0': 23 },
      manifests: Object.fromEntries(
        [20, 21, 22, 23].map((n) => [n, { 'login/action.yml': composite() }]),
      ),
    }),
    makeWorld('acme/branch', {
      heads: { main: 32, other: 31, v4: 33 },
      parents: { 30: [], 31: [30], 32: [30], 33: [32, 31] },
      tags: { 'v4.1.0': 33 },
    }),
    makeWorld('acme/fresh', { heads: { main: 35 }, dates: { 35: ago(1) }, history: [34] }),
    makeWorld('acme/suite', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 40, 'v1.1.0': 41, 'v1.2.0': 42 },
      manifests: {
        40: { 'one/action.yml': composite(), 'two/action.yml': composite() },
        41: { 'one/action.yml': composite(), 'two/action.yml': composite() },
        42: { 'one/action.yml': composite() },
      },
    }),
    makeWorld('acme/pre', {
      heads: { main: 90 },
      tags: { 'v1.0.0-beta.1': 50, 'v1.0.0-beta.2': 51, 'v1.0.0-rc.1': 52, 'v1-node16': 53 },
    }),
    makeWorld('acme/bare', { heads: { main: 90 }, tags: { '0.1.0': 60, 'v0.2.0': 61 } }),
    makeWorld('acme/majors', {
      heads: { main: 90 },
      tags: { v1: 63, v2: 64, nextest: 65 },
      history: [62, 66],
    }),
    makeWorld('acme/again', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 70, 'v1.1.0': 71, 'v1.2.0': 70 },
    }),
    makeWorld('acme/flows', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 75, 'v1.1.0': 76 },
      manifests: Object.fromEntries(
        [75, 76].map((n) => [n, { '.github/workflows/x.yml': workflow() }]),
      ),
    }),
    makeWorld('acme/both', {
      heads: { main: 90, v1: 67 },
      tags: { v1: 68 },
      parents: { 66: [], 67: [66], 68: [66], 90: [67, 68] },
    }),
    makeWorld('acme/leaf', { tags: { v1: 80, 'v1.0.0': 80 } }),
    makeWorld('acme/dirty', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 81, 'v1.1.0': 82, 'v1.2.0': 83, 'v2.0.0': 84, 'v2.1.0': 85 },
      manifests: {
        81: { 'action.yml': composite() },
        82: { 'action.yml': composite(`acme/leaf@${sha(80)}`) },
        83: { 'action.yml': composite('acme/leaf@v1') },
        84: { 'action.yml': composite('acme/leaf@v1') },
        85: { 'action.yml': composite('acme/leaf@v1') },
      },
    }),
    makeWorld('today/name', {
      heads: { main: 90 },
      tags: { 'v1.0.0': 86, 'v1.1.0': 87 },
      renamedFrom: ['former/name'],
    }),
  ],
})
afterAll(() => github.close())

const update = (uses: readonly string[], ...args: readonly string[]) =>
  updateFiles(github, { [CI]: workflow(...uses) }, ...args)

const call = (ref: string): string =>
  `jobs:\n  a:\n    uses: acme/flows/.github/workflows/x.yml@${ref}\n`

describe('a pin moves', () => {
  test.each<[string, string, string | undefined, readonly string[]]>([
    ['to the newest of its major version', `acme/tool@${sha(2)} # v2.0.0`, 'v2.2.0', []],
    ['within its minor version', `acme/tool@${sha(2)} # v2.0.0`, 'v2.0.1', ['--to', 'patch']],
    ['to another major version', `acme/tool@${sha(2)} # v2.0.0`, 'v3.0.0', ['--to', 'major']],
    ['never back', `acme/tool@${sha(5)} # v2.2.0`, undefined, []],
    ['from what its commit is', `acme/tool@${sha(3)} # v2`, 'v2.2.0', []],
    ['from what its commit is, without a label', `acme/tool@${sha(3)}`, 'v2.2.0', []],
    ['with the label of another tool', `acme/tool@${sha(3)} # tag=v2.0.1`, 'v2.2.0', []],
    ['within its family of tags', `acme/mono/login@${sha(20)} # login/v1.0.0`, 'login/v1.1.0', []],
    ['along its branch', `acme/branch@${sha(30)} # main`, 'main', []],
    ['along a branch that is a version', `acme/branch@${sha(30)} # v4`, 'v4.1.0', []],
    ['along a tag that moves', `acme/majors@${sha(62)} # v1`, 'v1', []],
    ['along a tag that is no version', `acme/majors@${sha(62)} # nextest`, 'nextest', []],
    ['to tags that have a v by now', `acme/bare@${sha(60)} # 0.1.0`, 'v0.2.0', []],
    ['from a pre-release to the next', `acme/pre@${sha(50)} # v1.0.0-beta.1`, 'v1.0.0-beta.2', []],
    ['to no variant', `acme/pre@${sha(53)} # v1-node16`, undefined, ['--to', 'major']],
    ['not behind a new name of its commit', `acme/again@${sha(70)} # v1.0.0`, undefined, []],
    ['in a renamed repository', `former/name@${sha(86)} # v1.0.0`, 'v1.1.0', []],
  ])('%s', async (_, uses, to, args) => {
    const updated = await update([uses], ...args)
    expect(updated.moves.map((move) => move.to?.label)).toEqual(to === undefined ? [] : [to])
    expect(updated.code).toBe(0)
    const [{ to: target } = { to: undefined }] = updated.moves
    const moved = `${uses.split('@')[0]}@${target?.commit ?? ''} # ${target?.label ?? ''}`
    expect(updated.files[CI]).toBe(workflow(target === undefined ? uses : moved))
  })

  test('what is not pinned is pinned, and moved', async () => {
    const updated = await update(['acme/tool@v2.0.0', 'acme/tool@v2', 'acme/branch@main'])
    expect(movesIn(updated)).toEqual(['acme/tool v2.0.0 → v2.2.0'])
    expect(updated.files[CI]).toBe(
      workflow(
        `acme/tool@${sha(5)} # v2.2.0`,
        `acme/tool@${sha(5)} # v2.2.0`,
        `acme/branch@${sha(32)} # main`,
      ),
    )
    expect(updated).toMatchObject({ code: 0, verdict: 'passes', summary: { pinned: 3 } })
  })

  test('with all places of its repository that have the same commit: to what all of them have', async () => {
    const updated = await update([
      `acme/suite/one@${sha(40)} # v1.0.0`,
      `acme/suite/two@${sha(40)} # v1.0.0`,
      `acme/suite/one@${sha(40)} # v1.0.0`,
    ])
    expect(movesIn(updated)).toEqual([
      'acme/suite/one v1.0.0 → v1.1.0',
      'acme/suite/two v1.0.0 → v1.1.0',
    ])
    expect(updated.moves[0]?.sites.map(({ line }) => line)).toEqual([4, 6])
    expect(heldIn(updated)).toEqual([
      'acme/suite/one v1.0.0 → v1.2.0: accused undetermined',
      'acme/suite/two v1.0.0 → v1.2.0: accused undetermined',
    ])
  })

  test('as a called workflow', async () => {
    const updated = await updateFiles(github, { [CI]: call(`${sha(75)} # v1.0.0`) })
    expect(updated.files[CI]).toBe(call(`${sha(76)} # v1.1.0`))
  })
})

describe('a pin stays', () => {
  test('where what is newer is younger than the cooldown, or at what is old enough', async () => {
    const updated = await update([`acme/young@${sha(10)} # v1.0.0`])
    expect(movesIn(updated)).toEqual(['acme/young v1.0.0 → v1.1.0'])
    expect(heldIn(updated)).toEqual(['acme/young v1.0.0 → v1.3.0: too-young'])
    const until = new Date(Date.parse(updated.held[0]?.to?.date ?? '') + 3 * DAY).toISOString()
    expect(updated.held[0]).toMatchObject({ until, alarming: false })
    expect(updated.held[0]?.message).toContain(until.slice(0, 16).replace('T', ' '))
    expect(updated.code).toBe(0)
  })

  test.each([
    ['0', 'v1.3.0'],
    ['36h', 'v1.2.0'],
    ['2d', 'v1.2.0'],
    ['1w', 'v1.1.0'],
  ])('with --cooldown %s: to %s', async (cooldown, to) => {
    const updated = await update([`acme/young@${sha(10)} # v1.0.0`], '--cooldown', cooldown)
    expect(movesIn(updated)).toEqual([`acme/young v1.0.0 → ${to}`])
  })

  test('as long as the configuration says', async () => {
    const updated = await updateFiles(github, {
      [CI]: workflow(`acme/young@${sha(10)} # v1.0.0`),
      '.github/pinsmith.yml': 'cooldown: 36h\n',
    })
    expect(movesIn(updated)).toEqual(['acme/young v1.0.0 → v1.2.0'])
  })

  test.each<[string, string, string, readonly string[]]>([
    [
      'a later major version',
      `acme/tool@${sha(5)} # v2.2.0`,
      'acme/tool v2.2.0 → v3.0.0: beyond',
      [],
    ],
    [
      'a later minor version',
      `acme/tool@${sha(3)} # v2.0.1`,
      'acme/tool v2.0.1 → v3.0.0: beyond',
      ['--to', 'patch'],
    ],
    ['a young branch', `acme/fresh@${sha(34)} # main`, 'acme/fresh main → main: too-young', []],
    ['no known version', `acme/branch@${sha(30)}`, 'acme/branch ?: version-unknown', []],
  ])('%s, without alarm', async (_, uses, held, args) => {
    const updated = await update([uses], ...args)
    expect(heldIn(updated)).toEqual([held])
    expect(updated).toMatchObject({ code: 0, moves: [] })
  })

  test('where its branch has left it behind', async () => {
    const updated = await update([`acme/branch@${sha(31)} # main`])
    expect(heldIn(updated)).toEqual(['acme/branch main: apart'])
    expect(updated).toMatchObject({ code: 1, moves: [] })
  })

  test('where its label is both a tag and a branch, unless somebody chooses', async () => {
    const uses = [`acme/both@${sha(66)} # v1`]
    const updated = await update(uses)
    expect(heldIn(updated)).toEqual(['acme/both v1: ambiguous'])
    expect(updated).toMatchObject({ code: 1, moves: [] })
    for (const [prefer, n] of [['tag', 68] as const, ['branch', 67] as const]) {
      const chosen = await update(uses, '--prefer', prefer)
      expect(chosen.files[CI]).toBe(workflow(`acme/both@${sha(n)} # v1`))
    }
  })

  test('where the configuration allows no branches', async () => {
    const updated = await updateFiles(github, {
      [CI]: workflow(`acme/branch@${sha(30)} # main`),
      '.github/pinsmith.yml': 'branches: deny\n',
    })
    expect(heldIn(updated)).toEqual(['acme/branch main: branch-denied'])
    expect(updated.moves).toEqual([])
  })

  test('where every newer version would block what was clean, or moves to the newest that would not', async () => {
    const updated = await update([`acme/dirty@${sha(81)} # v1.0.0`])
    expect(movesIn(updated)).toEqual(['acme/dirty v1.0.0 → v1.1.0'])
    expect(heldIn(updated)).toEqual([
      'acme/dirty v1.0.0 → v1.2.0: accused nested-unpinned',
      'acme/dirty v1.0.0 → v2.1.0: beyond',
    ])
    expect(updated).toMatchObject({ code: 0, verdict: 'passes' })
    const next = await update([`acme/dirty@${sha(82)} # v1.1.0`])
    expect(next).toMatchObject({ code: 0, verdict: 'passes', moves: [] })
  })

  test('not where it was blocked before, nor where nobody looks at what it uses', async () => {
    const blocked = await update([`acme/dirty@${sha(84)} # v2.0.0`])
    expect(movesIn(blocked)).toEqual(['acme/dirty v2.0.0 → v2.1.0'])
    expect(blocked).toMatchObject({ code: 1, verdict: 'blocked', held: [] })
    const unseen = await update([`acme/dirty@${sha(82)} # v1.1.0`], '--no-nested')
    expect(movesIn(unseen)).toEqual(['acme/dirty v1.1.0 → v1.2.0'])
    expect(unseen).toMatchObject({ code: 0, verdict: undefined })
  })

  test.each([[], ['--no-nested']])(
    'where the newer versions have no such action: %s',
    async (...args) => {
      const updated = await update([`acme/suite/two@${sha(41)} # v1.1.0`], ...args)
      expect(heldIn(updated)).toEqual(['acme/suite/two v1.1.0 → v1.2.0: accused undetermined'])
      expect(updated.held[0]?.message).toContain('neither action.yml, action.yaml nor Dockerfile')
      expect(updated).toMatchObject({ code: 0, moves: [] })
    },
  )
})
