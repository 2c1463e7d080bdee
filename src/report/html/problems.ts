import type { FileProblem } from '../../domain/problem.ts'
import { problemWords } from '../problem-words.ts'
import { escapeHtml } from './escape.ts'
import { sentence } from './sentence.ts'

/** The files that are not in the graph. */
export function problemsHtml(problems: readonly FileProblem[]): string {
  if (problems.length === 0) return ''
  return `<section class="chains" aria-labelledby="problems-title">
<h2 id="problems-title">Files that could not be read <span class="number">${problems.length}</span></h2>
${problems.map(problemHtml).join('\n')}
</section>`
}

function problemHtml(problem: FileProblem): string {
  const { what, next } = problemWords(problem)
  const place = 'position' in problem ? `${problem.file}:${problem.position.line}` : problem.file
  return `<details class="group unknown" open>
<summary><code>${escapeHtml(place)}</code></summary>
<p class="what">${escapeHtml(what)}</p>
<p class="next"><b>Next</b> ${sentence(next)}</p>
</details>`
}
