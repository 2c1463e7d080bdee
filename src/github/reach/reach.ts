import type { HostFailure } from '../../domain/outcome.ts'
import type { Reach, Reachability } from '../../resolve/connection.ts'
import { createBranchCommitsRung } from './branch-commits.ts'
import { createRefLister } from '../git/refs.ts'
import type { HostTools } from '../connection/host-tools.ts'
import { isUnfinished, keyOf, openCases, type ReachCase } from './case.ts'
import { compareWithAll, compareWithDefault } from './graphql.ts'
import { openKeptReaches } from './kept.ts'
import { readPulls } from './pulls.ts'
import { compareTags, compareWithHead, findAbsent } from './rest.ts'
import { readTips } from './tips.ts'
import { createRest } from '../rest/rest.ts'

/**
 * Tells whether commits are really a repository's, by a ladder of questions, cheapest first: each rung asks only what those before it
 * left open, for all commits side by side.
 *
 * 1. What the caller knows, and what was found within the last hour.
 * 2. The tips of branches and tags, by git, one request for a repository: only where the caller says nothing of tips.
 * 3. Where that matters of a tag's tip, the heads of pull requests, in the same way. What is none of them is not looked into further.
 * 4. With a token, GraphQL: does the default branch have it, and do the tags asked for come after it? Twenty commits to a query.
 * 5. The page behind "this commit belongs to …": all branches and tags that have it. The one rung that can say "nothing".
 * 6. With a token, all branches and tags, as far as a hundred of each; without, the tips, the default branch, and whether there is
 *    such a commit at all, which GraphQL tells by the way.
 * 7. For tags that are still open, REST, one comparison each.
 *
 * What no rung could tell is undetermined, never an impostor and never fine; nor is it a failure of the run, unless the token is wrong.
 */
export function createReachFinder(tools: HostTools): Reachability['findReach'] {
  const { host, ask, facts } = tools
  const rest = createRest(tools)
  const listRefs = createRefLister(tools)
  const askPages = createBranchCommitsRung(tools)
  const rungs: readonly Rung[] = [
    (cases) => readTips(listRefs, cases.filter(isUnfinished).filter(knowsNoTips)),
    (cases) => readPulls(listRefs, cases.filter(wantsPulls)),
    ...(ask === undefined
      ? [
          (cases: Cases) => askPages(cases.filter(isUnfinished)),
          (cases: Cases) => readTips(listRefs, cases.filter(isOpen).filter(knowsTips)),
          (cases: Cases) => compareWithHead(rest, cases.filter(isOpen)),
          (cases: Cases) => findAbsent(rest, cases.filter(isOpen)),
        ]
      : [
          (cases: Cases) => compareWithDefault(ask, host.name, cases.filter(isUnfinished)),
          (cases: Cases) => askPages(cases.filter(isOpen).filter(mayBePublic)),
          (cases: Cases) => compareWithAll(ask, host.name, cases.filter(isOpen)),
        ]),
    (cases) => compareTags(rest, cases),
  ]
  return async (questions) => {
    const cases = openCases(questions)
    const kept = openKeptReaches(facts)
    await kept.take(cases)
    for (const rung of rungs) {
      const failure = await rung(cases)
      if (failure !== undefined) return failure
    }
    await kept.keep(cases)
    const known = new Map(cases.map((each) => [keyOf(each.question), each.reach()] as const))
    return { kind: 'reaches', of: (at) => known.get(keyOf(at)) ?? NOT_ASKED }
  }
}

/** Answers what it can. A failure is one of the run: the token is wrong. */
type Rung = (cases: Cases) => Promise<HostFailure | undefined>

type Cases = readonly ReachCase[]

function isOpen(each: ReachCase): boolean {
  return each.isOpen()
}

function wantsPulls(each: ReachCase): boolean {
  return each.wantsPulls()
}

function mayBePublic(each: ReachCase): boolean {
  return each.isPublic() !== false
}

function knowsTips({ question }: ReachCase): boolean {
  return question.tip !== undefined
}

function knowsNoTips({ question }: ReachCase): boolean {
  return question.tip === undefined
}

const NOT_ASKED: Reach = {
  by: { kind: 'undetermined', detail: 'it was not asked for' },
  after: new Set(),
  apart: new Set(),
}
