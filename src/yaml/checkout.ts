import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Node } from 'yaml'
import { parseReference } from '../domain/reference.ts'
import type { LocatedFile, Site } from './locate.ts'
import type { ParsedText } from './parse.ts'

/**
 * The steps of a workflow for which `./` is the repository itself: a step before them, in every job that they are
 * in, checks it out there, and none puts something else in its place. One that runs only under a condition, or in the
 * background, does not count.
 */
export function sitesAfterCheckout({ parsed, sites }: LocatedFile): ReadonlySet<Site> {
  const { before, after } = findSteps(parsed)
  const placesOf = (steps: ReadonlySet<Node>): Set<string> =>
    new Set([...steps].flatMap((step) => placeOfUses(step, parsed)))
  const bare = placesOf(before)
  const good = new Set([...placesOf(after)].filter((place) => !bare.has(place)))
  return new Set(sites.filter(({ position }) => good.has(keyOf(position))))
}

interface Steps {
  /** Those that stand before a checkout, or in a job without one. */
  readonly before: ReadonlySet<Node>
  readonly after: ReadonlySet<Node>
}

/** An aliased step may be both. Each is visited once in each role, so that anchors can make this neither long nor endless. */
function findSteps(parsed: ParsedText): Steps {
  const found = { before: new Set<Node>(), after: new Set<Node>() }

  function visit(step: Node | undefined, role: Set<Node>): void {
    if (step === undefined || role.has(step)) return
    role.add(step)
    const group = valueOf(step, 'parallel', parsed)
    if (isSeq(group)) for (const item of group.items) visit(follow(item, parsed), role)
  }

  for (const { contents } of parsed.documents) {
    const jobs = valueOf(contents ?? undefined, 'jobs', parsed)
    for (const { value } of isMap(jobs) ? jobs.items : []) {
      const steps = valueOf(follow(value, parsed), 'steps', parsed)
      let role = found.before
      for (const item of isSeq(steps) ? steps.items : []) {
        const step = follow(item, parsed)
        visit(step, role)
        const checkout = checkoutAt(step, parsed)
        if (checkout !== undefined) role = checkout === 'own' ? found.after : found.before
      }
    }
  }
  return found
}

/**
 * What a step checks out at the root of the workspace: the repository at the commit that runs, or something else, as another
 * ref is, which may be a stranger's pull request. `undefined` where it leaves the root as it is, or perhaps does.
 */
function checkoutAt(step: Node | undefined, parsed: ParsedText): 'own' | 'other' | undefined {
  const uses = valueOf(step, 'uses', parsed)
  const reference = isScalar(uses) ? parseReference(String(uses.value), 'step') : undefined
  if (typeof reference !== 'object' || reference.kind !== 'action') return undefined
  const { owner, repo, path } = reference
  if (`${owner}/${repo}/${path}`.toLowerCase() !== 'actions/checkout/') return undefined
  const inputs = valueOf(step, 'with', parsed)
  const isGiven = (map: Node | undefined, key: string): boolean =>
    valueOf(map, key, parsed) !== undefined
  const folder = valueOf(inputs, 'path', parsed)
  if (isScalar(folder) && isBelowRoot(String(folder.value))) return undefined
  if (['repository', 'ref', 'sparse-checkout'].some((key) => isGiven(inputs, key))) return 'other'
  const isSure = folder === undefined && !['if', 'background'].some((key) => isGiven(step, key))
  return isSure ? 'own' : undefined
}

function isBelowRoot(folder: string): boolean {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length > 0 && !parts.includes('..') && !folder.includes('${{')
}

function placeOfUses(step: Node, parsed: ParsedText): string[] {
  const uses = valueOf(step, 'uses', parsed)
  const offset = isScalar(uses) ? (uses.srcToken?.offset ?? uses.range?.[0]) : undefined
  return offset === undefined ? [] : [keyOf(parsed.lines.position(offset))]
}

function valueOf(map: Node | undefined, key: string, parsed: ParsedText): Node | undefined {
  if (!isMap(map)) return undefined
  const pair = map.items.find((each) => {
    const node = follow(each.key, parsed)
    return isScalar(node) && node.value === key
  })
  return follow(pair?.value, parsed)
}

function follow(value: unknown, { aliases }: ParsedText): Node | undefined {
  if (isAlias(value)) return aliases.get(value)
  return isNode(value) ? value : undefined
}

function keyOf({ line, column }: Site['position']): string {
  return `${line}:${column}`
}
