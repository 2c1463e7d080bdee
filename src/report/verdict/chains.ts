import { entryOf, holderOf } from '../../walk/chain.ts'
import type { Edge, Graph, RemoteNode } from '../../walk/graph.ts'
import type { Chain } from '../../walk/verdict.ts'
import { referenceText } from '../graph/reference.ts'
import { groupBy } from '../group.ts'

/** Chains that end in the same reference, and can be mended in the same way. */
export interface ChainGroup<C extends Chain> {
  readonly first: C
  readonly ways: readonly Way<C>[]
  /** The reference at their end; `undefined` for a workflow that could not be read. */
  readonly reference: Edge | undefined
  /** Whose manifests hold the reference; empty where it stands in files of the repository itself. */
  readonly holders: readonly RemoteNode[]
  /** What of the repository's own references leads there. */
  readonly entries: readonly RemoteNode[]
  /** Which of them leads to which holder. */
  readonly links: readonly Link[]
}

/** Whose manifest a chain's last reference stands in, and by what of the repository's own references that is reached. */
interface Link {
  readonly holder: RemoteNode
  readonly entry: RemoteNode
}

/** Chains of one file that read the same: only the lines that they begin in differ. */
export interface Way<C extends Chain> {
  readonly chain: C
  readonly lines: readonly number[]
}

/**
 * Groups chains by their last reference: those that stand in the repository's own files apart from those in
 * the manifests of others.
 */
export function groupChains<C extends Chain>(chains: readonly C[], graph: Graph): ChainGroup<C>[] {
  const groups = groupBy(chains, (chain) => {
    const last = chain.references.at(-1)
    return JSON.stringify(
      last === undefined ? [chain.file] : [last.written, holderOf(chain, graph)?.kind],
    )
  })
  return groups.map((grouped) => {
    const links = grouped.flatMap((chain) => linkOf(chain, graph))
    const ways = groupBy(grouped, (chain) =>
      JSON.stringify([chain.file, ...chain.references.map(referenceText)]),
    )
    return {
      first: grouped[0],
      ways: ways.map(wayOf),
      reference: grouped[0].references.at(-1),
      holders: unique(links.map(({ holder }) => holder)),
      entries: unique(links.map(({ entry }) => entry)),
      links,
    }
  })
}

/** A way's parts as they are shown: `.github/workflows/ci.yml:14`, then each reference. */
export function waySteps({ chain, lines }: Way<Chain>): [string, ...string[]] {
  const shown = lines.slice(0, MOST_LINES).join(',')
  const at = `${shown}${lines.length > MOST_LINES ? ',…' : ''}`
  return [at === '' ? chain.file : `${chain.file}:${at}`, ...chain.references.map(referenceText)]
}

const MOST_LINES = 4

function wayOf<C extends Chain>(chains: readonly [C, ...C[]]): Way<C> {
  const lines = chains.flatMap(({ references }) => references[0]?.position.line ?? [])
  return { chain: chains[0], lines: unique(lines) }
}

function linkOf(chain: Chain, graph: Graph): Link[] {
  const holder = holderOf(chain, graph)
  if (holder?.kind !== 'remote') return []
  return [{ holder, entry: entryOf(chain, graph) ?? holder }]
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)]
}
