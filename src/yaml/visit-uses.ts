import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Alias, Document, Node, Scalar } from 'yaml'
import type { UsesPosition } from '../domain/reference.ts'
import { nodesBelow } from './aliases.ts'

/** Where an image stands: that of a container or a service, or the `runs.image` of an action. */
type ImagePlace = 'image' | 'action-image'

/** A node that stands where a reference may stand. */
export interface UsesNode {
  readonly node: Node
  /** `misplaced` ones are keys that GitHub does not read as a `uses`, though their author may think so. */
  readonly place: UsesPosition | ImagePlace | 'empty' | 'key-case' | 'merge-key'
  /** The key that it is the value of, where it is not an alias that is. */
  readonly key: Scalar | undefined
  /** The keys of the `with:` beside it: of every one, where it is used in several places. */
  readonly inputs: readonly string[]
  /** Whether it stands, or is used by an alias, where it is no reference: an edit would change more than references. */
  readonly isShared: boolean
}

/** What a document holds in the positions that GitHub reads. */
export interface UsesNodes {
  /** Whether there is a `jobs` or a `runs` at the top. */
  readonly isManifest: boolean
  readonly nodes: readonly UsesNode[]
}

/**
 * Visits the positions that GitHub reads: `jobs.<id>.uses`, `jobs.<id>.steps[*].uses` and
 * `…parallel[*].uses`, `runs.steps[*].uses`, and the images of containers, services and Docker actions.
 * Aliases are followed; each node is visited once, so anchors cannot make the walk long or endless.
 */
export function visitUses(document: Document.Parsed, aliases: ReadonlyMap<Alias, Node>): UsesNodes {
  const followed = new Set<Alias>()
  const found = walk(document, aliases, (alias) => {
    followed.add(alias)
    return aliases.get(alias)
  })
  if (aliases.size === 0) return found
  const direct = new Map(
    walk(document, aliases, () => undefined).nodes.map((uses) => [uses.node, uses]),
  )
  const foreign = nodesBelow(
    [...aliases].flatMap(([alias, to]) => (followed.has(alias) ? [] : [to])),
  )
  const nodes = found.nodes.map((uses): UsesNode => {
    const place = direct.get(uses.node)?.place
    const isHome = place === 'step' || place === 'job'
    return { ...uses, isShared: uses.isShared || !isHome || foreign.has(uses.node) }
  })
  return { ...found, nodes }
}

type Entry = readonly [key: string, keyNode: Scalar, value: unknown]

/** `targetOf` says where an alias leads in a position that is walked; aliased keys are read in any case. */
function walk(
  document: Document.Parsed,
  aliases: ReadonlyMap<Alias, Node>,
  targetOf: (alias: Alias) => Node | undefined,
): UsesNodes {
  const nodes = new Map<Node, UsesNode>()
  const seen = { job: new Set<Node>(), step: new Set<Node>() }

  function follow(node: unknown): Node | undefined {
    if (isAlias(node)) return targetOf(node)
    return isNode(node) ? node : undefined
  }

  function firstTime(node: Node, position: UsesPosition): boolean {
    const isNew = !seen[position].has(node)
    seen[position].add(node)
    return isNew
  }

  function entries(map: unknown): Entry[] {
    if (!isMap(map)) return []
    return map.items.flatMap((pair): Entry[] => {
      const key = isAlias(pair.key) ? aliases.get(pair.key) : pair.key
      return isScalar(key) ? [[String(key.value), key, pair.value]] : []
    })
  }

  function visitJobs(jobs: Node | undefined): void {
    for (const [, , value] of entries(jobs)) {
      const job = follow(value)
      if (job === undefined || !firstTime(job, 'job')) continue
      for (const [key, , part] of visitUsesOf(job, 'job')) {
        if (key === 'steps') visitSteps(follow(part))
        else if (key === 'container') visitImage(follow(part))
        else if (key === 'services')
          for (const [, , service] of entries(follow(part))) visitImage(follow(service))
      }
    }
  }

  function visitSteps(steps: Node | undefined): void {
    if (!isSeq(steps) || !firstTime(steps, 'step')) return
    for (const item of steps.items) {
      const step = follow(item)
      if (step === undefined || !firstTime(step, 'step')) continue
      for (const [key, , part] of visitUsesOf(step, 'step'))
        if (key === 'parallel') visitSteps(follow(part))
    }
  }

  function visitUsesOf(holder: Node, position: UsesPosition): Entry[] {
    const all = entries(holder)
    const beside = all.find(([key]) => key === 'with')?.[2]
    const inputs = entries(isAlias(beside) ? aliases.get(beside) : beside).map(([key]) => key)
    for (const [key, keyNode, value] of all) {
      if (key === 'uses') {
        const node = follow(value)
        if (node === undefined) found(keyNode, 'empty')
        else found(node, position, isAlias(value) ? undefined : keyNode, inputs)
      } else if (key === '<<') found(keyNode, 'merge-key')
      else if (key.toLowerCase() === 'uses') found(keyNode, 'key-case')
    }
    return all
  }

  function visitImage(holder: Node | undefined): void {
    if (isScalar(holder)) found(holder, 'image')
    for (const [key, , value] of entries(holder)) {
      const image = key === 'image' ? follow(value) : undefined
      if (isScalar(image)) found(image, 'image')
    }
  }

  function visitRuns(runs: Node | undefined): void {
    for (const [key, , part] of entries(runs)) {
      if (key === 'steps') visitSteps(follow(part))
      else if (key === 'image') {
        const image = follow(part)
        if (isScalar(image)) found(image, 'action-image')
      }
    }
  }

  function found(
    node: Node,
    place: UsesNode['place'],
    key?: Scalar,
    inputs: readonly string[] = [],
  ): void {
    const known = nodes.get(node)
    const strictest = known === undefined || RANK[place] > RANK[known.place] ? place : known.place
    nodes.set(node, {
      node,
      place: strictest,
      key: known?.key ?? key,
      inputs: known === undefined ? inputs : known.inputs.filter((name) => inputs.includes(name)),
      isShared: known !== undefined && (known.isShared || isImage(known.place) !== isImage(place)),
    })
  }

  const top = entries(document.contents ?? undefined)
  for (const [key, , value] of top) {
    if (key === 'jobs') visitJobs(follow(value))
    else if (key === 'runs') visitRuns(follow(value))
  }
  return {
    isManifest: top.some(([key]) => key === 'jobs' || key === 'runs'),
    nodes: [...nodes.values()],
  }
}

function isImage(place: UsesNode['place']): place is ImagePlace {
  return place === 'image' || place === 'action-image'
}

// A node that is used in several places is read as the strictest of them takes it.
const RANK: Readonly<Record<UsesNode['place'], number>> = {
  job: 6,
  step: 5,
  empty: 4,
  'key-case': 3,
  'merge-key': 2,
  image: 1,
  'action-image': 0,
}
