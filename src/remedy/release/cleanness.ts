import type { HostFailure, RepositoryFailure } from '../../domain/outcome.ts'
import { repositoryKey } from '../../domain/reference.ts'
import type { CommitSha } from '../../domain/sha.ts'
import { manifestKey, type GitHub, type RepositoryRefs } from '../../resolve/port.ts'
import type { RepositoryPlace } from '../../walk/destination.ts'
import { nodeKey } from '../../walk/follow.ts'
import type { Graph, NodeKey } from '../../walk/graph.ts'
import { questionsAbout } from '../../walk/question.ts'
import { standingOf } from '../../walk/standing.ts'
import { judge, type UnknownChain } from '../../walk/verdict.ts'
import { walk, type Root } from '../../walk/walk.ts'
import type { Workspace } from '../../walk/workspace.ts'
import { locate, type LocatedFile } from '../../yaml/locate.ts'

/** An action, or a reusable workflow, of a repository at a commit. */
export interface PlaceAtCommit extends Omit<RepositoryPlace, 'kind' | 'ref'> {
  readonly commit: CommitSha
}

/** What an action at a commit uses in turn, down to the leaves, by GitHub's policy. */
export type Cleanness =
  | { readonly kind: 'clean' }
  | { readonly kind: 'unpinned' }
  /** There is no such action at that commit. */
  | { readonly kind: 'absent' }
  /** `chain`: where it ends in the unknown; `undefined` where nothing was answered. */
  | { readonly kind: 'unknown'; readonly chain: UnknownChain | undefined }

/** By the places that were asked for. */
export type CleannessOf = (place: PlaceAtCommit) => Cleanness

/**
 * Walks from many places at once, which share the rounds: one for their manifests, and one for each level below those that use
 * nothing unpinned themselves.
 */
export async function findCleanness(
  places: readonly PlaceAtCommit[],
  workspace: Workspace,
  github: GitHub,
): Promise<{ readonly kind: 'cleanness'; readonly of: CleannessOf } | HostFailure> {
  const answers = await github.lookUp(questionsAbout(places.map(asPlace)))
  if (answers.kind !== 'answers') return answers
  const known = new Map<NodeKey, Cleanness>()
  const open = new Map<NodeKey, Root>()
  for (const place of places) {
    const looked = lookAt(place, answers.repositories)
    if (looked === undefined) open.set(nodeKey(place), rootOf(place))
    else known.set(nodeKey(place), looked)
  }
  const walked = await walk([...open.values()], workspace, github)
  if (walked.kind !== 'walked') return walked
  for (const [key, root] of open) known.set(key, judgeRoot(walked.graph, root))
  return { kind: 'cleanness', of: (place) => known.get(nodeKey(place)) ?? NOT_ANSWERED }
}

const NOT_ANSWERED: Cleanness = { kind: 'unknown', chain: undefined }

/** What a place's own manifest decides; `undefined` where that is for what it uses to decide. */
function lookAt(
  place: PlaceAtCommit,
  repositories: ReadonlyMap<string, RepositoryRefs | RepositoryFailure>,
): Cleanness | undefined {
  const refs = repositories.get(repositoryKey(place))
  if (refs?.kind !== 'refs') return undefined
  const { path, leadsTo: kind, commit } = place
  const manifest = refs.manifests.get(manifestKey(commit, { path, kind }))
  if (manifest?.kind === 'missing') return { kind: 'absent' }
  if (manifest?.kind !== 'text') return undefined
  const located = locate(manifest.text)
  return located.kind === 'located' && usesUnpinned(located) ? { kind: 'unpinned' } : undefined
}

function usesUnpinned({ sites }: LocatedFile): boolean {
  return sites.some(({ reference }) => standingOf(reference, false) === 'unpinned')
}

/** Each is judged by itself: a verdict on all tells but so many chains. */
function judgeRoot({ nodes }: Graph, { path }: Root): Cleanness {
  const { kind, unknown } = judge({ nodes, roots: [path] }, [])
  switch (kind) {
    case 'passes':
      return nodes.has(path) ? { kind: 'clean' } : NOT_ANSWERED
    case 'blocked':
      return { kind: 'unpinned' }
    case 'unknown':
      return { kind: 'unknown', chain: unknown[0] }
  }
}

/** A workflow that does nothing but use the place. No file of a workspace has such a path. */
function rootOf(place: PlaceAtCommit): Root {
  const { owner, repo, path, commit, leadsTo } = place
  const uses = `${[owner, repo, path].filter((part) => part !== '').join('/')}@${commit}`
  const job = leadsTo === 'workflow' ? { uses } : { steps: [{ uses }] }
  const located = locate(JSON.stringify({ jobs: { release: job } }))
  if (located.kind !== 'located') throw new Error(`not a workflow: ${located.kind}`)
  return { path: `release ${nodeKey(place)}`, located }
}

function asPlace({ commit, ...place }: PlaceAtCommit): RepositoryPlace {
  return { kind: 'repository', ...place, ref: { kind: 'sha', sha: commit, text: commit } }
}
