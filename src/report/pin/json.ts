import type { Problem } from '../../domain/problem.ts'
import type { PlannedSite } from '../../plan/plan.ts'
import type { FileResult } from '../../plan/result.ts'
import { formatDiff } from '../diff.ts'
import { problemWords } from '../problem-words.ts'
import { allFiles, allProblems, tally, type Reported } from './tally.ts'
import type { Prospect } from '../../remedy/release/clean-release.ts'
import type { Verdict } from '../../walk/verdict.ts'
import { cleanReleaseJson } from '../clean-release-json.ts'
import { copiesJson } from '../copies-json.ts'
import type { HeldJson, MoveJson } from '../update/json.ts'
import { verdictJson } from '../verdict/json.ts'

/** What a report may hold beside what was pinned. */
export interface PinJsonExtras {
  readonly command?: 'pin' | 'vendor' | 'update'
  readonly prospects?: readonly Prospect[]
  /** What moved to another version, and what did not. */
  readonly update?: { readonly moves: readonly MoveJson[]; readonly held: readonly HeldJson[] }
  /** What a dry run shows; where actions were copied, their files belong to it. */
  readonly diff?: string
}

/** The report of a pinning run as JSON, with a final line end. Lines and columns count from 1. */
export function formatPinJson(
  reported: Reported,
  dryRun: boolean,
  verdict: Verdict | undefined,
  { command = 'pin', prospects = [], update, diff }: PinJsonExtras = {},
): string {
  return stringify({
    version: 1,
    command,
    dryRun,
    summary: tally(reported),
    ...update,
    ...(verdict === undefined
      ? {}
      : { ...verdictJson(verdict), cleanReleases: prospects.map(cleanReleaseJson) }),
    files: allFiles(reported).map(fileJson),
    ...(verdict === undefined || reported.copies === undefined
      ? {}
      : { copies: copiesJson(reported.copies) }),
    diff: dryRun ? (diff ?? formatDiff(reported.files.map(({ plan }) => plan))) : undefined,
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
    case 'vendored': {
      const { reference, commit, label, notes } = decision
      return { ...place, copy: reference, commit, label, notes }
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
