import { advertiseRefs, capabilities } from './advertisement.ts'
import { searchOf, type Endpoint, type Params, type Services } from './endpoint.ts'
import { answerLsRefs, readLsRefs } from './ls-refs.ts'
import { flush, packet } from './pkt-line.ts'
import { redirect, samlMessage, text, type Reply } from './reply.ts'
import type { Repository } from './repository.ts'
import { callerOf, type GitHubRequest } from './request.ts'

/** Smart HTTP: gitprotocol-http(5). Only refs can be had; there are no packs. */
export const gitEndpoints: readonly Endpoint[] = [
  {
    kind: 'git',
    method: 'GET',
    pattern: /^\/(?<owner>[^/]+)\/(?<repo>[^/]+?)(?:\.git)?(?<rest>\/info\/refs)$/,
    answer: (request, params, services) =>
      withRepository(request, params, services, (repository) => advertise(request, repository)),
  },
  {
    kind: 'git',
    method: 'POST',
    pattern: /^\/(?<owner>[^/]+)\/(?<repo>[^/]+?)(?:\.git)?(?<rest>\/git-upload-pack)$/,
    answer: (request, params, services) =>
      withRepository(request, params, services, (repository) => uploadPack(request, repository)),
  },
]

/** github.com does not say which repositories are private: without credentials all are 401. */
function withRepository(
  request: GitHubRequest,
  params: Params,
  { estate, url }: Services,
  answer: (repository: Repository) => Reply,
): Reply {
  const challenge = { 'www-authenticate': 'Basic realm="GitHub"' }
  if (request.authorization === 'bad') {
    return text(401, 'Invalid username or token.', challenge)
  }
  const lookup = estate.find(params('owner'), params('repo'), callerOf(request))
  switch (lookup.kind) {
    case 'found':
      return answer(lookup.repository)
    case 'renamed': {
      const query = request.path.slice(request.path.split('?')[0]?.length)
      return redirect(`${url}/${lookup.repository.fullName}.git${params('rest')}${query}`)
    }
    case 'saml':
      return text(403, samlMessage)
    case 'missing':
      return request.authorization === 'good'
        ? text(404, 'Repository not found.')
        : text(401, 'Repository not found.', challenge)
  }
}

function advertise(request: GitHubRequest, repository: Repository): Reply {
  const service = searchOf(request).get('service')
  if (service !== 'git-upload-pack') return text(403, `Please upgrade your git client.`)
  return text(200, speaksV2(request) ? capabilities : advertiseRefs(repository), {
    'content-type': 'application/x-git-upload-pack-advertisement',
    'cache-control': 'no-cache, max-age=0, must-revalidate',
  })
}

function uploadPack(request: GitHubRequest, repository: Repository): Reply {
  if (request.headers['content-type'] !== 'application/x-git-upload-pack-request') {
    return text(415, 'Unsupported Media Type')
  }
  return text(200, speaksV2(request) ? runCommand(request.body, repository) : notVersion2, {
    'content-type': 'application/x-git-upload-pack-result',
    'cache-control': 'no-cache, max-age=0, must-revalidate',
  })
}

const notVersion2 = packet('ERR upload-pack: protocol error, expected to get object ID')

function runCommand(body: Buffer, repository: Repository): string {
  if (body.toString() === flush) return ''
  const command = readLsRefs(body)
  return 'error' in command ? packet(`ERR ${command.error}`) : answerLsRefs(repository, command)
}

function speaksV2(request: GitHubRequest): boolean {
  return (request.headers['git-protocol'] ?? '').split(':').includes('version=2')
}
