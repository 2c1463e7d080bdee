import type { RepositoryFailure } from '../domain/outcome.ts'
import { repositoryKey } from '../domain/reference.ts'
import type { CommitSha } from '../domain/sha.ts'
import { LEFT_OUT, manifestKey, type ManifestAnswer, type RepositoryRefs } from '../resolve/port.ts'
import { resolveRef } from '../resolve/resolution.ts'
import { locate } from '../yaml/locate.ts'
import type { RepositoryPlace } from './destination.ts'
import type { NodeKey, RemoteNode, Target, UnknownReason } from './graph.ts'
import type { Agenda, Visit } from './visit.ts'

/** What a reference leads to, and whether its ref is a branch. */
export interface Followed {
  readonly target: Target
  readonly namesBranch: boolean
}

/** Follows a reference into a repository, by its answers: to a commit, to the manifest there, and into the agenda. */
export function followInRepository(
  visit: Visit,
  place: RepositoryPlace,
  answers: ReadonlyMap<string, RepositoryRefs | RepositoryFailure>,
  agenda: Agenda,
): Followed {
  const refs = answers.get(repositoryKey(place)) ?? LEFT_OUT
  if (refs.kind !== 'refs')
    return { target: unknown({ kind: 'unresolved', resolution: refs }), namesBranch: true }
  const resolution = resolveRef(place.ref, refs, undefined)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object')
    return { target: unknown({ kind: 'unresolved', resolution }), namesBranch: true }
  const namesBranch = resolution.kind === 'commit' && resolution.through === 'branch'
  const { commit } = resolution
  const manifest = refs.manifests.get(
    manifestKey(commit, { path: place.path, kind: place.leadsTo }),
  )
  return { target: enterManifest(visit, place, commit, manifest, agenda), namesBranch }
}

function enterManifest(
  above: Visit,
  { owner, repo, path, leadsTo }: RepositoryPlace,
  commit: CommitSha,
  manifest: ManifestAnswer | undefined,
  agenda: Agenda,
): Target {
  switch (manifest?.kind) {
    case undefined:
      return unknown({
        kind: 'unreadable',
        detail: 'the host left this manifest out of its answer',
      })
    case 'missing':
      return unknown({ kind: 'no-manifest' })
    case 'unreadable':
      return unknown(manifest)
    case 'dockerfile':
      return { kind: 'leaf', what: 'dockerfile' }
    case 'text': {
      const located = locate(manifest.text)
      if (located.kind === 'yaml')
        return unknown({ kind: 'unreadable', detail: `it is not YAML: ${located.detail}` })
      if (located.kind === 'not-a-workflow')
        return unknown({ kind: 'unreadable', detail: `it has neither \`runs\` nor \`jobs\`` })
      const key = nodeKey({ owner, repo, path, commit })
      return agenda.enter(above, leadsTo, key, () => ({
        head: { kind: 'remote', key, owner, repo, path, commit },
        located,
        origin: { kind: 'repository', owner, repo, commit },
      }))
    }
  }
}

/** The key of an action or a called workflow at a commit. */
export function nodeKey({
  owner,
  repo,
  path,
  commit,
}: Omit<RemoteNode, 'kind' | 'key' | 'edges'>): NodeKey {
  const name = repositoryKey({ owner, repo })
  return path === '' ? `${name}@${commit}` : `${name}/${path}@${commit}`
}

function unknown(reason: UnknownReason): Target {
  return { kind: 'unknown', reason }
}
