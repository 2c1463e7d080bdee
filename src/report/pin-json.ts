import type { HostFailure } from '../domain/outcome.ts'
import type { Problem } from '../domain/problem.ts'
import type { PlannedSite } from '../plan/plan.ts'
import type { FileResult, RunResult } from '../plan/result.ts'
import { formatDiff } from './diff.ts'
import { problemWords } from './problem-words.ts'
import { allProblems, tally } from './tally.ts'
import type { Verdict } from '../walk/verdict.ts'
import { verdictJson } from './verdict-json.ts'
import type { FailureWords } from './words.ts'

/** The report of a pinning run as JSON, with a final line end. Lines and columns count from 1. */
export function formatPinJson(
  reported: RunResult,
  dryRun: boolean,
  verdict: Verdict | undefined,
): string {
  return stringify({
    version: 1,
    command: 'pin',
    dryRun,
    summary: tally(reported),
    ...(verdict === undefined ? {} : verdictJson(verdict)),
    files: reported.files.map(fileJson),
    diff: dryRun ? formatDiff(reported.files.map(({ plan }) => plan)) : undefined,
    problems: allProblems(reported).map((problem) => {
      const { what, why, next } = problemWords(problem)
      const position = 'position' in problem ? problem.position : undefined
      const reference = 'reference' in problem ? problem.reference : undefined
      const resolution = problem.code === 'unresolved' ? problem.resolution : undefined
      const code = resolution?.kind ?? problem.code
      const reason = reasonOf(problem)
      return {
        code,
        reason,
        file: problem.file,
        ...position,
        reference,
        message: what,
        why,
        help: next,
      }
    }),
  })
}

/** A run that could not do its work, as JSON. */
export function formatFailureJson(
  code: HostFailure['kind'] | 'usage',
  words: FailureWords,
): string {
  return stringify({
    version: 1,
    error: { code, message: words.what, why: words.why, help: words.next },
  })
}

/** What a code leaves open: which fault, which obstacle. */
function reasonOf(problem: Problem): string | undefined {
  if (problem.code === 'not-understood') return problem.fault
  return problem.code === 'not-editable' ? problem.reason : undefined
}

function fileJson({ plan, outcome }: FileResult): object {
  return { file: plan.path, outcome: outcome.kind, references: plan.sites.map(siteJson) }
}

function siteJson({ site, decision, change }: PlannedSite): object {
  const place = {
    ...site.position,
    reference: site.text,
    outcome: decision.kind === 'pin' ? change : decision.kind,
  }
  switch (decision.kind) {
    case 'pin': {
      const { commit, label, notes } = decision
      return { ...place, outcome: change === 'none' ? 'unchanged' : change, commit, label, notes }
    }
    case 'exempt':
      return { ...place, exemption: decision.exemption }
    case 'inside':
    case 'image':
    case 'left':
      return place
  }
}

function stringify(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
