import type { HostFailure } from '../../domain/outcome.ts'
import { describeFailure, describeRepositoryFailure } from '../transport/failures.ts'
import { askEach } from '../graphql/batch.ts'
import type { Bind } from '../graphql/binding.ts'
import type { AskGraphql } from '../graphql/client.ts'
import { failureOf, type GraphqlError } from '../graphql/errors.ts'
import { field } from '../json.ts'
import { fullNameOf, type ReachCase } from './case.ts'
import { isWithin } from './standing.ts'

// A comparison costs GitHub a walk through history, and a query has ten seconds.
const BATCH = 20
const ALL_BATCH = 2

/** Compares commits with their repositories' default branches, where that is open, and with the tags asked for. */
export async function compareWithDefault(
  ask: AskGraphql,
  host: string,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  const answers = await askEach(ask, host, cases, {
    size: BATCH,
    select: (each, bind) => {
      const compare = compareWith(each, bind)
      const main = each.isOpen() ? `main:defaultBranchRef{${compare}}` : ''
      const tags = each.openTags().map((tag, n) => {
        const name = bind(fullNameOf(tag), 'String!')
        return `t${n}:ref(qualifiedName:${name}){prefix name ${compare}}`
      })
      return `${repository(each, bind)}{isPrivate ${object(each, bind)} ${main}${tags.join('')}}`
    },
    read: takeDefault,
  })
  return failureIn(cases, answers)
}

function takeDefault(each: ReachCase, value: unknown, errors: readonly GraphqlError[]): 'taken' {
  if (isRefused(each, value, errors)) return 'taken'
  // Null is also what stands where an error struck.
  const isTold = errors.every(({ path }) => path[1] !== 'object')
  if (isTold && field(value, 'object') === null) {
    each.close({ kind: 'absent' })
    return 'taken'
  }
  if (isWithin(statusIn(field(value, 'main'))) === true) each.settle({ kind: 'branch' })
  for (const [n, tag] of each.openTags().entries()) {
    const ref = field(value, `t${n}`)
    // GitHub falls back to short names.
    const isIt = `${String(field(ref, 'prefix'))}${String(field(ref, 'name'))}` === fullNameOf(tag)
    const isAfter = isIt ? isWithin(statusIn(ref)) : undefined
    if (isAfter !== undefined) each.place(tag, isAfter)
  }
  return 'taken'
}

/**
 * Compares commits with all branches and all tags, as far as a hundred of each: for repositories that only the token may see. If none
 * of all has a commit, nothing has.
 */
export async function compareWithAll(
  ask: AskGraphql,
  host: string,
  cases: readonly ReachCase[],
): Promise<HostFailure | undefined> {
  const items = cases.flatMap((each) =>
    (['refs/heads/', 'refs/tags/'] as const).map((prefix) => ({ each, prefix })),
  )
  const answers = await askEach<(typeof items)[number], RefScan>(ask, host, items, {
    size: ALL_BATCH,
    select: ({ each, prefix }, bind) => {
      const refs = `refs(refPrefix:"${prefix}",first:100){totalCount nodes{${compareWith(each, bind)}}}`
      return `${repository(each, bind)}{${refs}}`
    },
    read: ({ each }, value, errors) =>
      isRefused(each, value, errors) ? NOT_SCANNED : readScan(field(value, 'refs')),
  })
  for (const [n, each] of cases.entries()) {
    const [heads = NOT_SCANNED, tags = NOT_SCANNED] = answers.slice(2 * n, 2 * n + 2)
    if (typeof heads === 'object' || typeof tags === 'object') continue
    if (heads === 'some') each.settle({ kind: 'branch' })
    else if (tags === 'some') each.settle({ kind: heads === 'none' ? 'tags-only' : 'tag' })
    else if (heads === 'none' && tags === 'none') each.settle({ kind: 'nothing' })
    else each.failed('not every branch and tag could be compared with it')
  }
  return failureIn(
    items.map(({ each }) => each),
    answers,
  )
}

/** Whether some of the refs have the commit, none of all, or whether not all of them could be compared. */
type RefScan = 'some' | 'none' | 'unknown'

const NOT_SCANNED: RefScan = 'unknown'

function readScan(refs: unknown): RefScan {
  const nodes = field(refs, 'nodes')
  if (!Array.isArray(nodes)) return NOT_SCANNED
  const places = nodes.map((ref: unknown) => isWithin(statusIn(ref)))
  if (places.includes(true)) return 'some'
  const isAll = field(refs, 'totalCount') === nodes.length
  return isAll && places.every((place) => place === false) ? 'none' : NOT_SCANNED
}

function repository({ question }: ReachCase, bind: Bind): string {
  const { owner, repo } = question
  return `repository(owner:${bind(owner, 'String!')},name:${bind(repo, 'String!')})`
}

function object({ question }: ReachCase, bind: Bind): string {
  return `object(oid:${bind(question.commit, 'GitObjectID!')}){oid}`
}

function compareWith({ question }: ReachCase, bind: Bind): string {
  return `compare(headRef:${bind(question.commit, 'String!')}){status}`
}

function statusIn(ref: unknown): unknown {
  return field(field(ref, 'compare'), 'status')
}

/** Takes what an answer says of the repository itself; what went wrong below that leaves gaps, which the next rungs fill. */
function isRefused(each: ReachCase, value: unknown, errors: readonly GraphqlError[]): boolean {
  const isPrivate = field(value, 'isPrivate')
  if (typeof isPrivate === 'boolean') each.takeVisibility(!isPrivate)
  const error = errors.find(({ path }) => path.length === 1)
  if (error === undefined) {
    for (const { message } of errors) each.failed(`GitHub said: ${message}`)
    return false
  }
  const failure = failureOf(error)
  const detail = describeRepositoryFailure(failure)
  if (failure.kind === 'repository-not-found') each.close({ kind: 'undetermined', detail })
  else each.failed(detail)
  return true
}

/** Tells the cases what kept them from being answered; of that, only a wrong token is a failure of the run. */
function failureIn(
  cases: readonly ReachCase[],
  answers: readonly (HostFailure | RefScan | 'taken')[],
): HostFailure | undefined {
  const failures = answers.map((answer) => (typeof answer === 'object' ? answer : undefined))
  for (const [n, each] of cases.entries()) {
    const failure = failures[n]
    if (failure !== undefined) each.failed(describeFailure(failure))
  }
  return failures.find((failure) => failure?.kind === 'unauthorized')
}
