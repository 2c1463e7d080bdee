import type { Problem } from '../domain/problem.ts'
import { shortenReference } from './graph/reference.ts'
import { groupBy } from './group.ts'
import type { Palette } from './palette.ts'
import { printable } from './printable.ts'
import { problemWords } from './problem-words.ts'
import type { FailureWords, Words } from './words.ts'

/** Problems for people, with an empty line between them: the same one in several places is told once. */
export function formatProblems(problems: readonly Problem[], palette: Palette): string {
  return problemParts(problems, palette)
    .map((part) => `${part}\n`)
    .join('\n')
}

/** The same, each by itself and without its line end. */
export function problemParts(problems: readonly Problem[], palette: Palette): string[] {
  return groupBy(problems, sameProblem).map((places) => formatProblem(places, palette))
}

/** Why a run could not do its work. */
export function formatFailure(failure: FailureWords, palette: Palette): string {
  const { what, why, next } = failure
  const more =
    why === undefined || next === undefined ? '' : `\n${formatWhyAndNext(why, next, palette)}`
  return `${palette.red('✗')} ${palette.bold('pinsmith:')} ${printable(what)}${more}\n`
}

/** One problem wherever it stands: the places and the reference, then what, why and what to do next. */
function formatProblem(places: readonly [Problem, ...Problem[]], palette: Palette): string {
  const [problem, ...others] = places
  const reference =
    'reference' in problem && problem.reference !== ''
      ? `  ${printable(shortenReference(problem.reference))}`
      : ''
  const head = `${palette.red('✗')} ${palette.bold(placeOf(problem))}${reference}`
  const also = groupBy(others, ({ file }) => file).map(
    ([first, ...more]) =>
      `    ${palette.dim('also')}  ${[placeOf(first), ...more.map(positionOf)].join(', ')}`,
  )
  return [head, ...also, formatWords(problemWords(problem), palette)].join('\n')
}

function placeOf(problem: Problem): string {
  return [printable(problem.file), positionOf(problem)].filter((part) => part !== '').join(':')
}

function positionOf(problem: Problem): string {
  return 'position' in problem ? `${problem.position.line}:${problem.position.column}` : ''
}

/** The same reference left for the same reason is one problem in several places, and so are files with the same fault. */
function sameProblem(problem: Problem): string {
  const { what, next } = problemWords(problem)
  return JSON.stringify('reference' in problem ? [problem.reference, what] : [what, next])
}

function formatWords({ what, why, next }: Words, palette: Palette): string {
  return `    ${printable(what)}\n${formatWhyAndNext(why, next, palette)}`
}

function formatWhyAndNext(why: string, next: string, { dim }: Palette): string {
  return `    ${dim('why')}   ${printable(why)}\n    ${dim('next')}  ${printable(next)}`
}
