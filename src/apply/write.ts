import type { FileProblem } from '../domain/problem.ts'
import { findObstacle } from './obstacle.ts'
import { nodeEffects, replaceFile, type Change, type ReplaceEffects } from './replace.ts'

/** What became of one change. */
export type WriteOutcome =
  /** `held-back`: nothing was wrong with it, but with another file of a strict run. */
  | { readonly kind: 'written' | 'held-back'; readonly path: string }
  /** Left as it was. */
  | { readonly kind: 'problem'; readonly problem: FileProblem }

export interface WriteOptions {
  /** Whether a single problem holds back everything that is not yet written; without, the other files are written. */
  readonly strict: boolean
  readonly effects?: ReplaceEffects
}

/**
 * Writes changed files, each in one step, after looking at all of them: so a strict run that finds a file
 * it may not write has written nothing. The outcomes are in the order of the changes.
 */
export async function writeAll(
  changes: readonly Change[],
  { strict, effects = nodeEffects }: WriteOptions,
): Promise<readonly WriteOutcome[]> {
  const obstacles = await Promise.all(changes.map(({ file }) => findObstacle(file)))
  let holdBack = strict && obstacles.some((obstacle) => obstacle !== undefined)
  const outcomes: WriteOutcome[] = []
  for (const [index, change] of changes.entries()) {
    const problem = obstacles[index] ?? (holdBack ? undefined : await replaceFile(change, effects))
    outcomes.push(outcome(change, problem, holdBack))
    holdBack ||= strict && problem !== undefined
  }
  return outcomes
}

function outcome(
  { file }: Change,
  problem: FileProblem | undefined,
  heldBack: boolean,
): WriteOutcome {
  if (problem !== undefined) return { kind: 'problem', problem }
  return { kind: heldBack ? 'held-back' : 'written', path: file.path }
}
