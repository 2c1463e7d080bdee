import { afterAll, describe, expect, test } from 'vitest'
import { isWithin, standing } from './history.ts'
import { indexWorld } from './repository.ts'
import { startGitHub } from './server.ts'
import { makeWorld, sha } from './worlds.ts'

/** 1 ← 2 ← 4 ← main 6; 2 ← 3 ← v1 5, of a release branch that is gone; 9 began anew; 8 is a fork's. */
const recorded = makeWorld('acme/recorded', {
  heads: { main: 6, fresh: 9 },
  tags: { v1: { tag: 5 } },
  unreachable: [8],
  parents: { 1: [], 2: [1], 3: [2], 4: [2], 5: [3], 6: [4], 8: [6], 9: [] },
})
const dated = makeWorld('acme/dated', {
  heads: { main: 5, next: 20 },
  tags: { old: 3, new: 7, moved: 66 },
  history: [10],
  unreachable: [66],
  pulls: { 1: 4 },
})

test('a commit that is recorded by its first digits alone is a stranger, too', () => {
  const commit = sha(77)
  const world = makeWorld('acme/short', { heads: { main: 1 } })
  const known = (reachable: boolean) =>
    indexWorld({
      ...world,
      referenced: { [commit.slice(0, 7)]: { kind: 'shortsha', commit, reachable } },
    })
  expect(isWithin(known(true), commit, sha(1))).toBe(true)
  expect(isWithin(known(false), commit, sha(1))).toBe(false)
})

const github = await startGitHub({ worlds: [recorded, dated] })
afterAll(() => github.close())

/** What GraphQL answers of the default branch and of the tag. */
const answered = (main: string | null, tag: string | null) => ({
  data: {
    repository: {
      main: { compare: main && { status: main } },
      tag: { compare: tag && { status: tag } },
    },
  },
})

const REST = { headers: { authorization: `token ${github.token}` } }

type Case = readonly [base: number, head: number, standing: string | undefined]

describe.each([
  [
    'recorded',
    recorded,
    [
      [6, 6, 'identical'],
      [6, 4, 'behind'],
      [6, 1, 'behind'],
      [1, 6, 'ahead'],
      [6, 5, 'diverged'],
      [6, 8, 'ahead'],
      [8, 6, 'behind'],
      [6, 9, undefined],
    ],
  ],
  [
    'without a record',
    dated,
    [
      [5, 3, 'behind'],
      [5, 7, 'ahead'],
      [7, 3, 'behind'],
      [5, 10, 'behind'],
      [5, 66, 'diverged'],
      [66, 3, 'diverged'],
      [5, 4, 'diverged'],
    ],
  ],
] as const)('%s', (_, world, cases) => {
  test.each<Case>(cases)(
    'base %i, head %i: %s, by all that can be asked',
    async (base, head, how) => {
      const repository = indexWorld(world)
      expect(standing(repository, sha(base), sha(head))).toBe(how)
      const path = `${github.url}/api/v3/repos/acme/${world.name}/compare/${sha(base)}...${sha(head)}`
      const answer = await fetch(path, REST)
      const { status }: { status: string } = JSON.parse(await answer.text())
      // REST repeats the status of an error in its body.
      expect(status).toBe(how ?? '404')
      const reached = await fetch(`${github.url}/acme/${world.name}/branch_commits/${sha(head)}`, {
        headers: { accept: 'application/json' },
      })
      const names: { branches: { branch: string }[]; tags: string[] } = JSON.parse(
        await reached.text(),
      )
      for (const [branch, tip] of Object.entries(world.heads ?? {}))
        expect(names.branches.some((each) => each.branch === branch)).toBe(
          isWithin(repository, sha(head), tip),
        )
    },
  )
})

test('GraphQL compares a ref, as the base, to a head', async () => {
  const query = `query($head: String!) { repository(owner: "acme", name: "recorded") {
    main: defaultBranchRef { compare(headRef: $head) { status } }
    tag: ref(qualifiedName: "refs/tags/v1") { compare(headRef: $head) { status } }
  } }`
  const compare = async (head: string): Promise<unknown> => {
    const response = await fetch(`${github.url}/api/graphql`, {
      ...REST,
      method: 'POST',
      body: JSON.stringify({ query, variables: { head } }),
    })
    return response.json()
  }
  expect(await compare(sha(2))).toEqual(answered('BEHIND', 'BEHIND'))
  expect(await compare(sha(3))).toEqual(answered('DIVERGED', 'BEHIND'))
  expect(await compare(sha(5))).toEqual(answered('DIVERGED', 'IDENTICAL'))
  expect(await compare(sha(8))).toEqual(answered('AHEAD', 'DIVERGED'))
  expect(await compare(sha(9))).toEqual(answered(null, null))
  expect(await compare(sha(99))).toEqual(answered(null, null))
})
