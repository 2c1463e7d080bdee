import type { World } from './github/worlds.ts'
import { isIgnoredLine, readUsesLine, type UsesLine } from './uses-line.ts'

/** The codes of findings that are about a reference itself, which {@link judgeRecorded} knows of. */
export const OWN_CODES: readonly string[] = [
  'unpinned',
  'short-sha',
  'ambiguous-ref',
  'breaks-when-pinned',
  'undetermined',
  'unknown-commit',
  'impostor-commit',
  'tag-object',
  'label-missing',
  'label-vague',
  'label-mismatch',
  'label-gone',
  'moved-tag',
  'mass-moved-tags',
]

/**
 * What each reference of a repository's files is to be accused of, found by other means than the program's: line by line, and
 * held against recorded refs. `file:line code`, in the order of the files.
 */
export function judgeRecorded(
  files: Readonly<Record<string, string>>,
  worlds: readonly World[],
): string[] {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => {
      const uses = readUsesLine(line.replace(/\r$/, ''))
      const code = uses === undefined ? undefined : judgeLine(uses, worldOf(uses, worlds))
      return code === undefined ? [] : [`${file}:${index + 1} ${code}`]
    }),
  )
}

function worldOf({ name }: UsesLine, worlds: readonly World[]): World | undefined {
  const repository = name.split('/').slice(0, 2).join('/').toLowerCase()
  return worlds.find((world) =>
    [`${world.owner}/${world.name}`, ...(world.renamed_from ?? [])].some(
      (each) => each.toLowerCase() === repository,
    ),
  )
}

function judgeLine(uses: UsesLine, world: World | undefined): string | undefined {
  if (/pinsmith: ignore/.test(uses.comment)) return undefined
  if (/^[0-9a-f]{40}$/i.test(uses.ref))
    return world === undefined ? 'undetermined' : judgePin(uses, world)
  if (isIgnoredLine(uses)) return undefined
  if (world === undefined) return 'unpinned'
  const [tag, head] = [world.tags?.[uses.ref]?.commit, world.heads?.[uses.ref]]
  if (uses.name.startsWith('slsa-framework/slsa-github-generator/.github/workflows/'))
    return tag === undefined && head === undefined ? 'undetermined' : 'breaks-when-pinned'
  if (tag !== undefined && head !== undefined && tag !== head) return 'ambiguous-ref'
  if (tag === undefined && head === undefined && /^[0-9a-f]{4,39}$/i.test(uses.ref))
    return judgeShort(uses.ref.toLowerCase(), world)
  return 'unpinned'
}

/** A fork's commit is accused of that, and not of being shortened as well. */
function judgeShort(digits: string, world: World): string {
  const { referenced = {}, pull_only: pulls = [] } = world
  const [only, ...others] = [...commitsOf(world), ...pulls.map(({ sha }) => sha)].filter((sha) =>
    sha.startsWith(digits),
  )
  const isStranger =
    pulls.some(({ sha }) => sha === only) ||
    Object.values(referenced).some(
      ({ commit, reachable }) => commit === only && reachable === false,
    )
  return only !== undefined && others.length === 0 && isStranger ? 'impostor-commit' : 'short-sha'
}

function judgePin({ ref, comment }: UsesLine, world: World): string | undefined {
  const sha = ref.toLowerCase()
  const { tags = {}, heads = {}, referenced = {}, pull_only: pulls = [] } = world
  const chained = Object.values(world.tag_chains ?? {}).flat()
  const tagIds = [
    ...Object.values(tags).flatMap(({ object, type }) => (type === 'tag' ? [object] : [])),
    ...chained.flatMap(([id, type]) => (type === 'tag' ? [id] : [])),
  ]
  if (tagIds.includes(sha)) return 'tag-object'
  if (referenced[sha]?.reachable === false || pulls.some((pull) => pull.sha === sha))
    return 'impostor-commit'
  if (!commitsOf(world).has(sha)) return 'unknown-commit'

  const label = labelIn(comment, sha, world)
  if (label === undefined) return 'label-missing'
  const onCommit = Object.entries(tags).flatMap(([name, { commit }]) =>
    commit === sha ? [name] : [],
  )
  const parts = /^v?(\d+)(\.\d+)?(\.\d+)?$/.exec(label)
  const isVague = parts !== null && parts[3] === undefined
  if (isVague && onCommit.some((name) => name.startsWith(`${label}.`) && isFull(name)))
    return 'label-vague'
  const actual = tags[label]?.commit
  if (actual === sha || (actual === undefined && heads[label] !== undefined)) return undefined
  if (actual === undefined) return 'label-gone'
  if (parts === null) return undefined
  if (onCommit.some((name) => (isVague ? /^v?\d+/.test(name) : isFull(name))))
    return 'label-mismatch'
  const [date, later] = [world.commits?.[sha]?.date, world.commits?.[actual]?.date]
  if (date === undefined || later === undefined || date >= later) return 'moved-tag'
  return isVague ? 'label-vague' : 'label-mismatch'
}

/** Every commit that a world knows of: a fork network shares its objects. */
function commitsOf(world: World): ReadonlySet<string> {
  return new Set([
    ...Object.keys(world.commits ?? {}),
    ...Object.keys(world.manifests ?? {}),
    ...Object.values(world.heads ?? {}),
    ...Object.values(world.tags ?? {}).map(({ commit }) => commit),
    ...Object.values(world.referenced ?? {}).flatMap(({ commit }) => commit ?? []),
  ])
}

/** The label that a comment begins with, where it is all that a tool would have written. */
function labelIn(
  comment: string,
  sha: string,
  { tags = {}, heads = {} }: World,
): string | undefined {
  const words = comment
    .replace(/^#\s*/, '')
    .replace(
      /^(?:renovate:\s*)?(?:tag=|pin\s*@|ratchet:[^@\s]+@|frozen:\s*|[\w.-]+\/[\w./-]+@)/,
      '',
    )
  const [, word = '', rest = ''] = /^([^\s#]\S*)(.*)$/.exec(words) ?? []
  if (word === '') return undefined
  const isKnown = tags[word] !== undefined || heads[word] !== undefined
  if (rest.trim() !== '' && !/^\s+#/.test(rest))
    return tags[word]?.commit === sha ? word : undefined
  return isKnown || isFull(word) || /^v\d/.test(word) ? word : undefined
}

function isFull(name: string): boolean {
  return /^v?\d+\.\d+\.\d+$/.test(name)
}
