import type { Finding, Level } from '../../check/finding.ts'
import { count } from '../count.ts'

/** The gravest first. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'note']

/** Sorts the gravest findings first. */
export function byLevel(a: Finding, b: Finding): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
}

/** `2 errors, 1 warning`; empty where there is nothing. */
export function levelCounts(findings: readonly Finding[]): string {
  return LEVELS.flatMap((level) => {
    const number = findings.filter((finding) => finding.level === level).length
    return number === 0 ? [] : [count(number, level)]
  }).join(', ')
}
