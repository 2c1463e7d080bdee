import { searchOf } from './endpoint.ts'
import { entriesOf, objectAt, type TreeEntry } from './git-object.ts'
import { json, problem, type Reply } from './reply.ts'
import type { RestCall } from './rest-endpoint.ts'
import { resolveCommit } from './revision.ts'

/** `GET /repos/OWNER/NAME/contents/PATH`: a file as JSON or raw, or what stands in a folder. */
export function contents({ request, params, repository, base }: RestCall): Reply {
  const ref = searchOf(request).get('ref') ?? 'HEAD'
  const commit = resolveCommit(repository, ref)
  if (!commit) return problem(404, `No commit found for the ref ${ref}`)
  const path = params('path').replace(/\/$/, '')
  const object = objectAt(repository, commit, path)
  if (object?.kind === 'blob') {
    const accept = request.headers['accept'] ?? ''
    if (/application\/vnd\.github\.(v3\.)?raw/.test(accept)) {
      const type = 'application/vnd.github.raw+json; charset=utf-8'
      return { status: 200, headers: { 'content-type': type }, body: object.bytes }
    }
    const entry = entryJson(base, { name: path.split('/').at(-1) ?? path, path, object })
    const content = object.bytes.toString('base64')
    return json(200, { ...entry, encoding: 'base64', content })
  }
  const entries = object ? entriesOf(repository, object) : []
  if (entries.length === 0) return problem(404, 'Not Found')
  return json(
    200,
    entries.map((entry) => entryJson(base, entry)),
  )
}

function entryJson(base: string, { name, path, object }: TreeEntry): object {
  const isFile = object.kind === 'blob'
  return {
    type: isFile ? 'file' : 'dir',
    name,
    path,
    sha: object.oid,
    size: isFile ? object.bytes.length : 0,
    url: `${base}/contents/${path}`,
  }
}
