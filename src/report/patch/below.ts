import { repositoryKey } from '../../domain/reference.ts'
import { holderOf } from '../../walk/chain.ts'
import type { Graph } from '../../walk/graph.ts'
import type { Chain } from '../../walk/verdict.ts'

/** Chains to what is not pinned, and the graph that they are of. */
export interface PatchChains {
  readonly chains: readonly Chain[]
  readonly graph: Graph
}

/** What is not pinned below a patch: by the doing of the very repository, at a commit that it has already, or of others. */
export function splitBelow(
  { chains, graph }: PatchChains,
  target: { readonly owner: string; readonly repo: string },
): { readonly own: PatchChains; readonly others: PatchChains } {
  const isOwn = (chain: Chain): boolean => {
    const holder = holderOf(chain, graph)
    return holder?.kind === 'remote' && repositoryKey(holder) === repositoryKey(target)
  }
  return {
    own: { chains: chains.filter(isOwn), graph },
    others: { chains: chains.filter((chain) => !isOwn(chain)), graph },
  }
}
