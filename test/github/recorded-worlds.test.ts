import { expect, test } from 'vitest'
import { startGitHub } from '../support/github/server.ts'
import { loadWorlds, recordedWorldsFolder, recordedWorldsNeeded } from '../support/github/worlds.ts'
import { parseRefName } from '../../src/domain/ref.ts'
import type { RepositoryQuestion } from '../../src/resolve/port.ts'
import { answersOf, portTo, type Resolver } from './support/ports.ts'

const folder = recordedWorldsFolder()

test.skipIf(folder === undefined)(
  `both resolvers and the record agree on every tag and branch (${recordedWorldsNeeded})`,
  async () => {
    const worlds = await loadWorlds(folder ?? '')
    const github = await startGitHub({ worlds })
    const questions = worlds.map(({ owner, name, heads }): RepositoryQuestion => {
      const names = Object.keys(heads ?? {}).flatMap((head) => parseRefName(head) ?? [])
      return { owner, repo: name, names: names.slice(0, 40), shas: [], tags: { kind: 'all' } }
    })
    const ask = async (resolver: Resolver) =>
      answersOf(await (await portTo(github, resolver)).lookUp(questions))
    const [api, git] = [await ask('api'), await ask('git')]
    for (const [n, { owner, name, tags, heads }] of worlds.entries()) {
      const key = `${owner}/${name}`.toLowerCase()
      const [one, other] = [api.get(key), git.get(key)]
      if (one?.kind !== 'refs' || other?.kind !== 'refs') throw new Error(`${key}: no refs`)
      const commits = Object.entries(tags ?? {}).map(([tag, { commit }]) => [tag, commit] as const)
      expect(one.tags).toEqual(new Map(commits))
      expect(other.tags).toEqual(one.tags)
      for (const branch of questions[n]?.names ?? []) {
        expect(one.branches.get(branch)).toBe(heads?.[branch])
        expect(other.branches.get(branch)).toBe(heads?.[branch])
      }
      expect(other.tagObjects).toEqual(one.tagObjects)
    }
    await github.close()
  },
  120_000,
)
