import { describe, expect, onTestFinished, test } from 'vitest'
import {
  checkAs,
  checkFiles,
  CI,
  codesIn,
  composite,
  workflow,
  type Checked,
} from '../support/check.ts'
import type { WorldAdvisory } from '../support/github/advisories.ts'
import { answer } from '../support/github/fault.ts'
import type { GitHubRequest } from '../support/github/request.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha, tagSha, type World } from '../support/github/worlds.ts'

/** What GitHub held at a time. */
interface Moment {
  readonly worlds: readonly World[]
  readonly advisories?: readonly WorldAdvisory[]
}

/** Checks a workflow of these references at that time. */
async function checkAt(moment: Moment, ...uses: readonly string[]): Promise<Checked> {
  const github = await startGitHub(moment)
  onTestFinished(() => github.close())
  return checkFiles(github, { [CI]: workflow(...uses) })
}

describe('tj-actions/changed-files, CVE-2025-30066', () => {
  const NAME = 'tj-actions/changed-files'
  const BAD = '0e58ed8671d6b60d0890c21b07f8835ace038e67'
  const FIXED = '2f7c5bfce28377bc069a65ba478de0a74aa0ca32'
  const versions = ['v44.5.7', 'v45.0.0', 'v45.0.1', 'v45.0.2', 'v45.0.3', 'v45.0.6', 'v45.0.7']
  const own = Object.fromEntries(versions.map((version, n) => [version, n + 1]))
  const PIN = `${NAME}@${sha(6)}`
  const history = Object.values(own)

  const before: Moment = {
    worlds: [makeWorld(NAME, { heads: { main: 50 }, tags: { ...own, v45: 7 }, history })],
  }
  const during: Moment = {
    worlds: [
      makeWorld(NAME, {
        heads: { main: 50 },
        tags: Object.fromEntries([...versions, 'v45'].map((version) => [version, BAD])),
        history,
        unreachable: [BAD],
      }),
    ],
  }
  const after: Moment = {
    worlds: [
      makeWorld(NAME, {
        heads: { main: 50 },
        tags: { ...own, v45: 7, 'v46.0.1': FIXED },
        history,
        unreachable: [BAD],
      }),
    ],
    advisories: [
      {
        id: 'GHSA-mrrh-fwg8-r2c3',
        vulnerabilities: [{ package: NAME, range: '<= 45.0.7', patched: '46.0.1' }],
      },
    ],
  }

  test('before it, a pin is quiet', async () => {
    expect(codesIn(await checkAt(before, `${PIN} # v45.0.6`))).toEqual([])
  })

  test('during it, the moved tags are seen from an old pin, from a tag, and from a pin to the bad commit', async () => {
    const checked = await checkAt(
      during,
      `${PIN} # v45.0.6`,
      `${NAME}@v45`,
      `${NAME}@${BAD} # v45.0.7`,
    )
    expect(checked.code).toBe(1)
    expect(codesIn(checked)).toEqual(Array.from({ length: 3 }, () => 'error mass-moved-tags'))
    expect(checked.findings[0]?.message).toContain(BAD)
    expect(checked.findings.filter(({ fix }) => fix !== undefined)).toEqual([])
  })

  test('after it, the old pin is vulnerable, the bad commit nobody’s, and the mended one quiet', async () => {
    const checked = await checkAt(
      after,
      `${PIN} # v45.0.6`,
      `${NAME}@${BAD} # v45.0.7`,
      `${NAME}@${FIXED} # v46.0.1`,
    )
    expect(codesIn(checked)).toEqual(['error vulnerable', 'error impostor-commit'])
    expect(checked.findings[0]?.message).toContain('GHSA-mrrh-fwg8-r2c3')
  })
})

describe('reviewdog/action-setup, CVE-2025-30154', () => {
  const NAME = 'reviewdog/action-setup'
  const BAD = 'f0d342d24037bb11d26b9bd8496e0808ba32e9ec'
  const GOOD = '3f401fe1d58fe77e10d665ab713057375e39b887'
  const user = makeWorld('reviewdog/action-shellcheck', {
    tags: { 'v1.29.1': 9 },
    manifests: { 9: { 'action.yml': composite(`${NAME}@v1`) } },
  })
  const ENTRY = `reviewdog/action-shellcheck@${sha(9)}`
  const setup = (v1: string): World =>
    makeWorld(NAME, { heads: { main: 5 }, tags: { v1 }, history: [GOOD], unreachable: [BAD] })
  const advisories = [
    { id: 'GHSA-qmg3-hpqr-gqvc', vulnerabilities: [{ package: NAME, range: '= 1' }] },
  ]

  test.each([
    ['before', GOOD, []],
    ['during', BAD, []],
  ])('%s it, the chain to the tag is shown', async (_, v1, listed) => {
    const moment = { worlds: [setup(v1), user], advisories: listed }
    const checked = await checkAt(moment, `${ENTRY} # v1.29.1`)
    expect(checked.verdict).toBe('blocked')
    const nested = checked.findings.filter(({ code }) => code === 'nested-unpinned')
    expect(nested.map(({ chain }) => chain)).toEqual([[ENTRY, `${NAME}@v1`]])
  })

  test('during it, a pin to the moved tag is kept: the tag was moved aside', async () => {
    const checked = await checkAt({ worlds: [setup(BAD)] }, `${NAME}@${GOOD} # v1`)
    expect(codesIn(checked)).toEqual(['error moved-tag'])
    expect(checked.findings[0]?.message).toContain(BAD)
  })

  test('after it, the advisory is told with the chain, and a pin to the bad commit is an impostor', async () => {
    const moment = { worlds: [setup(GOOD), user], advisories }
    const checked = await checkAt(moment, `${ENTRY} # v1.29.1`, `${NAME}@${BAD} # v1`)
    expect(codesIn(checked)).toEqual([
      'error nested-unpinned',
      'error vulnerable',
      'error impostor-commit',
    ])
    expect(checked.findings[1]?.chain).toEqual([ENTRY, `${NAME}@v1`])
  })
})

describe('aquasecurity/trivy-action, CVE-2026-33634', () => {
  const NAME = 'aquasecurity/trivy-action'
  const BAD = 'ddb9da4475c1cef7d5389062bdfdfbdbd1394648'
  const SAFE = '57a97c7e7821a5776cebc9bb87c984fa69cba8f1'
  const PIN = `${NAME}@${sha(2)} # 0.34.2`
  const at = (tags: Readonly<Record<string, number | string>>): Moment => ({
    worlds: [
      makeWorld(NAME, {
        heads: { master: 9 },
        tags: { 'v0.35.0': SAFE, ...tags },
        history: [1, 2],
        unreachable: [BAD, 71],
      }),
    ],
  })

  test('before it, the pin is quiet', async () => {
    expect(codesIn(await checkAt(at({ '0.34.1': 1, '0.34.2': 2 }), PIN))).toEqual([])
  })

  test('during it, each tag was moved aside to a commit of its own', async () => {
    const checked = await checkAt(at({ '0.34.1': 71, '0.34.2': BAD }), PIN)
    expect(codesIn(checked)).toEqual(['error moved-tag'])
    expect(checked.findings[0]?.message).toContain(BAD)
  })

  test('after it, the tag of the label no longer exists, and the pin is to be kept', async () => {
    const checked = await checkAt(at({}), PIN, `${NAME}@${SAFE} # v0.35.0`)
    expect(codesIn(checked)).toEqual(['warning label-gone'])
    expect(checked.findings[0]?.message).toContain('the tag of this label no longer exists')
    expect(checked.findings[0]).toMatchObject({ help: expect.stringContaining('keep the pin') })
  })
})

describe('aquasecurity/trivy: a fork’s commit inside a pin', () => {
  const GOOD = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd'
  const BAD = '70379aad1a8b40919ce8b382d3cd7d0315cde1d0'
  const moment: Moment = {
    worlds: [
      makeWorld('actions/checkout', {
        heads: { main: 9 },
        tags: { v6: GOOD, 'v6.0.2': GOOD },
        unreachable: [BAD],
      }),
    ],
  }

  test('the pin as it was is quiet', async () => {
    expect(codesIn(await checkAt(moment, `actions/checkout@${GOOD} # v6.0.2`))).toEqual([])
  })

  test('the pin as it became fails: nothing reaches it, and the label is another commit', async () => {
    const checked = await checkAt(moment, `actions/checkout@${BAD} # v6.0.2`)
    expect(codesIn(checked)).toEqual(['error impostor-commit'])
    expect(checked.findings[0]?.message).toContain(GOOD)
  })
})

describe('xygeni/xygeni-action, CVE-2026-31976', () => {
  const NAME = 'xygeni/xygeni-action'
  /** 3 is the newest on main; 7 is the head of a pull request that was made on top of it. */
  const at = (v5: number): World =>
    makeWorld(NAME, {
      heads: { main: 3 },
      tags: { v5, 'v5.1.0': 1 },
      parents: { 1: [], 2: [1], 3: [2], 7: [3] },
      pulls: { 12: 7 },
    })
  const user = makeWorld('acme/user', {
    tags: { 'v1.0.0': 9 },
    manifests: { 9: { 'action.yml': composite(`${NAME}@${sha(7)} # v5`, `${NAME}@v5`) } },
  })
  const ENTRY = `acme/user@${sha(9)}`

  test('before it, the pin is quiet', async () => {
    expect(codesIn(await checkAt({ worlds: [at(2)] }, `${NAME}@${sha(2)} # v5`))).toEqual([])
  })

  test('during it, a pin from before is to be kept: its tag was moved, though further on', async () => {
    const checked = await checkAt({ worlds: [at(7)] }, `${NAME}@${sha(2)} # v5`)
    expect(codesIn(checked)).toEqual(['error moved-tag'])
    expect(checked.findings[0]?.message).toContain(
      `it is ${sha(7)} now, which came by pull request #12 that no branch took in`,
    )
  })

  test.each([
    ['with its label', `${NAME}@${sha(7)} # v5`],
    ['without', `${NAME}@${sha(7)}`],
    ['with one that is untrue', `${NAME}@${sha(7)} # v5.1.0`],
    ['by the tag itself', `${NAME}@v5`],
  ])('during it, who takes the commit has an impostor, %s', async (_, uses) => {
    const checked = await checkAt({ worlds: [at(7)] }, uses)
    expect(codesIn(checked)).toEqual(['error impostor-commit'])
    expect(checked.findings[0]).toMatchObject({
      message: expect.stringContaining(
        `of ${NAME}, only the tag v5 leads to this commit: it came by pull request #12`,
      ),
      help: expect.stringContaining('the last version from before the tag was moved'),
    })
    expect(checked.findings[0]?.fix).toBeUndefined()
  })

  test('during it, by an annotated tag, whose own id is the pin or not', async () => {
    const world = makeWorld(NAME, {
      heads: { main: 3 },
      tags: { v5: { tag: 7 } },
      parents: { 3: [], 7: [3] },
      pulls: { 12: 7 },
    })
    const uses = [sha(7), tagSha('v5')].map((pin) => `${NAME}@${pin} # v5`)
    const codes = codesIn(await checkAt({ worlds: [world] }, ...uses))
    expect(codes).toEqual(['error impostor-commit', 'error impostor-commit'])
  })

  test('during it, the chain to it is shown', async () => {
    const checked = await checkAt({ worlds: [at(7), user] }, `${ENTRY} # v1.0.0`)
    expect(checked.findings.map(({ code, chain }) => [code, chain])).toEqual([
      ['impostor-commit', [ENTRY, `${NAME}@${sha(7)}`]],
      ['impostor-commit', [ENTRY, `${NAME}@v5`]],
    ])
  })

  test('a full version that was moved so is seen by who had pinned it', async () => {
    const world = makeWorld(NAME, {
      heads: { main: 3 },
      tags: { 'v5.2.0': 7 },
      parents: { 2: [], 3: [2], 7: [3] },
      pulls: { 12: 7 },
    })
    const checked = await checkAt({ worlds: [world] }, `${NAME}@${sha(2)} # v5.2.0`)
    expect(codesIn(checked)).toEqual(['error moved-tag'])
  })

  test('after it, who had taken the commit of the pull request has an impostor', async () => {
    const checked = await checkAt({ worlds: [at(2), user] }, `${NAME}@${sha(7)} # v5`)
    expect(codesIn(checked)).toEqual(['error impostor-commit'])
    expect(checked.findings[0]?.message).toContain('no branch and no tag')
  })

  test('what could not be asked does not pass', async () => {
    const github = await startGitHub({ worlds: [at(7)] })
    onTestFinished(() => github.close())
    const check = (uses: string) => checkFiles(github, { [CI]: workflow(uses) })
    github.faults.add(answer(403, ''), { when: listsPulls, times: Infinity })
    const [taken, kept] = [
      await check(`${NAME}@${sha(7)} # v5`),
      await check(`${NAME}@${sha(2)} # v5`),
    ]
    expect(codesIn(taken)).toEqual(['warning undetermined'])
    expect(taken.findings[0]?.message).toContain('its pull requests could not be listed')
    expect(codesIn(kept)).toEqual(['warning undetermined'])
    expect(kept.findings[0]?.message).toContain('the tag v5 is another commit now')
    // The tag is not pinned, whatever it is.
    expect(codesIn(await check(`${NAME}@v5`))).toEqual(['error unpinned'])
    github.faults.clear()
    github.faults.add(answer(404, ''), { kind: 'web', times: Infinity })
    const files = { [CI]: workflow(`${NAME}@${sha(7)} # v5`) }
    expect(codesIn(await checkAs(github, files, true))).toEqual(['error impostor-commit'])
    const checked = await checkAs(github, files, false)
    expect(codesIn(checked)).toEqual(['warning undetermined'])
    expect(checked.findings[0]?.message).toContain(
      'it came by pull request #12, and whether a branch took that in was not answered',
    )
  })
})

/** Whether a request asks for pull requests, by git. */
function listsPulls({ kind, body }: GitHubRequest): boolean {
  return kind === 'git' && body.includes('refs/pull/')
}

describe('what is benign fails nothing', () => {
  test('aws-actions/configure-aws-credentials v4.3.0, cut anew: a note', async () => {
    const NAME = 'aws-actions/configure-aws-credentials'
    const moment: Moment = {
      worlds: [makeWorld(NAME, { heads: { main: 9 }, tags: { 'v4.3.0': 3 }, history: [2] })],
    }
    const checked = await checkAt(moment, `${NAME}@${sha(2)} # v4.3.0`)
    expect(codesIn(checked)).toEqual(['note label-mismatch'])
    expect(checked.code).toBe(0)
  })

  test('a release commit off any branch: nothing', async () => {
    const moment: Moment = {
      worlds: [
        makeWorld('acme/tool', {
          heads: { main: 1 },
          tags: { v1: 3, 'v1.0.0': 2, 'v1.1.0': 3 },
          parents: { 1: [], 2: [1], 3: [1] },
        }),
      ],
    }
    const checked = await checkAt(
      moment,
      `acme/tool@${sha(2)} # v1.0.0`,
      `acme/tool@${sha(3)} # v1.1.0`,
    )
    expect(checked).toEqual({ code: 0, findings: [], verdict: 'passes' })
  })

  const TREE = { 1: [], 2: [1], 3: [1, 2], 4: [1] }
  test.each<[string, Parameters<typeof makeWorld>[1]]>([
    ['tags named for tools, off any branch', { tags: { nextest: 4 }, pulls: { 8: 9 } }],
    ['a tag that moves, off any branch', { tags: { v1: 4 }, pulls: { 8: 9 } }],
    ['where there are no pull requests', { tags: { v1: 4 } }],
    ['a tag that moves, on a branch', { tags: { v1: 1 }, pulls: { 8: 9 } }],
    ['the head of a pull request that was merged', { tags: { v1: 2 }, pulls: { 8: 2 } }],
    ['one that is on another branch', { tags: { v1: 4 }, heads: { next: 4 }, pulls: { 8: 4 } }],
    ['one that is a full version as well', { tags: { v1: 4, 'v1.0.0': 4 }, pulls: { 8: 4 } }],
  ])('a release from a pull request, or none: %s', async (_, plan) => {
    const world = makeWorld('acme/tool', {
      ...plan,
      heads: { main: 3, ...plan?.heads },
      parents: TREE,
    })
    const [pin] = Object.entries(world.tags ?? {}).toReversed()
    if (pin === undefined) throw new Error('no tag')
    const [tag, { commit }] = pin
    expect(codesIn(await checkAt({ worlds: [world] }, `acme/tool@${commit} # ${tag}`))).toEqual([])
  })

  test('a full version that is listed far behind: what it would be without', async () => {
    const newer = Array.from({ length: 120 }, (_, n) => [`v2.${n}.0`, 10 + n] as const)
    const world = makeWorld('acme/many', {
      heads: { main: 500 },
      tags: { v1: 1, 'v1.0.0': 1, ...Object.fromEntries(newer) },
      parents: { 1: [], 500: [] },
      pulls: { 8: 1 },
    })
    const user = makeWorld('acme/user', {
      tags: { 'v1.0.0': 9 },
      manifests: { 9: { 'action.yml': composite('acme/many@v1', `acme/many@${sha(1)}`) } },
    })
    const checked = await checkAt({ worlds: [world, user] }, `acme/user@${sha(9)} # v1.0.0`)
    expect(codesIn(checked)).toEqual(['error nested-unpinned'])
  })

  test('patches of one minor version that were put on one commit, as tj-actions did since: nothing', async () => {
    const tags = Object.fromEntries([5, 6, 7, 8, 9].map((patch) => [`v45.0.${patch}`, 2]))
    const moment: Moment = { worlds: [makeWorld('acme/tool', { heads: { main: 1 }, tags })] }
    expect(codesIn(await checkAt(moment, `acme/tool@${sha(2)} # v45.0.9`))).toEqual([])
  })

  test('versions of many packages on one commit: nothing', async () => {
    const packages = ['a', 'b', 'c', 'd', 'e', 'f']
    const tags = Object.fromEntries(packages.map((name, n) => [`${name}/v1.${n}.0`, 2]))
    const manifests = { 2: { 'a/action.yml': composite() } }
    const moment: Moment = {
      worlds: [makeWorld('acme/mono', { heads: { main: 1 }, tags, manifests })],
    }
    expect(codesIn(await checkAt(moment, `acme/mono/a@${sha(2)} # a/v1.0.0`))).toEqual([])
  })

  test('many versions on a commit that a branch has: nothing', async () => {
    const tags = Object.fromEntries([1, 2, 3, 4, 5, 6].map((minor) => [`v1.${minor}.0`, 2]))
    const moment: Moment = {
      worlds: [makeWorld('acme/tool', { heads: { main: 3 }, tags, parents: { 3: [2], 2: [] } })],
    }
    expect(codesIn(await checkAt(moment, `acme/tool@${sha(2)} # v1.6.0`))).toEqual([])
  })

  test('a renamed repository: a note', async () => {
    const moment: Moment = {
      worlds: [makeWorld('today/name', { tags: { 'v1.0.0': 1 }, renamedFrom: ['former/name'] })],
    }
    expect((await checkAt(moment, `former/name@${sha(1)} # v1.0.0`)).code).toBe(0)
  })
})
