import { withAdvisoryMemory } from '../resolve/advisory-memory.ts'
import { withExpansionMemory } from '../resolve/expansion-memory.ts'
import { withMemory } from '../resolve/memory.ts'
import { withReachMemory } from '../resolve/reach-memory.ts'
import type { Connect } from './make-plan.ts'

/** Connects once in a run, and asks nothing twice over that connection. */
export function rememberConnection(connect: Connect): Connect {
  let made: ReturnType<Connect> | undefined
  const make = async (): ReturnType<Connect> => {
    const github = await connect()
    return 'kind' in github
      ? github
      : {
          ...github,
          ...withMemory(github),
          ...withExpansionMemory(github),
          ...withReachMemory(github),
          ...withAdvisoryMemory(github),
        }
  }
  return () => (made ??= make())
}
