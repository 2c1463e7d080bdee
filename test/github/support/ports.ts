import type { Clock } from '../../../src/github/connection/clock.ts'
import { connect, type ConnectOptions } from '../../../src/github/connection/connect.ts'
import { parseRef, parseRefName, type RefName } from '../../../src/domain/ref.ts'
import { parseCommitSha, type CommitSha } from '../../../src/domain/sha.ts'
import type {
  GitHub,
  ManifestQuestion,
  RefAnswers,
  RepositoryQuestion,
  RepositoryRefs,
} from '../../../src/resolve/port.ts'
import type { Connection, RepositoryCommit } from '../../../src/resolve/connection.ts'
import type { LocalGitHub } from '../../support/github/server.ts'
import { fakeClock } from './clock.ts'

export type Resolver = 'api' | 'git'

/** How a host is asked: the resolver, and whether with a token. */
export type Way = readonly [name: string, resolver: Resolver, withToken: boolean]

export const ways: readonly Way[] = [
  ['with a token', 'api', true],
  ['without a token', 'git', false],
  ['by git with a token', 'git', true],
]

/** The port to the local GitHub in one of the ways. */
export function portBy(
  github: Pick<LocalGitHub, 'env' | 'token'>,
  [, resolver, withToken]: Way,
  options: Partial<ConnectOptions> = {},
): Promise<Connection> {
  return portTo(github, resolver, { token: withToken ? github.token : undefined, ...options })
}

/** The port to the local GitHub, with its good token unless told. Waits for nothing. */
export async function portTo(
  github: Pick<LocalGitHub, 'env' | 'token'>,
  resolver: Resolver,
  options: Partial<ConnectOptions> & { readonly clock?: Clock } = {},
): Promise<Connection> {
  const port = await connect({
    env: github.env,
    token: github.token,
    resolver,
    fallbackHost: undefined,
    maxWait: 60_000,
    version: '0.0.0',
    clock: fakeClock(),
    gh: noGh,
    ...options,
  })
  if ('kind' in port) throw new Error(port.message)
  return port
}

export const noGh = async (): Promise<undefined> => undefined

/** `question('acme/tool', { names: ['v1'] })` */
export function question(
  fullName: string,
  asked: {
    readonly names?: readonly string[]
    readonly shas?: readonly string[]
    readonly tags?: RepositoryQuestion['tags']
    readonly manifests?: RepositoryQuestion['manifests']
    readonly defaultBranch?: boolean
  } = {},
): RepositoryQuestion {
  const [owner = '', repo = ''] = fullName.split('/')
  return {
    owner,
    repo,
    names: (asked.names ?? []).map(refName),
    shas: (asked.shas ?? []).map(commitSha),
    tags: asked.tags ?? { kind: 'none' },
    manifests: asked.manifests ?? [],
    defaultBranch: asked.defaultBranch ?? false,
  }
}

/** `manifest('v1', 'login')`: the action in that folder; a path that ends in `.yml` is a workflow. */
export function manifest(ref: string, path = ''): ManifestQuestion {
  const parsed = parseRef(ref)
  if (typeof parsed === 'string') throw new Error(`not a ref: ${ref}`)
  return { ref: parsed, path, kind: path.endsWith('.yml') ? 'workflow' : 'action' }
}

/** `commitAt('acme/tool', sha(1))` */
export function commitAt(fullName: string, sha: string): RepositoryCommit {
  const [owner = '', repo = ''] = fullName.split('/')
  return { owner, repo, commit: commitSha(sha) }
}

/** The refs that the only repository asked for answered with. */
export async function refsOf(port: GitHub, asked: RepositoryQuestion): Promise<RepositoryRefs> {
  const answers = answersOf(await port.lookUp([asked]))
  const refs = answers.get(`${asked.owner}/${asked.repo}`.toLowerCase())
  if (refs?.kind !== 'refs') throw new Error(`no refs: ${JSON.stringify(refs)}`)
  return refs
}

export function answersOf(
  answer: Awaited<ReturnType<Connection['lookUp']>>,
): RefAnswers['repositories'] {
  if (answer.kind !== 'answers') throw new Error(`${answer.kind}: ${answer.detail}`)
  return answer.repositories
}

function refName(text: string): RefName {
  const name = parseRefName(text)
  if (name === undefined) throw new Error(`not a ref name: ${text}`)
  return name
}

export function commitSha(text: string): CommitSha {
  const sha = parseCommitSha(text)
  if (sha === undefined) throw new Error(`not a SHA: ${text}`)
  return sha
}
