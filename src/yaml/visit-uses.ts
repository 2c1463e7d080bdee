import { isAlias, isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml'
import type { Alias, Document, Node, Scalar } from 'yaml'
import type { UsesPosition } from '../domain/reference.ts'

/** A node that stands where a reference may stand. */
export interface UsesNode {
  readonly node: Node
  /** `misplaced` ones are keys that GitHub does not read as a `uses`, though their author may think so. */
  readonly place: UsesPosition | 'image' | 'empty' | 'key-case' | 'merge-key'
  /** The keys of the `with:` beside it. */
  readonly inputs: readonly string[]
}

/** What a document holds in the positions that GitHub reads. */
export interface UsesNodes {
  /** Whether there is a `jobs` or a `runs` at the top. */
  readonly isManifest: boolean
  readonly nodes: readonly UsesNode[]
  /** What the aliases in all other positions point to: an edit there would change more than references. */
  readonly foreignTargets: readonly Node[]
}

type Entry = readonly [key: string, keyNode: Scalar, value: unknown]

/**
 * Visits the positions that GitHub reads: `jobs.<id>.uses`, `jobs.<id>.steps[*].uses` and
 * `…parallel[*].uses`, `runs.steps[*].uses`, and the images of containers, services and Docker actions.
 * Aliases are followed; each node is visited once in each role, so anchors cannot make the walk long or endless.
 */
export function visitUses(document: Document.Parsed): UsesNodes {
  const nodes = new Map<Node, UsesNode>()
  const followed = new Set<Alias>()
  const seenJobs = new Set<Node>()
  const seenSteps = new Set<Node>()

  function follow(node: unknown): Node | undefined {
    if (isAlias(node)) followed.add(node)
    return target(node)
  }

  function target(node: unknown): Node | undefined {
    if (isAlias(node)) return node.resolve(document)
    return isNode(node) ? node : undefined
  }

  function entries(map: Node | undefined): Entry[] {
    if (!isMap(map)) return []
    return map.items.flatMap((pair): Entry[] => {
      const key = follow(pair.key)
      return isScalar(key) ? [[String(key.value), key, pair.value]] : []
    })
  }

  function visitJobs(jobs: Node | undefined): void {
    for (const [, , value] of entries(jobs)) {
      const job = follow(value)
      if (job === undefined || seenJobs.has(job)) continue
      seenJobs.add(job)
      for (const [key, , part] of visitUsesOf(job, 'job')) {
        if (key === 'steps') visitSteps(follow(part))
        else if (key === 'container') visitImage(follow(part))
        else if (key === 'services')
          for (const [, , service] of entries(follow(part))) visitImage(follow(service))
      }
    }
  }

  function visitSteps(steps: Node | undefined): void {
    if (!isSeq(steps) || seenSteps.has(steps)) return
    seenSteps.add(steps)
    for (const item of steps.items) {
      const step = follow(item)
      if (step === undefined || seenSteps.has(step)) continue
      seenSteps.add(step)
      for (const [key, , part] of visitUsesOf(step, 'step'))
        if (key === 'parallel') visitSteps(follow(part))
    }
  }

  function visitUsesOf(holder: Node, position: UsesPosition): Entry[] {
    const all = entries(holder)
    const beside = all.find(([key]) => key === 'with')?.[2]
    const inputs = entries(target(beside)).map(([key]) => key)
    for (const [key, keyNode, value] of all) {
      if (key === 'uses') {
        const node = follow(value)
        found(node ?? keyNode, node === undefined ? 'empty' : position, inputs)
      } else if (key === '<<') found(keyNode, 'merge-key')
      else if (key.toLowerCase() === 'uses') found(keyNode, 'key-case')
    }
    return all
  }

  function visitImage(image: Node | undefined): void {
    if (isScalar(image)) found(image, 'image')
    for (const [key, , value] of entries(image)) if (key === 'image') visitImage(follow(value))
  }

  function visitRuns(runs: Node | undefined): void {
    for (const [key, , part] of entries(runs)) {
      if (key === 'steps') visitSteps(follow(part))
      else if (key === 'image') visitImage(follow(part))
    }
  }

  function found(node: Node, place: UsesNode['place'], inputs: readonly string[] = []): void {
    if (!nodes.has(node)) nodes.set(node, { node, place, inputs })
  }

  const top = entries(document.contents ?? undefined)
  for (const [key, , value] of top) {
    if (key === 'jobs') visitJobs(follow(value))
    else if (key === 'runs') visitRuns(follow(value))
  }
  return {
    isManifest: top.some(([key]) => key === 'jobs' || key === 'runs'),
    nodes: [...nodes.values()],
    foreignTargets: foreignTargets(document, followed),
  }
}

/** Whether the outer node is the inner one, or holds it. */
export function holds(outer: Node, inner: Node): boolean {
  if (outer === inner) return true
  if (!isMap(outer) && !isSeq(outer)) return false
  return outer.items.some((item: unknown) => {
    const parts: unknown[] = isPair(item) ? [item.key, item.value] : [item]
    return parts.some((part) => isNode(part) && holds(part, inner))
  })
}

function foreignTargets(document: Document.Parsed, followed: ReadonlySet<Alias>): Node[] {
  const targets: Node[] = []
  visit(document, {
    Alias(_key, alias) {
      const node = followed.has(alias) ? undefined : alias.resolve(document)
      if (node !== undefined) targets.push(node)
    },
  })
  return targets
}
