import { expect, test } from 'vitest'
import { startGitHub } from '../support/github/server.ts'
import { loadWorlds, recordedWorldsFolder, recordedWorldsNeeded } from '../support/github/worlds.ts'
import { parseRefName } from '../../src/domain/ref.ts'
import type { ReachQuestion } from '../../src/resolve/connection.ts'
import type { RepositoryQuestion } from '../../src/resolve/port.ts'
import { manifestKey, type ManifestQuestion } from '../../src/resolve/port.ts'
import type { World } from '../support/github/world.ts'
import { answersOf, commitSha, manifest, portTo, question, type Resolver } from './support/ports.ts'

const folder = recordedWorldsFolder()

test.skipIf(folder === undefined)(
  `both resolvers and the record agree on every tag and branch (${recordedWorldsNeeded})`,
  async () => {
    const worlds = await loadWorlds(folder ?? '')
    const github = await startGitHub({ worlds })
    const questions = worlds.map(({ owner, name, heads }): RepositoryQuestion => {
      const names = Object.keys(heads ?? {}).flatMap((head) => parseRefName(head) ?? [])
      return {
        owner,
        repo: name,
        names: names.slice(0, 40),
        shas: [],
        tags: { kind: 'all' },
        manifests: [],
      }
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

test.skipIf(folder === undefined)(
  `both resolvers and the record agree on manifests (${recordedWorldsNeeded})`,
  async () => {
    const worlds = await loadWorlds(folder ?? '')
    const github = await startGitHub({ worlds })
    const questions = worlds.map((world) => {
      const recorded = manifestsOf(world)
      const manifests = recorded.map(({ asked }) => asked)
      return { recorded, asked: question(`${world.owner}/${world.name}`, { manifests }) }
    })
    expect(questions.flatMap(({ recorded }) => recorded).length).toBeGreaterThan(500)
    for (const resolver of ['api', 'git'] as const) {
      const port = await portTo(github, resolver, resolver === 'git' ? { token: undefined } : {})
      const answers = answersOf(await port.lookUp(questions.map(({ asked }) => asked)))
      for (const { recorded, asked } of questions) {
        const refs = answers.get(`${asked.owner}/${asked.repo}`.toLowerCase())
        if (refs?.kind !== 'refs') throw new Error(`${asked.owner}/${asked.repo}: no refs`)
        for (const { key, file, text } of recorded)
          expect(refs.manifests.get(key)).toEqual({ kind: 'text', file, text })
      }
    }
    expect(github.requests.count('rest')).toBe(0)
    await github.close()
  },
  240_000,
)

test.skipIf(folder === undefined)(
  `both ways agree on whose commits are, and on when they were made (${recordedWorldsNeeded})`,
  async () => {
    const worlds = await loadWorlds(folder ?? '')
    const github = await startGitHub({ worlds, limits: { anonymous: 100_000 } })
    const questions = worlds.flatMap(commitsOf)
    expect(questions.length).toBeGreaterThan(500)
    const ask = async (resolver: Resolver) => {
      const token = resolver === 'git' ? undefined : github.token
      const port = await portTo(github, resolver, { token })
      const [reaches, dates] = [await port.findReach(questions), await port.readDates(questions)]
      if (reaches.kind !== 'reaches' || dates.kind !== 'dates') throw new Error(reaches.kind)
      return questions.map((each) => [reaches.of(each), dates.of(each)] as const)
    }
    const [api, git] = [await ask('api'), await ask('git')]
    expect(git).toEqual(api)
    for (const [n, { owner, repo, commit }] of questions.entries()) {
      const world = worlds.find((each) => each.owner === owner && each.name === repo)
      const isPulled = world?.pull_only?.some((pull) => pull.sha === commit) === true
      const isForks = world?.referenced?.[commit]?.reachable === false
      const isTip = Object.values(world?.tags ?? {}).some((tag) => tag.commit === commit)
      expect(api[n]?.[0].by.kind === 'nothing').toBe((isPulled || isForks) && !isTip)
    }
    await github.close()
  },
  240_000,
)

/** Of a world: some tags, what others refer to, and some pull requests. */
function commitsOf({ owner, name, tags, pull_only, referenced }: World): readonly ReachQuestion[] {
  const [oldest = '', newest = ''] = [Object.keys(tags ?? {}).at(-1), Object.keys(tags ?? {})[0]]
  const commits = [
    ...Object.values(tags ?? {})
      .map(({ commit }) => commit)
      .slice(0, 5),
    ...Object.values(referenced ?? {}).flatMap(({ kind, commit }) =>
      kind === 'sha' && commit !== undefined ? [commit] : [],
    ),
    ...(pull_only ?? []).slice(0, 3).map(({ sha }) => sha),
  ]
  return [...new Set(commits)].map((commit) => ({
    owner,
    repo: name,
    commit: commitSha(commit),
    tags: [oldest, newest].filter((tag) => tag !== ''),
    deep: true,
  }))
}

interface Recorded {
  readonly asked: ManifestQuestion
  readonly key: string
  readonly file: string
  readonly text: string
}

/** What stands at a few commits of a world. */
function manifestsOf(world: World): readonly Recorded[] {
  return Object.entries(world.manifests ?? {})
    .slice(0, 3)
    .flatMap(([commit, files]) =>
      Object.entries(files).flatMap(([file, blob]) => {
        const isAction = /(?:^|\/)action\.ya?ml$/.test(file)
        const hidden = file.endsWith('action.yaml') && files[file.replace('.yaml', '.yml')]
        const text = world.blobs?.[blob]
        if (text === undefined || typeof hidden === 'string') return []
        const path = isAction ? file.replace(/(?:^|\/)action\.ya?ml$/, '') : file
        const asked = { ...manifest(commit, path), kind: isAction ? 'action' : 'workflow' } as const
        return [{ asked, key: manifestKey(commitSha(commit), asked), file, text }]
      }),
    )
}
