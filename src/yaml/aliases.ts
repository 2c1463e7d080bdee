import { visit } from 'yaml'
import type { Alias, Document, Node } from 'yaml'

/**
 * What each alias of a document points to: the last node before it that has its anchor; `undefined` where there is
 * none. In one pass: `Alias.resolve` searches the whole document for every alias.
 */
export function resolveAliases(document: Document.Parsed): ReadonlyMap<Alias, Node | undefined> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node | undefined>()
  visit(document, {
    Alias: (_key, alias) => void targets.set(alias, anchors.get(alias.source)),
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

/** These nodes and all that they hold. Aliases inside them are not followed. */
export function nodesBelow(targets: readonly Node[]): ReadonlySet<unknown> {
  const below = new Set<unknown>()
  for (const target of targets)
    visit(target, {
      Node: (_key, node) => {
        if (below.has(node)) return visit.SKIP
        below.add(node)
        return undefined
      },
    })
  return below
}
