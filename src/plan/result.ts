import type { FileProblem, Problem } from '../domain/problem.ts'
import type { FilePlan } from './plan.ts'

/** What a run did, or would do. */
export interface RunResult {
  readonly files: readonly FileResult[]
  /** What stands in no plan: files that could not be read or understood, and what could not be copied. */
  readonly problems: readonly Problem[]
}

/** One file's plan, and what became of it. */
export interface FileResult {
  readonly plan: FilePlan
  readonly outcome: FileOutcome
}

/** `due`: a dry run would write it; `held-back`: a strict run would, were nothing left. */
export type FileOutcome =
  | { readonly kind: 'unchanged' | 'due' | 'written' | 'held-back' }
  | { readonly kind: 'problem'; readonly problem: FileProblem }
