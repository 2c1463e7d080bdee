import { createHash } from 'node:crypto'
import type { BlobObject, CommitObject, TagObject } from './git-object.ts'
import type { World, WorldCommit } from './world.ts'

/** A world, indexed. Refs are full names, in git's order. */
export interface Repository {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly fullName: string
  readonly world: World
  readonly defaultBranch: string
  readonly refs: readonly Ref[]
  ref(fullName: string): Ref | undefined
  commit(oid: string): CommitObject | undefined
  tag(oid: string): TagObject | undefined
  blob(oid: string): BlobObject | undefined
  /** Every commit and tag object whose id starts so. */
  startingWith(prefix: string): readonly (CommitObject | TagObject)[]
  /** path → blob id of the files recorded at a commit. */
  files(commit: string): Readonly<Record<string, string>>
}

export interface Ref {
  readonly fullName: string
  /** What the ref names: a commit, or an annotated tag's object. */
  readonly object: string
  readonly commit: string
}

export function indexWorld(world: World): Repository {
  const fullName = `${world.owner}/${world.name}`
  const commits = commitsOf(world)
  const tags = tagObjectsOf(world)
  const refs = refsOf(world)
  const refByName = new Map(refs.map((ref) => [ref.fullName, ref]))
  const blobs = world.blobs ?? {}
  const binaries = world.binary_blobs ?? {}
  return {
    id: world.id ?? idOf(fullName),
    owner: world.owner,
    name: world.name,
    fullName,
    world,
    defaultBranch: world.default_branch ?? 'main',
    refs,
    ref: (name) => refByName.get(name),
    commit: (oid) => commits.get(oid),
    tag: (oid) => tags.get(oid),
    blob: (oid) => {
      if (oid === dockerfile.oid) return dockerfile
      const [text, base64] = [blobs[oid], binaries[oid]]
      if (text !== undefined) return { kind: 'blob', oid, bytes: Buffer.from(text) }
      if (base64 === undefined) return undefined
      return { kind: 'blob', oid, bytes: Buffer.from(base64, 'base64') }
    },
    startingWith: (prefix) =>
      [...commits.values(), ...tags.values()].filter(({ oid }) => oid.startsWith(prefix)),
    files: (commit) => ({
      ...Object.fromEntries(
        world.dockerfiles?.[commit]?.map((path) => [path, dockerfile.oid]) ?? [],
      ),
      ...world.manifests?.[commit],
    }),
  }
}

/** Of a Dockerfile a world records no more than that it is there. */
const dockerfile: BlobObject = {
  kind: 'blob',
  oid: 'c35f1b5f5e29f0e2942c58a7e82005733977ebdd',
  bytes: Buffer.from('FROM scratch\n'),
}

function refsOf(world: World): Ref[] {
  const heads = Object.entries(world.heads ?? {}).map(([name, commit]) => ({
    fullName: `refs/heads/${name}`,
    object: commit,
    commit,
  }))
  const tags = Object.entries(world.tags ?? {}).map(([name, { object, commit }]) => ({
    fullName: `refs/tags/${name}`,
    object,
    commit,
  }))
  const pulls = (world.pull_only ?? []).map(({ ref, sha }) => ({
    fullName: ref,
    object: sha,
    commit: sha,
  }))
  return [...heads, ...tags, ...pulls].toSorted((a, b) => byteOrder(a.fullName, b.fullName))
}

/** A fork network shares its objects, so whatever the world names exists, reachable or not. */
function commitsOf(world: World): Map<string, CommitObject> {
  const recorded: Record<string, WorldCommit> = { ...world.commits }
  for (const pull of world.pull_only ?? []) recorded[pull.sha] = pull
  const oids = new Set([
    ...Object.keys(recorded),
    ...Object.values(world.heads ?? {}),
    ...Object.values(world.tags ?? {}).map(({ commit }) => commit),
    ...Object.values(world.referenced ?? {}).flatMap(({ commit }) => (commit ? [commit] : [])),
    ...Object.keys(world.manifests ?? {}),
    ...Object.entries(world.parents ?? {}).flatMap(([commit, parents]) => [commit, ...parents]),
  ])
  return new Map([...oids].map((oid) => [oid, commitObject(oid, recorded[oid])]))
}

function commitObject(oid: string, recorded: WorldCommit | undefined): CommitObject {
  const date = new Date(recorded?.date ?? '2020-01-01T00:00:00Z').toISOString()
  const tree = recorded?.tree ?? createHash('sha1').update(`tree of ${oid}`).digest('hex')
  return { kind: 'commit', oid, date: date.replace(/\.\d+Z$/, 'Z'), tree }
}

function tagObjectsOf(world: World): Map<string, TagObject> {
  const objects = Object.entries(world.tags ?? {}).flatMap(([name, tag]) => {
    if (tag.type !== 'tag') return []
    const chain = world.tag_chains?.[name]?.map(([oid]) => oid) ?? [tag.commit]
    return chain.map((target, depth): TagObject => {
      const oid = chain[depth - 1] ?? tag.object
      return { kind: 'tag', oid, name, target }
    })
  })
  return new Map(objects.map((object) => [object.oid, object]))
}

/** As git sorts ref names: by bytes, not by UTF-16 units. */
function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function idOf(fullName: string): number {
  return createHash('sha1').update(fullName.toLowerCase()).digest().readUInt32BE() % 900_000_000
}
