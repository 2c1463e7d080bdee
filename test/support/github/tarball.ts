import { gzipSync } from 'node:zlib'
import type { Endpoint } from './endpoint.ts'
import { problem, redirect, text } from './reply.ts'
import { callerOf } from './request.ts'
import { repositoryEndpoint } from './rest-endpoint.ts'
import { resolveCommit } from './revision.ts'
import { tarOf } from './tar.ts'

/** The files recorded at a commit, packed as GitHub packs them: below one folder `NAME-SHA/`. */
export const tarballEndpoints: readonly Endpoint[] = [
  {
    kind: 'tarball',
    method: 'GET',
    pattern: /^\/(?<owner>[^/]+)\/(?<repo>[^/]+)\/archive\/(?<ref>.+)\.tar\.gz$/,
    answer(request, params, { estate, url }) {
      const lookup = estate.find(params('owner'), params('repo'), callerOf(request))
      if (lookup.kind === 'missing') return text(404, 'Not Found')
      const { repository } = lookup
      if (lookup.kind === 'renamed') {
        return redirect(`${url}/${repository.fullName}/archive/${params('ref')}.tar.gz`)
      }
      const commit = resolveCommit(repository, params('ref'))
      if (!commit) return text(404, 'Not Found')
      const files = Object.entries(repository.files(commit.oid)).map(([path, blob]) => ({
        path: `${repository.name}-${commit.oid}/${path}`,
        content: repository.blob(blob)?.bytes ?? Buffer.alloc(0),
      }))
      const headers = { 'content-type': 'application/x-gzip' }
      return { status: 200, headers, body: gzipSync(tarOf(commit.oid, files)) }
    },
  },
  {
    ...repositoryEndpoint('/tarball/(?<ref>.+)', ({ params, repository, services }) => {
      const ref = params('ref')
      if (!resolveCommit(repository, ref)) return problem(404, 'Not Found')
      const location = `${services.url}/${repository.fullName}/archive/${ref}.tar.gz`
      return { status: 302, headers: { location }, body: '' }
    }),
    kind: 'tarball',
  },
]
