import { createHash } from 'node:crypto'
import type { World, WorldCommit, WorldPull, WorldReferenced, WorldTag } from './world.ts'
import type { WorldTagLink } from './world.ts'

/** A small number stands for `sha(n)`; a string is a full SHA. */
type Commit = number | string

/** What a tag names: a commit, or an annotated tag of a target (which may be another tag). */
type Target = Commit | { readonly tag: Target }

/** A world in shorthand, for tests. */
interface WorldPlan {
  readonly id?: number
  readonly defaultBranch?: string
  readonly heads?: Readonly<Record<string, Commit>>
  readonly tags?: Readonly<Record<string, Target>>
  /** commit → path → text; a numeric key stands for `sha(key)`. Left out: each commit holds a JavaScript action. */
  readonly manifests?: Readonly<Record<Commit, Readonly<Record<string, string | Uint8Array>>>>
  /** commit → paths */
  readonly dockerfiles?: Readonly<Record<Commit, readonly string[]>>
  /** commit → paths of files that may be run, in archives. */
  readonly executables?: Readonly<Record<Commit, readonly string[]>>
  /** commit → path → where a symbolic link leads, in archives. */
  readonly links?: Readonly<Record<Commit, Readonly<Record<string, string>>>>
  /** commit → the bytes served as its archive, whatever they are. */
  readonly archives?: Readonly<Record<Commit, Uint8Array>>
  /** commit → ISO 8601 date; otherwise commit n is n hours younger than 2024-01-01. */
  readonly dates?: Readonly<Record<Commit, string>>
  /** Commits that lie on the default branch, below its tip. */
  readonly history?: readonly Commit[]
  /** commit → its parents, for worlds whose history matters. Left out: the older lies behind the newer. */
  readonly parents?: Readonly<Record<Commit, readonly Commit[]>>
  /** Commits that exist, but that nothing reaches: a fork's. */
  readonly unreachable?: readonly Commit[]
  /** pull request number → commit that only `refs/pull/N/head` reaches. */
  readonly pulls?: Readonly<Record<number, Commit>>
  readonly archived?: boolean
  readonly private?: boolean
  readonly hidden?: boolean
  readonly saml?: boolean
  readonly renamedFrom?: readonly string[]
}

/** `makeWorld('actions/checkout', { tags: { 'v4.2.2': 1, v4: { tag: 1 } }, heads: { main: 2 } })` */
export function makeWorld(fullName: string, plan: WorldPlan = {}): World {
  const [owner, name, ...rest] = fullName.split('/')
  if (!owner || !name || rest.length > 0) throw new Error(`not an owner/name: ${fullName}`)
  const heads = mapValues(plan.heads ?? { main: 0 }, commitSha)
  const tags = Object.entries(plan.tags ?? {})
  const dates = datesOf(plan)
  const pulls = Object.entries(plan.pulls ?? {}).map(([n, commit]) => pull(n, commit, dates))
  const others = othersIn(plan).map(commitSha)
  const named = [...Object.values(heads), ...tags.map(([, target]) => peel(target)), ...others]
  const manifests = Object.entries(
    plan.manifests ?? Object.fromEntries(named.map((commit) => [commit, { 'action.yml': ACTION }])),
  )
  const contents = manifests.flatMap(([, files]) => Object.values(files))
  return {
    owner,
    name,
    ...(plan.id === undefined ? {} : { id: plan.id }),
    default_branch: plan.defaultBranch ?? Object.keys(heads)[0] ?? 'main',
    heads,
    tags: Object.fromEntries(tags.map(([tag, target]) => [tag, worldTag(tag, target)])),
    tag_chains: Object.fromEntries(tags.flatMap(([tag, target]) => tagChain(tag, target))),
    commits: Object.fromEntries(named.map((commit) => [commit, worldCommit(commit, dates)])),
    manifests: Object.fromEntries(
      manifests.map(([commit, files]) => [keySha(commit), mapValues(files, blobSha)]),
    ),
    dockerfiles: byCommit(plan.dockerfiles ?? {}, (paths) => paths),
    parents: byCommit(plan.parents ?? {}, (parents) => parents.map(commitSha)),
    executables: byCommit(plan.executables ?? {}, (paths) => paths),
    links: byCommit(plan.links ?? {}, (links) => links),
    archives: byCommit(plan.archives ?? {}, (bytes) => Buffer.from(bytes).toString('base64')),
    blobs: Object.fromEntries(
      contents.flatMap((each) => (typeof each === 'string' ? [[blobSha(each), each]] : [])),
    ),
    binary_blobs: Object.fromEntries(
      contents.flatMap((each) =>
        typeof each === 'string' ? [] : [[blobSha(each), Buffer.from(each).toString('base64')]],
      ),
    ),
    pull_only: pulls,
    referenced: {
      ...referenced(plan.history ?? [], true),
      ...referenced(plan.unreachable ?? [], false),
    },
    archived: plan.archived ?? false,
    private: plan.private ?? false,
    hidden: plan.hidden ?? false,
    saml: plan.saml ?? false,
    renamed_from: plan.renamedFrom ?? [],
  }
}

const ACTION = 'name: An action\nruns: { using: node20, main: index.js }\n'

/** The made-up commit SHA that the number n stands for: 40 hex digits, always the same. */
export function sha(n: number): string {
  return sha1(`commit ${n}`)
}

/** The made-up id of an annotated tag's object; depth 1 is the tag that the tag names, and so on. */
export function tagSha(tag: string, depth = 0): string {
  return sha1(`tag ${tag} ${depth}`)
}

/** git's own id of a blob. */
function blobSha(content: string | Uint8Array): string {
  const bytes = Buffer.from(content)
  return sha1(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]))
}

function sha1(content: string | Uint8Array): string {
  return createHash('sha1').update(content).digest('hex')
}

function commitSha(commit: Commit): string {
  return typeof commit === 'number' ? sha(commit) : commit
}

/** The keys of an object are strings, those that were written as numbers too. */
function keySha(key: string): string {
  return commitSha(keyCommit(key))
}

function keyCommit(key: string): Commit {
  return key.length < 40 && /^\d+$/.test(key) ? Number(key) : key
}

function byCommit<A, B>(
  record: Readonly<Record<Commit, A>>,
  map: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(
    Object.entries(record).map(([commit, value]) => [keySha(commit), map(value)]),
  )
}

function peel(target: Target): string {
  return typeof target === 'object' ? peel(target.tag) : commitSha(target)
}

function worldTag(tag: string, target: Target): WorldTag {
  const commit = peel(target)
  return typeof target === 'object'
    ? { object: tagSha(tag), type: 'tag', commit }
    : { object: commit, type: 'commit', commit }
}

function tagChain(tag: string, target: Target): [string, WorldTagLink[]][] {
  const links: WorldTagLink[] = []
  let inner = typeof target === 'object' ? target.tag : target
  for (let depth = 1; typeof inner === 'object'; depth++) {
    links.push([tagSha(tag, depth), 'tag'])
    inner = inner.tag
  }
  return links.length === 0 ? [] : [[tag, [...links, [commitSha(inner), 'commit']]]]
}

function worldCommit(commit: string, dates: ReadonlyMap<string, string>): WorldCommit {
  return { date: dates.get(commit) ?? hoursAfterStart(0), tree: sha1(`tree of ${commit}`) }
}

function pull(number: string, commit: Commit, dates: ReadonlyMap<string, string>): WorldPull {
  const oid = commitSha(commit)
  return { sha: oid, ref: `refs/pull/${number}/head`, ...worldCommit(oid, dates) }
}

function datesOf(plan: WorldPlan): ReadonlyMap<string, string> {
  const targets = [...Object.values(plan.heads ?? {}), ...Object.values(plan.tags ?? {})]
  const numbers = [...targets, ...othersIn(plan), ...Object.values(plan.pulls ?? {})].flatMap(
    numberIn,
  )
  const given = Object.entries(plan.dates ?? {})
  return new Map([
    ...numbers.map((n): [string, string] => [sha(n), hoursAfterStart(n)]),
    ...given.map(([commit, date]): [string, string] => [keySha(commit), date]),
  ])
}

/** The commits that the plan names beside its refs. */
function othersIn({ history = [], unreachable = [], parents = {} }: WorldPlan): readonly Commit[] {
  const recorded = Object.entries(parents).flatMap(([commit, own]) => [keyCommit(commit), ...own])
  return [...history, ...unreachable, ...recorded]
}

function numberIn(target: Target): number[] {
  if (typeof target === 'object') return numberIn(target.tag)
  return typeof target === 'number' ? [target] : []
}

function hoursAfterStart(hours: number): string {
  return new Date(Date.UTC(2024, 0, 1, hours)).toISOString().replace('.000', '')
}

function referenced(
  commits: readonly Commit[],
  reachable: boolean,
): Record<string, WorldReferenced> {
  return Object.fromEntries(
    commits.map(commitSha).map((commit) => [commit, { kind: 'sha', commit, reachable }]),
  )
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
