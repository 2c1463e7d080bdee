import { repositoryKey } from '../../domain/reference.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { GitHub } from '../../resolve/port.ts'
import { holderOf } from '../../walk/chain.ts'
import type { Graph } from '../../walk/graph.ts'
import { judge, type Chain } from '../../walk/verdict.ts'
import { walk } from '../../walk/walk.ts'
import type { Workspace } from '../../walk/workspace.ts'
import { locateParsed } from '../../yaml/locate.ts'
import { graph } from '../graph.ts'
import type { Connect, PlanFailure } from '../make-plan.ts'
import type { PatchTarget } from './target.ts'
import type { SourceOptions } from '../sources.ts'

/** Chains to what is not pinned, and the graph that they are of. */
export interface Chains {
  readonly chains: readonly Chain[]
  readonly graph: Graph
}

export const NO_CHAINS: Chains = { chains: [], graph: { nodes: new Map(), roots: [] } }

/**
 * What files that are patched still lead to in other repositories. Each is walked from alone: what they use of each other is one of
 * them, too.
 */
export async function findBelow(
  files: readonly FilePlan[],
  github: GitHub,
): Promise<Chains | PlanFailure> {
  const roots = files.flatMap(({ path, parsedAfter }) => {
    const located = locateParsed(parsedAfter)
    return located.kind === 'located' ? [{ path, located }] : []
  })
  const nowhere: Workspace = { open: () => Promise.resolve({ kind: 'missing', tried: [] }) }
  const walked = await walk(roots, nowhere, github)
  if (walked.kind !== 'walked') return { kind: 'host-failure', failure: walked }
  const { graph: below } = walked
  const { blocked } = judge(below, [])
  return {
    chains: blocked.filter((chain) => holderOf(chain, below)?.kind === 'remote'),
    graph: below,
  }
}

/** How the repository that the current folder is in, if it is in one, comes to what is not pinned in the target. */
export async function findCallers(
  target: PatchTarget,
  { cwd, env }: Pick<SourceOptions, 'cwd' | 'env'>,
  connect: Connect,
): Promise<Chains | PlanFailure> {
  const walked = await graph({ cwd, paths: [], env }, connect)
  if (walked.kind === 'usage') return 'code' in walked ? NO_CHAINS : walked
  if (walked.kind !== 'graph') return walked
  const keys = [repositoryKey(target), target.formerly?.toLowerCase()]
  const chains = walked.verdict.blocked.filter((chain) => {
    const holder = holderOf(chain, walked.graph)
    return holder?.kind === 'remote' && keys.includes(repositoryKey(holder))
  })
  return { chains, graph: walked.graph }
}
