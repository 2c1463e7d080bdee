import { repositoryKey } from '../domain/reference.ts'
import type { Expansion, Expansions, ShortenedCommit } from './connection.ts'

/** Asks for no shortened SHA twice in a run. */
export function withExpansionMemory({ expandShas }: Expansions): Expansions {
  const known = new Map<string, Expansion>()
  return {
    expandShas: async (shortened) => {
      const open = shortened.filter((at) => !known.has(keyOf(at)))
      if (open.length > 0) {
        const expansionOf = await expandShas(open)
        for (const at of open) known.set(keyOf(at), expansionOf(at))
      }
      return (at) => known.get(keyOf(at)) ?? UNASKED
    },
  }
}

const UNASKED: Expansion = { kind: 'unknown', detail: 'it was not asked for' }

function keyOf(at: ShortenedCommit): string {
  return `${repositoryKey(at)}@${at.digits}`
}
