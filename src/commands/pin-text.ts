import type { FileProblem } from '../domain/problem.ts'
import { isIncomplete, type FilePlan } from '../plan/plan.ts'
import type { FileOutcome, RunResult } from '../plan/result.ts'
import { locate } from '../yaml/locate.ts'
import { makePlan, type Connect, type PlanFailure, type PlanOptions } from './make-plan.ts'

/** What became of one text. */
export interface PinTextResult extends RunResult {
  readonly kind: 'result'
  /** The pinned text; where it could not be understood, the text as it came. */
  readonly text: string
}

/**
 * Pins the references of one text, read from anywhere.
 * @param path what messages call it
 */
export async function pinText(
  text: string,
  path: string,
  options: PlanOptions & { readonly strict: boolean },
  connect: Connect,
): Promise<PinTextResult | PlanFailure> {
  const located = locate(text)
  if (located.kind !== 'located') {
    const problem: FileProblem =
      located.kind === 'yaml'
        ? { ...located, code: 'yaml', file: path }
        : { code: 'not-a-workflow', file: path }
    return { kind: 'result', text, files: [], problems: [problem] }
  }
  const made = await makePlan(
    [{ path, located }],
    { ...options, isLocked: () => false, nested: false },
    connect,
  )
  if (made.kind !== 'plan') return made
  const heldBack = options.strict && made.files.some(isIncomplete)
  return {
    kind: 'result',
    text: heldBack ? text : made.files.map(({ after }) => after).join(''),
    files: made.files.map((plan) => ({ plan, outcome: outcomeOf(plan, heldBack) })),
    problems: [],
  }
}

function outcomeOf({ before, after, problem }: FilePlan, heldBack: boolean): FileOutcome {
  if (problem !== undefined) return { kind: 'problem', problem }
  if (before === after) return { kind: 'unchanged' }
  return { kind: heldBack ? 'held-back' : 'written' }
}
