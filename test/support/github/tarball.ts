import { gzipSync } from 'node:zlib'
import type { CommitObject } from './git-object.ts'
import type { Endpoint, Services } from './endpoint.ts'
import { problem, redirect, text, type Reply } from './reply.ts'
import type { Repository } from './repository.ts'
import { callerOf } from './request.ts'
import { repositoryEndpoint } from './rest-endpoint.ts'
import { resolveCommit } from './revision.ts'
import { tarOf, type TarEntry } from './tar.ts'

/**
 * The files recorded at a commit, packed as GitHub packs them: below one folder. Both ways lead on to the place where archives are
 * packed, whether the commit exists or not.
 */
export const tarballEndpoints: readonly Endpoint[] = [
  {
    kind: 'tarball',
    method: 'GET',
    pattern: /^\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/archive\/(?<ref>.+)\.tar\.gz$/,
    answer(request, params, { estate, url }) {
      const lookup = estate.find(params('owner'), params('repo'), callerOf(request))
      if (lookup.kind === 'missing') return text(404, 'Not Found')
      const { fullName } = lookup.repository
      if (lookup.kind === 'renamed')
        return redirect(`${url}/${fullName}/archive/${params('ref')}.tar.gz`)
      const location = `${url}/_codeload/${fullName}/tar.gz/${params('ref')}`
      return { status: 302, headers: { location }, body: '' }
    },
  },
  {
    ...repositoryEndpoint('/tarball/(?<ref>.+)', ({ params, repository, services }) => {
      const location = `${services.url}/_codeload/${repository.fullName}/legacy.tar.gz/${params('ref')}`
      const query = repository.world.private === true ? `?token=${TICKET}` : ''
      return { status: 302, headers: { location: `${location}${query}` }, body: '' }
    }),
    kind: 'tarball',
  },
  {
    kind: 'tarball',
    method: 'GET',
    pattern:
      /^\/_codeload\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/(?<legacy>legacy\.)?tar\.gz\/(?<ref>.+)$/,
    answer(request, params, services) {
      if (request.authorization === 'bad') return problem(401, 'Bad credentials')
      const repository = findOpen(request.path, params('owner'), params('repo'), services)
      const commit = repository && resolveCommit(repository, params('ref'))
      return repository && commit
        ? pack(repository, commit, params('legacy') === '')
        : text(404, '404: Not Found')
    },
  },
]

/** What a redirect to a private archive carries in place of a token. */
const TICKET = 'ABCDEFG'

function findOpen(
  path: string,
  owner: string,
  name: string,
  { estate }: Services,
): Repository | undefined {
  const caller = path.endsWith(`?token=${TICKET}`) ? 'user' : 'anonymous'
  const lookup = estate.find(owner, name, caller)
  return lookup.kind === 'found' ? lookup.repository : undefined
}

function pack(repository: Repository, commit: CommitObject, isPlain: boolean): Reply {
  const { world } = repository
  const { oid } = commit
  const made = world.archives?.[oid]
  const headers = { 'content-type': 'application/x-gzip' }
  if (made !== undefined) return { status: 200, headers, body: Buffer.from(made, 'base64') }
  const top = isPlain
    ? `${repository.name}-${oid}`
    : `${repository.owner}-${repository.name}-${oid.slice(0, 7)}`
  const executables = world.executables?.[oid] ?? []
  const files = Object.entries(repository.files(oid)).map(([path, blob]): TarEntry => ({
    path: `${top}/${path}`,
    content: repository.blob(blob)?.bytes ?? '',
    mode: executables.includes(path) ? 0o775 : 0o664,
  }))
  const links = Object.entries(world.links?.[oid] ?? {}).map(([path, link]): TarEntry => ({
    path: `${top}/${path}`,
    type: '2',
    link,
    mode: 0o777,
  }))
  const folder: TarEntry = { path: `${top}/`, type: '5', mode: 0o775 }
  return { status: 200, headers, body: gzipSync(tarOf(oid, [folder, ...files, ...links])) }
}
